"""From what was proposed to claims: figures, sources, days and places put together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.attributions import Said
from sayso.claim.mentions import span_of_mention
from sayso.claim.setting import Setting, When
from sayso.claim.slots import Slots, read_slots
from sayso.claim.speakers import credit, letterhead
from sayso.claim.tokens import span_of
from sayso.claim.words import words
from sayso.records import Attribution, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.claim.places import PlaceMention
    from sayso.claim.propose import Proposals, Proposed
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Report

# How often each pattern was right on the dev part of the visible gold sets (claims matched by harm and figure), by
# pattern and by whether the words hold a figure; measured when the rules were written, to be replaced by calibration.
_PRECISION = {
    ("active", True): 0.98,
    ("of", True): 0.92,
    ("passive", True): 0.91,
    ("frame", True): 0.88,
    ("toll", True): 0.83,
    ("held", True): 0.74,
    ("among", True): 0.68,
    ("joined", True): 0.64,
    ("part", True): 0.96,
    ("frame", False): 0.79,
    ("part", False): 0.69,
    ("of", False): 0.64,
    ("active", False): 0.61,
    ("held", False): 0.59,
    ("passive", False): 0.58,
}
_PRECISION_ELSE = 0.4


def assemble(
    report: Report,
    sentences: Sequence[Sentence],
    proposals: Proposals,
    *,
    whole: Sequence[Attribution] = (),
    language: str = "en",
) -> tuple[tuple[Claim, ...], tuple[Attribution, ...]]:
    """Make the claims of a report, in text order, and the attributions they rest on.

    Args:
        report: The report.
        sentences: Its sentences.
        proposals: What was proposed for them.
        whole: Who said what in the whole text, where that was asked for; claims then point into this list, and what
            they rest on beside it is added behind.
        language: The language to read figures in.
    """
    if not proposals.claims:
        return (), tuple(whole)
    assembly = _Assembly(report, sentences, proposals.said, language)
    claims = [claim for proposed in proposals.claims for claim in assembly.claims(proposed)]
    attributions = list(whole)
    places: list[int] = []
    for said in assembly.kept:
        same = next((n for n, one in enumerate(whole) if _tells(one, said)), None)
        places.append(len(attributions) if same is None else same)
        if same is None:
            attributions.append(_attribution(said))
    pointed = [
        claim if claim.attribution is None else replace(claim, attribution=places[claim.attribution])
        for claim in claims
    ]
    return _numbered(report, pointed), tuple(attributions)


def _tells(one: Attribution, said: Said) -> bool:
    """Say whether an attribution of the whole text is the one a claim rests on: the same cue and the same speaker."""
    speaker = said.mention or said.source
    return any(cue.overlaps(said.cue) for cue in one.cue) and any(source.overlaps(speaker) for source in one.source)


class _Assembly:
    """What the claims of one report have in common; `kept` numbers the attributions they point to."""

    def __init__(self, report: Report, sentences: Sequence[Sentence], said: Sequence[Said], language: str) -> None:
        self.text = report.text
        self.sentences = sentences
        self.kept: dict[Said, int] = {}
        self.by_sentence: dict[int, list[Said]] = {}
        for one in said:
            self.by_sentence.setdefault(one.sentence, []).append(one)
        self.language = language
        self.setting = Setting(report, sentences, self.by_sentence, words(language))
        self.voice = _voice(sentences, language)
        self.peace = not _tells_of_war(sentences, words(language))

    def claims(self, proposed: Proposed) -> Iterator[Claim]:
        """Make the claim of one proposal: two where a figure is quoted only to be denied."""
        tokens = self.sentences[proposed.sentence].tokens
        harmed, mention = proposed.harmed, proposed.harmed.mention
        count = span_of_mention(tokens, mention)
        cue = span_of(tokens[harmed.cue[0] : harmed.cue[1]])
        slots = read_slots(tokens, harmed, proposed.mentions, self.language)
        if self.peace and slots.status == "unknown":
            slots = replace(slots, status="civilian")
        bare = Claim(
            id="",
            start=count.start,
            end=count.end,
            text=count.of(self.text),
            harm=harmed.harm,
            kind=mention.count.kind,
            low=mention.count.low,
            high=mention.count.high,
            qualifier=mention.count.qualifier,
            phrase=mention.count.phrase,
            sentence=self.sentences[proposed.sentence].span,
            confidence=_confidence(proposed),
        )
        when = self.setting.when(proposed.sentence, count, cue, slots.scope)
        place = self.setting.where(proposed.sentence, count, cue)
        claim = _set(_slotted(bare, slots, self.text), when, place, self.setting.country_of(place), self.text)
        source, via = self._source(proposed, count)
        claim = replace(claim, stance="denies" if harmed.negated and mention.count.kind != "zero" else "asserts")
        yield self._attributed(claim, source, via)
        if source is not None and source.quoted is not None:
            yield self._attributed(claim, source.quoted, ())

    def _source(self, proposed: Proposed, count: Span) -> tuple[Said | None, tuple[Span, ...]]:
        """The attribution behind a count and who passed it on; the letterhead speaks where nobody else does."""
        goes_on = _refers_back(proposed, self.sentences[proposed.sentence].tokens)
        near = self.by_sentence.get(proposed.sentence - 1, []) + self.by_sentence.get(proposed.sentence, [])
        said, via = credit(count, proposed.sentence, near, self.sentences, refers_back=goes_on)
        return said or self.voice, via

    def _attributed(self, claim: Claim, said: Said | None, via: tuple[Span, ...]) -> Claim:
        """Give a claim its source, those who passed it on, and the stance they take."""
        if said is None:
            return claim
        via = tuple(span for span in via if span.of(self.text) != said.source.of(self.text))
        spans = replace(claim.spans, source=said.source, mention=said.mention, cue=said.cue, via=via)
        return replace(
            claim,
            source=said.source.of(self.text),
            via=tuple(span.of(self.text) for span in via),
            stance=said.stance if claim.stance == "asserts" else claim.stance,
            attribution=self.kept.setdefault(said, len(self.kept)),
            spans=spans,
        )


def _confidence(proposed: Proposed) -> float:
    """How often the pattern that proposed a claim was right."""
    holds_figure = proposed.harmed.mention.count.kind in {"count", "zero"}
    return _PRECISION.get((proposed.harmed.rule, holds_figure), _PRECISION_ELSE)


def _tells_of_war(sentences: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Say whether a report speaks of war; in one that does not, people are civilians."""
    return any(t.lower in lexicon.slots.war for s in sentences for t in s.tokens)


