"""Whose turn it is in a transcript: "[OJEDA] Eight people have arrived at the clinic" is said by Ojeda.

Monitoring services print talks and news conferences with the speaker's name in brackets before what is said. A label
for those who only ask or announce ("[REPORTER]") ends the turn before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.claim.attributions import Said
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.sentences import Sentence
    from sayso.claim.words import Lexicon

_LABEL = re.compile(r"(?:^|[.?!\]\"”]\s*|\n\s*\n\s*)\[([^\W\d_][^\]\[\n:]{1,60})\](?=\s+\S)")
_NAME_WORDS = 4
_TWICE = 2


def turns(text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Said]:
    """Yield, for each sentence of a turn, that its speaker says it.

    Args:
        text: The report's text.
        sentences: Its sentences.
        lexicon: The words of its language.
    """
    if "[" not in text or not sentences:
        return
    labels = [Span(*match.span(1)) for match in _LABEL.finditer(text)]
    names = [span.of(text).split(",")[0].lower() for span in labels]
    starts = [sentence.span.start for sentence in sentences]
    for at, (label, name) in enumerate(zip(labels, names, strict=True)):
        words = name.split()
        stage = any(word in lexicon.speech.stage for word in words)
        if stage or len(words) > _NAME_WORDS or names.count(name) < _TWICE:
            continue
        speaker = Span(label.start, label.start + len(name))
        end = labels[at + 1].start - 1 if at + 1 < len(labels) else len(text)
        for number in range(max(0, bisect_right(starts, label.end) - 1), len(sentences)):
            span = sentences[number].span
            content = Span(max(span.start, label.end + 1), min(span.end, end))
            if span.start >= end:
                break
            if content.start < content.end:
                yield Said(number, speaker, speaker, (content,), certain=True)
