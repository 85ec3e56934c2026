"""Who says so: the attributions of a whole report, and the source that stands behind each count."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.attributions import Attributions, Said
from sayso.claim.source_phrases import SourcePhrases
from sayso.claim.turns import turns
from sayso.claim.words import words
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence
    from sayso.claim.source_phrases import Phrase
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_LETTERHEAD_WORDS, _HEAD = 14, 400
# Monitoring services put the kind of a text and whose it is before it: "[STATEMENT] [NATIONAL UNION] [TEXT] ...".
_BRACKETED = re.compile(r"\[(?:STATEMENT|COMMUNIQU[EÉ]|BULLETIN|SPEECH|ADDRESS)\]\s*\[([^\]\[]{3,90})\]", re.IGNORECASE)
# "[REPORT] [...]" may as well name whoever wrote it; a body or an office there speaks for itself.
_REPORTED = re.compile(r"\[REPORT\]\s*\[([^\]\[]{3,90})\]", re.IGNORECASE)


def find_attributions(text: str, sentences: Sequence[Sentence], language: str = "en") -> list[Said]:
    """Find who says what in the sentences of a report, in text order."""
    lexicon = words(language)
    found = [said for n, sentence in enumerate(sentences) for said in Attributions(sentence, n, lexicon).read()]
    carried = [*_quotes_carried(text, sentences, found), *turns(text, sentences, lexicon)]
    return _named(text, sentences, carried, lexicon)


def letterhead(sentences: Sequence[Sentence], language: str = "en") -> Span | None:
    """Return the body whose own statement a report is, from a first line that only names it.

    "MINISTRY OF DEFENCE OF THE REPUBLIC. STATEMENT" speaks for the ministry throughout.
    """
    lexicon = words(language)
    speech = lexicon.speech
    bracketed = _BRACKETED.search(sentences[0].text, 0, _HEAD) if sentences else None
    if bracketed is not None:
        return Span(*bracketed.span(1))
    reported = _REPORTED.search(sentences[0].text, 0, _HEAD) if sentences else None
    if reported is not None and _speaks_for_itself(reported[1], lexicon):
        return Span(*reported.span(1))
    if not sentences or not 1 < len(sentences[0].tokens) <= _LETTERHEAD_WORDS:
        return None
    tokens = sentences[0].tokens
    first = next((i for i, t in enumerate(tokens) if t.lower in speech.letterhead), -1)
    if first < 0 or any(t.lower in lexicon.harms.verbs or speech.is_cue(t.lower) for t in tokens):
        return None
    titled = any(
        t.lower in speech.statement for s in sentences[:3] if len(s.tokens) <= _LETTERHEAD_WORDS for t in s.tokens
    )
    if not titled:
        return None
    start = first
    while start > 0 and tokens[start - 1].is_capital and tokens[start - 1].lower not in speech.statement:
        start -= 1
    phrase = SourcePhrases(tokens, lexicon).right_of(start)
    return Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end) if phrase is not None else None


def _speaks_for_itself(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name in a report's head is that of a body or an office, and not of an outlet's own people."""
    told = {word.strip(",.()").lower() for word in name.split()}
    speech = lexicon.speech
    return bool(told & (speech.bodies | speech.personal)) and not told & speech.outlets


def _quotes_carried(text: str, sentences: Sequence[Sentence], found: list[Said]) -> list[Said]:
    """Let a quotation that runs over sentences have one source, whether it is named at its start or at its end."""
    out = list(found)
    by_sentence: dict[int, list[Said]] = {}
    for said in found:
        by_sentence.setdefault(said.sentence, []).append(said)
    is_open, speaker, waiting = False, None, list[int]()
    for number, sentence in enumerate(sentences):
        here = by_sentence.get(number, [])
        words_ = sentence.span.of(text)
        if is_open and here and waiting:
            out.extend(replace(here[0], sentence=n, content=(sentences[n].span,)) for n in waiting)
        if is_open and not here and speaker is not None and not waiting:
            out.append(replace(speaker, sentence=number, content=(sentence.span,)))
        alone = not here and not is_open and words_[:1] in {'"', "“"} and _same_paragraph(sentences, number)
        if alone and speaker is not None:
            out.append(replace(speaker, sentence=number, content=(sentence.span,)))
        speaker = here[-1] if here else speaker if is_open or _same_paragraph(sentences, number) else None
        is_open = _stays_open(words_, is_open=is_open)
        if here or not is_open:
            waiting = []
        if is_open and not here and speaker is None:
            waiting.append(number)
    return out


def _same_paragraph(sentences: Sequence[Sentence], number: int) -> bool:
    return number > 0 and sentences[number - 1].paragraph == sentences[number].paragraph


def _stays_open(words_: str, *, is_open: bool) -> bool:
    balance = words_.count("“") - words_.count("”")
    if balance:
        return balance > 0
    return is_open != bool(words_.count('"') % 2)