def _voice(sentences: Sequence[Sentence], language: str) -> Said | None:
    """The body that speaks throughout, where the report is its own statement under a letterhead."""
    body = letterhead(sentences, language)
    if body is None:
        return None
    return Said(0, body, body, (Span(body.end, sentences[-1].span.end),))


def _refers_back(proposed: Proposed, tokens: Sequence[Token]) -> bool:
    """Say whether a count takes up people already spoken of: "five of them", "another three", "the other four"."""
    mention = proposed.harmed.mention
    if mention.partitive or proposed.harmed.rule == "among" or tokens[mention.first].lower == "another":
        return True
    return any(t.lower in {"other", "others", "more"} for t in tokens[mention.figure + 1 : mention.last])


def _slotted(claim: Claim, slots: Slots, text: str) -> Claim:
    spans = replace(claim.spans, victims=slots.victims, means=slots.means, perpetrator=slots.perpetrator)
    return replace(
        claim,
        status=slots.status,
        scope=slots.scope,
        victims=_words(slots.victims, text),
        means=_words(slots.means, text),
        perpetrator=_words(slots.perpetrator, text),
        spans=spans,
    )


def _set(claim: Claim, when: When, place: PlaceMention | None, country: str | None, text: str) -> Claim:
    claim = replace(
        claim,
        date_from=when.date_from.isoformat() if when.date_from is not None else None,
        date_to=when.date_to.isoformat() if when.date_to is not None else None,
        date_prec=when.prec,
        time=when.time,
        country=country,
        spans=replace(claim.spans, date=when.span),
    )
    if place is None:
        return claim
    return replace(
        claim,
        place=place.span.of(text),
        place_id=place.place_id,
        lat=place.lat,
        lon=place.lon,
        place_prec=place.prec,
        spans=replace(claim.spans, place=place.span),
    )


def _numbered(report: Report, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Sort claims by text order and give each the id that a better reading of the same words will keep."""
    seen: dict[tuple[str, int, int], int] = {}
    out: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.harm)):
        key = (claim.harm, claim.start, claim.end)
        ordinal = seen[key] = seen.get(key, -1) + 1
        name = f"{report.text_sha256}|{claim.harm}|{claim.start}|{claim.end}|{ordinal}"
        out.append(replace(claim, id="c-" + hashlib.sha256(name.encode()).hexdigest()[:16]))
    return tuple(out)


def _attribution(said: Said) -> Attribution:
    source = (said.source,) if said.mention is None else (said.mention,)
    return Attribution(source, (said.cue,), said.content)


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span is not None else None
