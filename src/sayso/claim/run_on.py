"""Where a headline that runs on into its text ends: line breaks get lost on the way, and headlines have no full stop.

"Shelling kills 19 Monitor AFP Tuesday 4 Apr 2017 At least 19 civilians were killed": what stands before the day is the
headline with its own source, and nobody named in the text behind it has said that.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sayso.claim.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHIN = 300
"""How far from its beginning a text may still be in its headline, in code points."""
_LEAST_BEHIND = 4
"""How many words at least follow a headline."""
_STARTS = r"(?=\s+[\"“(\[]?[A-ZÀ-ÖØ-Þ0-9])"


def breaks(text: str, start: int, end: int, language: str = "en") -> Iterator[int]:
    """Yield the places, in order, where a line broke at the beginning of a text that has lost its line breaks.

    A line broke behind a day of publication that opens the text, before and behind one that follows an agency's
    name, and behind a source that closes a headline.

    Args:
        text: The text.
        start: Where its first line begins.
        end: Where that line ends.
        language: The language to read in.

    >>> text = "Shelling kills 19 Monitor AFP Tuesday 4 Apr 2017 At least 19 died"
    >>> [text[a:].split()[0] for a in breaks(text, 0, len(text))]
    ['Tuesday', 'At']
    """
    dated, spoken = _patterns(language)
    end = min(end, start + _WITHIN)
    found = dated.search(text, start, end)
    if found is not None and (found["agency"] or found.start() == start):
        if found["agency"]:
            yield found.start("day")
        yield found.end()
        return
    source = spoken.search(text, start, end)
    if source is not None and _closes(text[start : source.start()], text[source.end() : end].split(), language):
        yield source.end()


def _closes(before: str, behind: list[str], language: str) -> bool:
    """Say whether a source closes a headline, as it does not in "told Radio Ostrel" and "Army General Staff"."""
    lexicon = words(language)
    speech = lexicon.speech
    last = before.lower().split()[-1:]
    if not last or ". " in before or len(behind) < _LEAST_BEHIND or not behind[0][0].isalnum():
        return False
    told = (lexicon.harms.preposition, speech.citing, speech.determiners)
    if speech.is_cue(last[0]) or any(last[0] in listed for listed in told):
        return False
    first, second = (word.strip(',.:;"“”').lower() for word in behind[:2])
    part = first in speech.nouns or first in speech.personal or first in speech.bodies
    return not (part or speech.is_cue(first) or speech.is_cue(second) or behind[1][:1].isupper())


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = words(language)
    months = "|".join(sorted((m.title() for m in lexicon.numbers.months), key=len, reverse=True))
    week = "|".join(day.title() for day in lexicon.weekdays)
    named = rf"\d{{1,2}} +(?:{months})\.?,? *\d{{4}}|(?:{months})\.? +\d{{1,2}},? *\d{{4}}"
    date = rf"{named}|\d{{1,2}}[.\-/]\d{{1,2}}[.\-/]\d{{4}}"
    agency = "|".join(form for name in sorted(lexicon.speech.bylines) for form in (name.upper(), name.title()))
    before = "|".join(map(re.escape, lexicon.published))
    day = rf"(?P<day>(?:(?:{week}),? +)?(?:{date})(?: +\d{{1,2}}[:.]\d\d(?: ?[AP]M)?)?)"
    sources = [name for name in lexicon.speech.closers if len(name) > len("un")]
    capital = "|".join(name[:1].upper() + name[1:] for name in sources)
    closing = rf"(?<=[\w)] )(?:{capital})|(?<=: )(?:{'|'.join(sources)})"
    return (
        re.compile(rf"(?:(?P<agency>\b(?:{agency})) +|(?:(?:{before}) +)?){day}{_STARTS}"),
        re.compile(rf"(?:{closing}){_STARTS}"),
    )