def _named(text: str, sentences: Sequence[Sentence], found: list[Said], lexicon: Lexicon) -> list[Said]:
    """Give a pronoun the name that the report used last for a person, or for a body."""
    out: list[Said] = []
    person: Span | None = None
    body: Span | None = None
    for said in sorted(found, key=lambda s: (s.sentence, s.cue.start)):
        if said.mention is None:
            words_ = said.source.of(text)
            personal = is_person(words_, lexicon)
            person = said.source if personal else person
            body = said.source if not personal or " " not in words_ else body
            out.append(said)
            continue
        if said.mention.of(text).lower() in lexicon.speech.persons:
            name = _person_before(text, sentences, said.sentence, lexicon) or person
        else:
            name = _opening(sentences, said.sentence, lexicon) or body or person
        out.append(replace(said, source=name or said.source))
    return out


def _opening(sentences: Sequence[Sentence], number: int, lexicon: Lexicon) -> Span | None:
    """The body that opens the sentence before: "The General Staff gave a higher figure. It said ..."."""
    tokens, phrase = _subject_before(sentences, number, lexicon)
    if phrase is None or phrase[1] >= len(tokens):
        return None
    run = tokens[phrase[0] : phrase[1]]
    last = next(
        (i for i in range(len(run) - 1, -1, -1) if run[i].lower in lexicon.speech.bodies or run[i].is_capital), -1
    )
    named = any(t.lower in lexicon.speech.bodies for t in run[: last + 1])
    return Span(run[0].start, run[last].end) if named else None


def _subject_before(
    sentences: Sequence[Sentence], number: int, lexicon: Lexicon
) -> tuple[tuple[Token, ...], Phrase | None]:
    """The words that open the sentence before, in the same paragraph."""
    if not _same_paragraph(sentences, number):
        return (), None
    tokens = sentences[number - 1].tokens
    return tokens, SourcePhrases(tokens, lexicon).right_of(0)


def _person_before(text: str, sentences: Sequence[Sentence], number: int, lexicon: Lexicon) -> Span | None:
    """The person who opens the sentence before, by name: "Mayor Ana Bel arrived. She said ..."."""
    tokens, phrase = _subject_before(sentences, number, lexicon)
    if phrase is None:
        return None
    end = phrase[0]
    while end < phrase[1] and tokens[end].is_capital:
        end += 1
    if end - phrase[0] < 2:
        return None
    name = Span(tokens[phrase[0]].start, tokens[end - 1].end)
    return name if is_person(name.of(text), lexicon) else None


def is_person(source: str, lexicon: Lexicon) -> bool:
    """Say whether the words for a source name one person: by a title or an office, or by a name alone."""
    parts = source.split()
    if any(part.lower().strip(",") in lexicon.speech.personal for part in parts):
        return True
    return all(part[:1].isupper() for part in parts) and not any(part.lower() in lexicon.speech.nouns for part in parts)


def credit(
    count: Span, sentence: int, found: Sequence[Said], sentences: Sequence[Sentence], *, refers_back: bool
) -> tuple[Said | None, tuple[Span, ...]]:
    """Choose the attribution behind a count: the innermost one that covers it, and who passed it on.

    Args:
        count: The count expression.
        sentence: The number of its sentence.
        found: The attributions of the report.
        sentences: Its sentences.
        refers_back: Whether the count takes up people of the sentence before ("five of them", "another three"), so
            that the account plainly goes on and its source with it.

    Returns:
        The attribution, or None for the report's own voice, and the spans of those who passed it on, nearest to the
        source first.
    """
    covering = _covering(count, sentence, found)
    if not covering and refers_back:
        covering = _goes_on(sentence, found, sentences)
    if not covering:
        return None, ()
    inner = covering[0]
    via = list(inner.via)
    for outer in covering[1:]:
        passes = not outer.source.overlaps(inner.source) and outer.source not in via and _holds(outer, inner)
        if passes and not inner.cited:
            via.append(outer.source)
    return inner, tuple(via)


def _covering(count: Span, sentence: int, found: Sequence[Said]) -> list[Said]:
    """The attributions of a sentence whose content covers a count, the innermost first."""
    covering = [
        s
        for s in found
        if s.sentence == sentence and any(c.overlaps(count) for c in s.content) and not s.source.overlaps(count)
    ]
    covering.sort(
        key=lambda s: (not s.cited, min(c.end - c.start for c in s.content if c.overlaps(count)), -s.cue.start)
    )
    return covering


def _goes_on(sentence: int, found: Sequence[Said], sentences: Sequence[Sentence]) -> list[Said]:
    """The last attribution of the sentence before, in the same paragraph."""
    if not _same_paragraph(sentences, sentence):
        return []
    return [s for s in found if s.sentence == sentence - 1][-1:]


def _holds(outer: Said, inner: Said) -> bool:
    return any(c.holds(inner.source) for c in outer.content)
