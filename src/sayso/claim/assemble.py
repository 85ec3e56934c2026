"""From what was proposed to claims: figures, sources, days and places put together."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sayso.claim.accounts import Accounts
from sayso.claim.answering import Answer
from sayso.claim.attributions import Said
from sayso.claim.dating import datings
from sayso.claim.heads import SCOPES, STANCES, STATUSES
from sayso.claim.judging import choose, facet, options, stances
from sayso.claim.mentions import span_of_mention
from sayso.claim.naming import Naming, Speakers
from sayso.claim.no_speakers import may_say
from sayso.claim.passing import passed_on
from sayso.claim.place_relations import TOWN, exactness
from sayso.claim.place_towns import match_of, match_of_none
from sayso.claim.pointing import Pointer
from sayso.claim.rejecting import Rejecting
from sayso.claim.rejoinders import Figure, alike, answers, is_rejected, rejected, repeated, taken_up
from sayso.claim.scenes import Scenes
from sayso.claim.slots import Slots, read_slots
from sayso.claim.span_ends import SpanEnds
from sayso.claim.speakers import credit, letterhead
from sayso.claim.tokens import span_of
from sayso.claim.words import words
from sayso.records import Attribution, Claim, Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sayso.claim.judging import Option
    from sayso.claim.places import PlaceMention
    from sayso.claim.propose import Judged, Proposals, Proposed
    from sayso.claim.rejecting import Rejection
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Report, Scope, Stance

    Voice = tuple[Stance, Said | None, tuple[Span, ...]]
    """A stance, who takes it (None for the report itself), and who passed it on, nearest to the source first."""

_VIA_FAVOUR = -1.0
"""Only words tied firmly to a count are taken for those who passed it on."""
_VAST, _VAST_FLIGHT = 50_000, 1_000_000
"""How many dead, or displaced, are those of a whole country's war; chosen on the dev part of the gold."""


def assemble(
    report: Report,
    sentences: Sequence[Sentence],
    proposals: Proposals,
    *,
    whole: Sequence[Attribution] = (),
    language: str = "en",
    day_first: bool = True,
) -> tuple[tuple[Claim, ...], tuple[Attribution, ...]]:
    """Make the claims of a report, in text order, and the attributions they rest on.

    Args:
        report: The report.
        sentences: Its sentences.
        proposals: What was proposed for them.
        whole: Who said what in the whole text, where that was asked for; claims then point into this list, and what
            they rest on beside it is added behind.
        language: The language to read figures in.
        day_first: Whether dates in figures have the day before the month.
    """
    if not proposals.claims:
        return (), tuple(whole)
    assembly = Assembly(report, sentences, proposals, language, day_first=day_first)
    claims = list(assembly.answered([(one, tuple(assembly.claims(one))) for one in assembly.proposed]))
    attributions = list(whole)
    places: list[int] = []
    for said in assembly.kept:
        same = next((n for n, one in enumerate(whole) if _tells(one, said)), None)
        places.append(len(attributions) if same is None else same)
        if same is None:
            attributions.append(_attribution(said))
    pointed = [
        claim
        if claim.attribution is None or places[claim.attribution] == claim.attribution
        else replace(claim, attribution=places[claim.attribution])
        for claim in claims
    ]
    return _numbered(report, pointed), tuple(attributions)


def _tells(one: Attribution, said: Said) -> bool:
    """Say whether an attribution of the whole text is the one a claim rests on: the same cue and the same speaker."""
    speaker = said.mention or said.source
    return any(cue.overlaps(said.cue) for cue in one.cue) and any(source.overlaps(speaker) for source in one.source)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules read for one proposal, before the trained heads are heard.

    Attributes:
        count: The count expression.
        slots: Victims, means, perpetrator, status and scope.
        voices: Who takes which stance to the figure.
        speakers: The attributions of the sentence and of the one before.
        place: Where the harm happened.
    """

    count: Span
    slots: Slots
    voices: tuple[Voice, ...]
    speakers: tuple[Said, ...]
    place: PlaceMention | None

    @property
    def asserting(self) -> Voice | None:
        """Who asserts the figure, where the rules take it for asserted at all."""
        return next((voice for voice in self.voices if voice[0] == "asserts"), None)

    @property
    def rejecting(self) -> Voice | None:
        """Who denies or doubts it, where the rules take it for rejected."""
        return next((voice for voice in self.voices if voice[0] != "asserts"), None)

    def words(self, role: str) -> Span | None:
        """Return the words that the rules have for one of `sayso.claim.heads.TIED`; they tell nobody who passes on."""
        match role:
            case "source":
                return _speaker(self.asserting)
            case "rejecter":
                return _speaker(self.rejecting)
            case "place":
                return None if self.place is None else self.place.span
            case _:
                found: Span | None = getattr(self.slots, role)
                return found


class Assembly:
    """What the claims of one report have in common; `kept` numbers the attributions they point to."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        proposals: Proposals,
        language: str,
        *,
        day_first: bool = True,
    ) -> None:
        self.text = report.text
        self.judged = proposals.judged
        self._pointer = _pointer(self.judged)
        self._accounts: Accounts | None = None
        self.sentences = sentences
        self.starts = [sentence.span.start for sentence in sentences]
        self.kept: dict[Said, int] = {}
        self._span_ends = SpanEnds(report.text, language)
        self._names: dict[Span, Span] = {}
        self._speakers: Speakers | None = None
        self._read: dict[int, Rejecting] = {}
        self.by_sentence: dict[int, list[Said]] = {}
        for one in proposals.said:
            self.by_sentence.setdefault(one.sentence, []).append(one)
        self.language = language
        lexicon = words(language)
        self.dated = datings(report, sentences, self.by_sentence, day_first=day_first)
        harmful = {one.sentence for one in proposals.claims}
        self.scenes = Scenes(report, sentences, self.by_sentence, lexicon, harmful)
        self.voice = _letterhead(sentences, language)
        self.naming = Naming(report.text, sentences, lexicon)
        # What is only said again as a question is told by `_repeated`, with who rejects it.
        self.proposed = [one for one in proposals.claims if not self._is_echo(one)]
        self._figures: dict[int, set[Span]] = {}
        for proposed in self.proposed:
            self._figures.setdefault(proposed.sentence, set()).add(self.count(proposed))
        self.mentions = proposals.mentions
        self.peace = not _tells_of_war(sentences, words(language))

    def claims(self, proposed: Proposed, rejecting: Voice | None = None) -> Iterator[Claim]:
        """Make the claim of one proposal: two where a figure is quoted only to be denied.

        Args:
            proposed: The proposal.
            rejecting: Who rejects the figure, where that is known from elsewhere.
        """
        ruled = self.ruled(proposed)
        harmed, count, mention = proposed.harmed, ruled.count, proposed.harmed.mention
        slots = self.settled(proposed, ruled)
        dating, number = self.dated[proposed.sentence]
        when = dating.when(number, count, self._cue(proposed), slots.scope)
        # Made in one step with its place and sources: each copy of a record of so many fields takes time.
        place, placed = self._placed(slots.scope, proposed, ruled)
        told = partial(
            Claim,
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
            status=slots.status,
            scope=slots.scope,
            victims=_words(slots.victims, self.text),
            means=_words(slots.means, self.text),
            perpetrator=_words(slots.perpetrator, self.text),
            date_from=when.date_from.isoformat() if when.date_from is not None else None,
            date_to=when.date_to.isoformat() if when.date_to is not None else None,
            date_prec=when.prec,
            date_reason=when.reason,
            time=when.time,
            sentence=self.sentences[proposed.sentence].span,
            confidence=round(proposed.confidence, 3),
            **placed,
        )
        shown = partial(
            Evidence,
            victims=slots.victims,
            means=slots.means,
            perpetrator=slots.perpetrator,
            date=when.span,
            place=place,
        )
        for stance, source, via in self._voices(proposed, ruled, rejecting):
            if source is None:
                yield told(stance=stance, spans=shown())
            else:
                spans, words_ = self._credited(source, via)
                yield told(stance=stance, spans=shown(**spans), **words_)

    def _nothing_rejected(self, proposed: Proposed) -> bool:
        """Say whether a sentence denies nothing but guilt and the like, or says a figure once more, or condemns it."""
        here, mention = self._rejections(proposed.sentence), proposed.harmed.mention
        return here.denies_guilt_only() or here.holds_to_it(mention) or here.takes_for_true(mention)

    def _is_echo(self, proposed: Proposed) -> bool:
        """Say whether the heads alone found a figure that stands by itself before a question mark."""
        harmed = proposed.harmed
        return harmed.rule == "tagged" and self._rejections(proposed.sentence).echoed(harmed.mention) is not None

    def _rejections(self, number: int) -> Rejecting:
        """Read a sentence for what rejects figures in it, once for all its figures."""
        if number not in self._read:
            self._read[number] = Rejecting(self.sentences[number].tokens, words(self.language))
        return self._read[number]

    def answered(self, told: Sequence[tuple[Proposed, tuple[Claim, ...]]]) -> Iterator[Claim]:
        """Yield the claims of all proposals, with those by which their figures are rejected in other words elsewhere.

        Args:
            told: The proposals, each with the claims that its own sentence makes of it.
        """
        figures = [Figure(proposed.sentence, claims, self._is_loose(proposed, claims)) for proposed, claims in told]
        rejections: dict[int, list[tuple[Answer, Said]]] = {}
        for answer in answers(self.sentences, figures, words(self.language)):
            said = self._answering(answer)
            if said is None:
                continue
            for at in taken_up(answer, said.source, figures, self.sentences, self.text):
                rejections.setdefault(at, []).append((answer, said))
        known = [claim for one in figures for claim in one.claims if claim.stance != "asserts" and not one.loose]
        for at, (proposed, claims) in enumerate(told):
            here = rejections.get(at, [])
            if here and figures[at].loose:
                answer, said = here[0]
                yield from self.claims(proposed, (answer.stance, said, ()))
                continue
            yield from claims
            for answer, said in here:
                if not any(is_rejected(claims[0], said.source.of(self.text), by) for by in known):
                    known.append(self._attributed(rejected(claims[0]), answer.stance, said, ()))
                    yield known[-1]
        yield from self._repeated(figures)

    def _repeated(self, figures: Sequence[Figure]) -> Iterator[Claim]:
        """Yield the claims by which a figure is said again only to be rejected: "he laughed at the 88"."""
        for number, mention, before in repeated(self.mentions, self.sentences, figures):
            tokens = self.sentences[number].tokens
            found = self._rejections(number).of(mention) or self._rejections(number).echoed(mention)
            if found is None:
                continue
            answer = Answer(number, found.stance, found.cue, found.source, found.owner)
            said = self._answering(answer)
            if said is None or (before.source is not None and alike(before.source, said.source.of(self.text))):
                continue
            span, count = span_of_mention(tokens, mention), mention.count
            again = replace(
                rejected(before),
                start=span.start,
                end=span.end,
                text=span.of(self.text),
                kind=count.kind,
                qualifier=count.qualifier,
                phrase=count.phrase,
                sentence=self.sentences[number].span,
            )
            yield self._attributed(again, found.stance, said, ())

    def _is_loose(self, proposed: Proposed, claims: Sequence[Claim]) -> bool:
        """Say whether the heads alone hear a figure rejected, so that they may not know by whom."""
        found = any(claim.stance != "asserts" for claim in claims)
        return found and self.judged is not None and self.ruled(proposed).rejecting is None

    def _answering(self, answer: Answer) -> Said | None:
        """Return who rejects: whom the words name, or who speaks the sentence, or the one behind it."""
        number = answer.sentence
        content = (self.sentences[number].span,)
        said = Said(number, answer.source, answer.cue, content) if answer.source is not None else None
        near = [one for one in self.by_sentence.get(number, ()) if not one.source.overlaps(answer.cue)]
        covering = (one for one in near if any(part.overlaps(answer.cue) for part in one.content))
        said = said or next(covering, None)
        if said is None and answer.bare:
            behind = self.sentences[number + 1 : number + 2]
            goes_on = bool(behind) and behind[0].paragraph == self.sentences[number].paragraph
            said = self.voice or (next(iter(self.by_sentence.get(number + 1, ())), None) if goes_on else None)
        if said is None:
            return None
        named = said if self.judged is None else self._named(said, self.judged)
        return replace(named, cue=answer.cue, content=content, stance=answer.stance, via=(), quoted=None)

    def ruled(self, proposed: Proposed) -> Ruled:
        """Read by rules what stands around one count; the letterhead speaks where nobody else does."""
        number = proposed.sentence
        tokens = self.sentences[number].tokens
        count = self.count(proposed)
        slots = read_slots(tokens, proposed.harmed, proposed.mentions, self.language)
        if self.peace and slots.status == "unknown":
            slots = replace(slots, status="civilian")
        near = self.by_sentence.get(number - 1, []) + self.by_sentence.get(number, [])
        refers_back = _refers_back(proposed, tokens)
        speaking, _ = credit(count, number, near, self.sentences, refers_back=refers_back)
        asserting = [one for one in near if one.stance == "asserts"]
        said, via = credit(count, number, asserting, self.sentences, refers_back=refers_back)
        place = self.scenes.where(number, count, self._cue(proposed))
        voices = self._rejected(proposed, speaking or self.voice) or [self._by_rule(proposed, said or self.voice, via)]
        return Ruled(count, slots, tuple(voices), tuple(near), place)

    def _by_rule(self, proposed: Proposed, said: Said | None, via: tuple[Span, ...]) -> Voice:
        """Say by rule who speaks of a figure that nothing around it rejects."""
        negated = proposed.harmed.negated and proposed.harmed.mention.count.kind != "zero"
        via = tuple(s for s in via if said is None or s.of(self.text) != said.source.of(self.text))
        return "denies" if negated else "asserts", said, via

    def _rejected(self, proposed: Proposed, said: Said | None) -> list[Voice]:
        """Say who rejects a figure by the words around it, and whose it is; nothing where it is not rejected."""
        sentence = self.sentences[proposed.sentence]
        found = self._rejections(proposed.sentence).of(proposed.harmed.mention)
        if found is None or proposed.harmed.negated:
            return []
        number, content = proposed.sentence, (sentence.span,)
        rejecter = self._passing_verdict(number, found, said)
        if found.source is not None and (said is None or not said.source.overlaps(found.source)):
            rejecter = Said(number, found.source, found.cue, content, found.stance, certain=found.named)
        voices: list[Voice] = [(found.stance, rejecter, ())]
        if found.owner is not None:
            voices.append(("asserts", Said(number, found.owner, found.cue, content, certain=True), ()))
        return voices

    def _passing_verdict(self, number: int, found: Rejection, said: Said | None) -> Said | None:
        """Return who passes a verdict whose words name nobody: "Reports that 60 died are nonsense. The mayor said ...".

        Not the reports that it is passed on; where a sentence names nobody else, whoever speaks in the next.
        """
        if said is not None and self._may_judge(said, found):
            return said
        here = [one for one in self.by_sentence.get(number, ()) if self._may_judge(one, found)]
        covering = next((one for one in here if any(part.overlaps(found.cue) for part in one.content)), None)
        if covering is not None or self.voice is not None:
            return covering or self.voice
        behind = self.sentences[number + 1 : number + 2]
        goes_on = bool(behind) and behind[0].paragraph == self.sentences[number].paragraph
        return next(iter(self.by_sentence.get(number + 1, ())), None) if goes_on else None

    def _may_judge(self, said: Said, found: Rejection) -> bool:
        """Say whether a speaker may reject a figure: not one whose figure it is, nor "Reports" and "the claim"."""
        speech = words(self.language).speech
        idle = said.source.of(self.text).split()[-1].lower() in speech.rejected | speech.accounts
        return not idle and not (found.owner is not None and said.source.overlaps(found.owner))

    def options(self, proposed: Proposed, ruled: Ruled, role: str, judged: Judged) -> list[Option]:
        """List the words that may fill a slot of a claim: those of the rules and those that the heads point to."""
        number = proposed.sentence
        near: list[tuple[Span, bool]] = []
        called = None
        if role in {"source", "rejecter"}:
            near = [(one.source, one.sentence == number) for one in ruled.speakers]
            called = partial(self.named, judged=judged)
        elif role == "place":
            near = [(one.span, n == number) for n, one in self.scenes.near(number)]
        return options(self.text, judged.heads, ruled.count, role, ruled.words(role), near, called=called)

    def accounts(self, judged: Judged) -> Accounts:
        """Gather who speaks in the report."""
        if self._accounts is None:
            counts = (self.count(one) for one in self.proposed)
            self._accounts = Accounts(
                self.text,
                self.sentences,
                ruled=[one.source for many in self.by_sentence.values() for one in many],
                tied=[span for count in counts for span in judged.heads.ties(count, "source")],
                called=partial(self.named, judged=judged),
                headed=self.voice is not None,
            )
        return self._accounts

    def sources(self, proposed: Proposed, ruled: Ruled, judged: Judged) -> list[Option]:
        """List who may have asserted a figure: all who speak in the report, and the report itself."""
        near = self.options(proposed, ruled, "source", judged)
        weights, called = judged.judging.roles["source"], partial(self.named, judged=judged)
        return self.accounts(judged).options(proposed, ruled.count, near, weights, called)

    def count(self, proposed: Proposed) -> Span:
        """Return the count expression of a proposal."""
        return span_of_mention(self.sentences[proposed.sentence].tokens, proposed.harmed.mention)

    def _cue(self, proposed: Proposed) -> Span:
        first, last = proposed.harmed.cue
        return span_of(self.sentences[proposed.sentence].tokens[first:last])

    def settled(self, proposed: Proposed, ruled: Ruled) -> Slots:
        """Settle victims, means, perpetrator, status and scope."""
        judged, seen = self.judged, proposed.seen
        if judged is None or seen is None:
            return ruled.slots

        def chosen(role: str) -> Span | None:
            return choose(self.options(proposed, ruled, role, judged), judged.judging.roles[role])

        weights = judged.judging.facets
        status = facet(STATUSES, ruled.slots.status, seen.facets["status"], weights["status"])
        if ruled.slots.status == "mixed":
            status = "mixed"  # words that name both are plain; the heads have met too few such people
        elif status == "unknown" and proposed.harmed.harm == "displaced":
            status = "civilian"  # 42 of 71 "people" whom the annotated reports tell of so, and all of our own
        return Slots(
            victims=chosen("victims"),
            means=chosen("means"),
            perpetrator=chosen("perpetrator"),
            status=status,
            scope=facet(SCOPES, ruled.slots.scope, seen.facets["scope"], weights["scope"]),
        )

    def _placed(self, scope: Scope, proposed: Proposed, ruled: Ruled) -> tuple[Span | None, dict[str, Any]]:
        """Return the words for a claim's place, and its fields: what the gazetteer knows of it, and its country."""
        place = self.place(scope, proposed, ruled)
        country = self.scenes.country_of(place)
        local = self.peace and scope == "incident"
        if place is None:
            town = self.scenes.around(None, proposed.sentence) if local else None
            return None, {"country": country, "place_match": match_of_none(town) if town is not None else None}
        asks = exactness(place) > TOWN or (local and exactness(place) < TOWN)
        town = self.scenes.around(place, proposed.sentence) if asks else None
        return place.span, {
            "country": country,
            "place": place.span.of(self.text),
            "place_id": place.place_id,
            "lat": place.lat,
            "lon": place.lon,
            "place_prec": place.prec,
            "place_match": match_of(place, town, self.scenes.region_of(place) if place.matched is None else None),
        }

    def place(self, scope: Scope, proposed: Proposed, ruled: Ruled) -> PlaceMention | None:
        """Settle where the harm happened: by rule alone, or among the words that rules and heads point to."""
        place = ruled.place
        if self.judged is not None:
            judging = self.judged.judging
            words_ = choose(self.options(proposed, ruled, "place", self.judged), judging.roles["place"])
            place = self.scenes.named(words_) if words_ is not None else None
            if words_ is not None and place is None:
                place = self.scenes.unrecognised(words_) or ruled.place
        number = proposed.sentence
        others = [span for span in self._figures.get(number, ()) if span != ruled.count]
        place = self.scenes.told_here(place, number, ruled.count, self._cue(proposed), others)
        place = self.scenes.innermost(place, number)
        if scope == "cumulative":
            place = self.scenes.at_large(proposed.sentence, place, vast=_is_vast(proposed))
        return self.scenes.refined(place, proposed.sentence, scope, local=self.peace)

    def _voices(self, proposed: Proposed, ruled: Ruled, known: Voice | None) -> Iterator[Voice]:
        """Settle who asserts, denies or doubts a figure, and who passed it on."""
        judged, seen = self.judged, proposed.seen
        if judged is None or seen is None:
            yield from ruled.voices
            return
        by_rule = {stance: (stance, said, via) for stance, said, via in reversed(ruled.voices)}
        taken = stances(by_rule, seen.stances, judged.judging.facets["stance"])
        if taken != {"asserts"} and (
            _denies_any(proposed) or (ruled.rejecting is None and self._nothing_rejected(proposed))
        ):
            taken = {"asserts"}
        if {"denies", "doubts"} <= taken:
            taken.discard(_weaker(by_rule, seen.stances))
        rejecting = (
            [known]
            if known is not None
            else [
                self._voice(stance, "rejecter", by_rule.get(stance), proposed, ruled, judged)
                for stance in STANCES
                if stance in taken and stance != "asserts"
            ]
        )
        if "asserts" in taken or known is not None:
            # Nobody asserts what they deny.
            others = tuple(said.source for _, said, _ in rejecting if said is not None)
            yield self._voice("asserts", "source", ruled.asserting, proposed, ruled, judged, others)
        yield from rejecting

    def _voice(  # noqa: PLR0913, PLR0917 - a stance, what the rules have for it, and what it is settled from
        self,
        stance: Stance,
        role: str,
        own: Voice | None,
        proposed: Proposed,
        ruled: Ruled,
        judged: Judged,
        others: Sequence[Span] = (),
    ) -> Voice:
        """Settle who takes a stance: one whom the rules know, or one whom the heads point to, but none of `others`."""
        certain = own[1].source if own is not None and own[1] is not None and own[1].certain else None
        found = certain or self._taking(role, proposed, ruled, judged, others)
        if found is None and _denies_any(proposed):
            found = _saying(judged, ruled.count)  # it takes somebody to deny that anybody was harmed
        if found is None:
            return stance, None, ()
        via = self._passing_on(found, ruled.count, judged) or self._passed_on(found)
        if own is not None and own[1] is not None and self._same_words(found, own[1].source):
            return stance, self._named(own[1], judged), own[2] or via
        known = [one for one in ruled.speakers if self._same_words(found, one.source) or one.mention == found]
        if known:
            return stance, self._named(replace(known[-1], quoted=None), judged), known[-1].via or via
        return stance, self._named(self._spoken(found, proposed.sentence, ruled.count, judged), judged), via

    def _taking(
        self, role: str, proposed: Proposed, ruled: Ruled, judged: Judged, others: Sequence[Span]
    ) -> Span | None:
        """Choose who takes a stance, but none of `others`, nor of those who cannot."""
        pointer = self._pointer if role == "source" else None
        among = self.sources(proposed, ruled, judged) if pointer else self.options(proposed, ruled, role, judged)
        free = [one for one in among if one.span is None or not any(one.span.overlaps(other) for other in others)]
        asserting = role == "source"
        left = [one for one in free if not asserting or one.span is None or self._may_say(one.span, ruled.count)]
        if pointer is None:
            return choose(left, judged.judging.roles[role])
        n = proposed.sentence
        before = self.sentences[n - 1].span if n else None
        return pointer.choose(left, ruled.count, self.sentences[n].span, before)

    def _may_say(self, source: Span, count: Span) -> bool:
        """Say whether words may name who asserts a figure."""
        sentence = self.sentences[max(0, bisect_right(self.starts, source.start) - 1)]
        return may_say(source, count, sentence, words(self.language))

    def _passing_on(self, source: Span, count: Span, judged: Judged) -> tuple[Span, ...]:
        """Return those whom the heads take for passing a figure on: others than the source, who are named before it."""
        behind = self.sentences[max(0, bisect_right(self.starts, count.start) - 1)].span.end
        return tuple(
            span
            for span in judged.heads.ties(count, "via", _VIA_FAVOUR, 2)
            if span.start < behind and not self._is_part(span, source) and self.naming.passes_on(span.of(self.text))
        )

    def _passed_on(self, source: Span) -> tuple[Span, ...]:
        """Return whom patterns name as passing on what a source says."""
        tokens = self.sentences[max(0, bisect_right(self.starts, source.start) - 1)].tokens
        span = passed_on(tokens, source, words(self.language))
        return () if span is None or not self.naming.passes_on(span.of(self.text)) else (span,)

    def _is_part(self, one: Span, other: Span) -> bool:
        """Say whether some words stand in others, or their name does."""
        return one.overlaps(other) or one.of(self.text).lower() in other.of(self.text).lower()

    def _named(self, said: Said, judged: Judged) -> Said:
        """Give whoever speaks the name that the report has for them."""
        name = self.named(said.source, judged)
        return replace(said, source=name, mention=said.mention if name.overlaps(said.source) else said.source)

    def named(self, source: Span, judged: Judged) -> Span:
        """Return the name that words for a source stand for."""
        name = self._names.get(source)
        if name is None:
            name = self._names[source] = self._meant(source, judged)
        return name

    def _meant(self, source: Span, judged: Judged) -> Span:
        number = max(0, bisect_right(self.starts, source.start) - 1)
        return self.naming.meant(self.naming.introduced(source, number), number, partial(self._speaking, judged))

    def _speaking(self, judged: Judged) -> Speakers:
        """Return who speaks in the report."""
        if self._speakers is None:
            ruled = (one.source for many in self.by_sentence.values() for one in many)
            found = (span for one in judged.heads.attributions for span in one.source)
            self._speakers = Speakers(self.text, (*ruled, *found), self.naming.lexicon)
        return self._speakers

    def _spoken(self, source: Span, number: int, count: Span, judged: Judged) -> Said:
        """Give somebody whom the heads point to the words of saying and what was said, where they are found."""
        own = [one for one in judged.heads.attributions if any(source.overlaps(span) for span in one.source)]
        covering = [one for one in own if any(span.overlaps(count) for span in one.content)]
        for one in covering or own[:1]:
            return Said(number, source, one.cue[0], one.content)
        return Said(number, source, source, (self.sentences[number].span,))

    def _same_words(self, one: Span, other: Span) -> bool:
        return one.overlaps(other) or one.of(self.text).lower() == other.of(self.text).lower()

    def _attributed(self, claim: Claim, stance: Stance, said: Said, via: tuple[Span, ...]) -> Claim:
        """Give a claim its source with the stance that it takes, and those who passed it on."""
        spans, told = self._credited(said, via)
        return replace(claim, stance=stance, spans=replace(claim.spans, **spans), **told)

    def _credited(self, said: Said, via: tuple[Span, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a source gives to a claim: the fields of its evidence, and its own."""
        mended = (self._span_ends.mended(span) for span in via)
        via = tuple(span for span in mended if span is not None and not span.overlaps(said.source))
        return {"source": said.source, "mention": said.mention, "cue": said.cue, "via": via}, {
            "source": said.source.of(self.text),
            "via": tuple(span.of(self.text) for span in via),
            "attribution": self.kept.setdefault(said, len(self.kept)),
        }


def _pointer(judged: Judged | None) -> Pointer | None:
    """Return what points to sources, where there is a model and weights were fitted for it."""
    if judged is None or judged.pointing is None:
        return None
    return Pointer(judged.pointing, judged.heads)


def _tells_of_war(sentences: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Say whether a report speaks of war; in one that does not, people are civilians.

    A fire brigade makes no war, nor do soldiers who come to help after a disaster.
    """
    slots = lexicon.slots
    told = {
        t.lower
        for s in sentences
        for i, t in enumerate(s.tokens)
        if t.lower in slots.war and not (i and s.tokens[i - 1].lower == "fire")
    }
    if told and told <= slots.helpers:
        return not any(t.lower in slots.disasters for s in sentences for t in s.tokens)
    return bool(told)


def _letterhead(sentences: Sequence[Sentence], language: str) -> Said | None:
    """The body that speaks throughout, where the report is its own statement under a letterhead."""
    body = letterhead(sentences, language)
    if body is None:
        return None
    return Said(0, body, body, (Span(body.end, sentences[-1].span.end),))


def _weaker(ruled: Collection[Stance], shares: Sequence[float]) -> Stance:
    """Return which of denial and doubt is not meant, since hardly anybody does both: the rules' word goes first."""
    weight = {s: (s in ruled, share) for s, share in zip(STANCES, shares, strict=True)}
    return min(("denies", "doubts"), key=lambda stance: weight[stance])


def _denies_any(proposed: Proposed) -> bool:
    """Say whether nobody was harmed because somebody denies that anybody was: "denied that any man had died"."""
    mention = proposed.harmed.mention
    return mention.count.kind == "zero" and mention.count.phrase == "not_any"


def _saying(judged: Judged, count: Span) -> Span | None:
    """Return whom the attribution heads have saying what holds a figure, if anybody."""
    covering = (one for one in judged.heads.attributions if any(span.overlaps(count) for span in one.content))
    return next((span for one in covering for span in one.source), None)


def _is_vast(proposed: Proposed) -> bool:
    """Say whether so many people came to harm as only the war of a whole country reaches."""
    count = proposed.harmed.mention.count
    least = _VAST_FLIGHT if proposed.harmed.harm == "displaced" else _VAST
    return max(count.low or 0, count.high or 0) >= least


def _refers_back(proposed: Proposed, tokens: Sequence[Token]) -> bool:
    """Say whether a count takes up people already spoken of: "five of them", "another three", "the other four"."""
    mention = proposed.harmed.mention
    if mention.partitive or proposed.harmed.rule == "among" or tokens[mention.first].lower == "another":
        return True
    return any(t.lower in {"other", "others", "more"} for t in tokens[mention.figure + 1 : mention.last])


def _speaker(voice: Voice | None) -> Span | None:
    return voice[1].source if voice is not None and voice[1] is not None else None


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
