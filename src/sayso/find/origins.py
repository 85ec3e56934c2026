"""Whose text a report prints: the agency that its credit lines name.

Looked for at the edges of a text only, where such lines stand, and in this order: the place and day line ("KABUL,
March 3 (XYZ) -"), a line of its own ("By The Associated Press", "Source: AP", "(AFP)"), a part taken from elsewhere
("with AFP", "additional reporting by"), and an account that is passed on whole ("citing local media"). The words by
which they are told stand in ``words/credits.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sayso.find.word_lists import word_list
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Form = Literal["dateline", "line", "part", "citing"]

_LINES = 6
"""How many lines at either end of a text can hold a credit line."""

_LONGEST_LINE = 120
_EDGE = 3_000
"""Characters at either end in which these lines are looked for."""

_LONGEST_DATED = 70
"""Characters in which a line that begins with a place and a day without brackets has named both."""

_LEAD = 600
_SHORT_NAME = 4
_LONGEST_HEAD = 6
_WORDS_OF_A_CREDIT = 6
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency credited by a text.

    Attributes:
        name: The agency as the text writes it.
        span: Where it does.
        form: By what kind of line.
        line: The whole of the credit, such as the place and day before the name; these words are no news.
    """

    name: str
    span: Span
    form: Form
    line: Span


def credit_of(text: str) -> Credit | None:
    """Return the credit that says most about whose text this is, or None where nobody is credited.

    Args:
        text: A report's text.

    >>> credit_of("KABUL, March 3 (Reuters) - Nine people died.").name
    'Reuters'
    >>> credit_of("The mayor told Reuters that nine people died.") is None
    True
    """
    head = list(_lines(text, 0, min(len(text), _EDGE)))[:_LINES]
    tail = [line for line in _lines(text, max(0, len(text) - _EDGE), len(text)) if line not in head][-_LINES:]
    for line in head:
        found = _dateline(text, line)
        if found:
            return found
    for read in (_own_line, _part):
        for line in (*head, *reversed(tail)):
            found = read(text, line)
            if found:
                return found
    return _end(text, (head + tail)[-_LINES:]) or _cited(text)


def agency_of(name: str) -> str:
    """Return the name that an agency is filed under, and what is not listed folded, to compare by.

    Args:
        name: An agency, an outlet or its address, as written; of several agencies the first one counts.

    >>> agency_of("The Associated Press"), agency_of("www.reuters.com"), agency_of("Meridian  Wire")
    ('AP', 'Reuters', 'meridian wire')
    """
    found = _pattern("agency").search(name)
    return _filed()[found[0].casefold()] if found else " ".join(name.casefold().split())


def _may_name_agency(words: str) -> bool:
    """Say cheaply whether an agency may be named; the patterns that tell which are slow."""
    return not words.isascii() or not _first_words().isdisjoint(_WORDS.findall(words.casefold()))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_WORDS.findall(name.removeprefix("the "))[0] for name in _filed())


@cache
def _filed() -> dict[str, str]:
    return {name.casefold(): filed for filed, names in word_list("credits")["agencies"].items() for name in names}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern, made when it is first asked for: together they take as long as reading a report."""
    return re.compile(_sources()[name])


@cache
def _sources() -> dict[str, str]:
    lists = word_list("credits")
    names = [name for each in lists["agencies"].values() for name in each]
    short = _any(name for name in names if len(name) <= _SHORT_NAME)
    long = _any(name for name in names if len(name) > _SHORT_NAME)
    agency = rf"(?<!\w)(?:{short}|(?i:{long}))(?!\w)"
    # Others may be credited beside it: "AP/CBS4", "Reuters and AFP".
    credited = rf"(?:[\w.]{{2,20}} ?/ ?)?{agency}(?: ?[/+&,] ?[\w.]{{2,20}}| \w{{1,3}} {agency})*"
    lines = lists["lines"]
    by, part, source = (rf"(?i:{_any(lines[key])})" for key in ("by", "with", "source"))
    cues, whom = (rf"(?i:{_any(lists['citing'][key])})" for key in ("cues", "whom"))
    day = rf"(?i:(?<!\w)(?:{_any(lists['dates']['months'])})(?!\w))|(?<!\d)\d{{1,2}}[./]\d{{1,2}}(?!\d)"
    return {
        "agency": agency,
        "bracketed": (
            r"(?P<head>[^\n()\[\]/]{0,80}?)(?:\((?P<round>[^()\n]{2,40})\)|\[(?P<square>[^\[\]\n]{2,40})\]|/(?P<slash>[^/\n]{2,40})/)"
            r"(?P<dash>\s?[.:,]?\s?[-–—―]+|\s?[.:])?"
        ),
        "bare": (rf"(?P<head>[^\n().]{{3,60}}?)\s?[.,–—-]+\s?(?P<name>{credited}|[^\W\d_a-z]{{2,8}})\s?[.:–—-]+\s"),
        "named_first": rf"(?P<name>{credited})\s?(?:[–—:]|--?\s)",
        "own_line": rf"\W*(?:{by}\s)?(?P<name>{credited})(?: (?:in|a|à|en|в) \w+)?\W*",
        "writer": rf"\W*{by}\s[^\n,|]{{3,60}}[,|/–-]\s?(?:of |the )*(?P<name>{credited})(?: \w+){{0,2}}\W*",
        "owner": rf"\W*(?i:{_any(lines['owner'])})\s?(?:\d{{4}})?\s?(?P<name>{credited})(?!\w).*",
        "source": rf"\W*{source}\s?[:：]\s?(?P<name>[^\n]{{2,60}}?)\W*",
        "publisher": rf"(?i:(?<!\w)(?:{_any(lines['publishers'])})(?!\w))|{agency}",
        "unnamed": rf"\W*(?P<name>(?i:{_any(lines['unnamed'])}))\W*",
        "part": rf"(?<!\w){part}\s(?:the )?(?P<name>{credited})",
        "contributed": rf"(?P<name>{credited})(?: \w+){{0,3}} (?i:{_any(lines['contributed'])})",
        "end": rf"[(\[/–—-]\s?(?:{part}\s)?(?P<name>{credited})\s?[)\]/]?[\s.]*$",
        "cue": rf"(?<!\w){cues}\s",
        "cited": rf"(?<!\w){cues}\s(?:the |a )?(?P<name>{whom}|{credited})(?!\w)",
        "month": day,
        # A day, or whoever took a picture.
        "no_name": rf"{day}|(?i:(?<!\w)(?:photos?|via|foto|фото)(?!\w))",
    }


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, longer ones first."""
    return "|".join(r"\s".join(map(re.escape, word.split())) for word in sorted(words, key=lambda w: (-len(w), w)))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines that hold anything between two offsets."""
    for found in re.finditer(r"[^\s][^\n\r]*", text[start:end]):
        yield Span(start + found.start(), start + found.end())


def _dateline(text: str, line: Span) -> Credit | None:
    """Read "PLACE, day (NAME) -" at the start of a line, and its kin."""
    found = _pattern("bracketed").match(text, line.start, line.end)
    if found:
        group = next(name for name in ("round", "square", "slash") if found[name])
        known = _pattern("agency").search(found[group])
        # A name nobody knows is told by what is around it, a known one by standing behind a place.
        behind_place = _is_place_and_day(found["head"], sure=known is None) and (known or found["dash"])
        if behind_place and not _pattern("no_name").search(found[group]):
            return _credit(text, found.span(group), "dateline", found.span())
    dated = _pattern("month").search(text[line.start : min(line.end, line.start + _LONGEST_DATED)])
    found = _pattern("bare").match(text, line.start, line.end) if dated else None
    if found and _pattern("month").search(found["head"]) and _is_place_and_day(found["head"], sure=True):
        return _credit(text, found.span("name"), "dateline", found.span())
    found = _pattern("named_first").match(text, line.start, line.end) if _may_name_agency(line.of(text)) else None
    return _credit(text, found.span("name"), "dateline", found.span()) if found else None


def _is_place_and_day(head: str, *, sure: bool) -> bool:
    """Say whether these words are a place and perhaps a day; `sure` asks for capitals or a day."""
    words = _LETTERS.findall(head)
    if not words:
        return True
    days = len(_pattern("month").findall(head))
    if len(words) - days > _LONGEST_HEAD or not words[0][0].isupper():
        return False
    if days or words[0].isupper():
        return True
    return not sure and sum(word[0].isupper() for word in words) * 2 > len(words)


def _own_line(text: str, line: Span) -> Credit | None:
    if line.end - line.start > _LONGEST_LINE:
        return None
    words = line.of(text)
    agency_lines = (_pattern("own_line"), _pattern("writer"), _pattern("owner")) if _may_name_agency(words) else ()
    for pattern in (*agency_lines, _pattern("unnamed")):
        found = pattern.fullmatch(words)
        if found:
            return _within(text, line, found, "line")
    found = _pattern("source").fullmatch(words)
    return _within(text, line, found, "line") if found and _pattern("publisher").search(found["name"]) else None


def _part(text: str, line: Span) -> Credit | None:
    words = line.of(text)
    if line.end - line.start > 2 * _LONGEST_LINE or not _may_name_agency(words):
        return None
    found = _pattern("contributed").search(words)
    if found:
        return _within(text, line, found, "part")
    found = _pattern("part").search(words)
    if found is None:
        return None
    # "He spoke with Reuters." is a sentence of the report.
    opens = not _WORDS.search(words[: found.start()])
    is_label = len(_WORDS.findall(words)) <= _WORDS_OF_A_CREDIT and not words[found.end() :].strip(" )]")
    return _within(text, line, found, "part") if opens or is_label else None


def _end(text: str, lines: list[Span]) -> Credit | None:
    """Read "... on Monday. (AFP)" where one of the last lines ends so."""
    for line in reversed(lines):
        start = max(line.start, line.end - _LONGEST_LINE)
        words = text[start : line.end]
        found = _pattern("end").search(words) if _may_name_agency(words) else None
        if found:
            name_start, name_end = found.span("name")
            return _credit(text, (start + name_start, start + name_end), "line", (start + found.start(), line.end))
    return None


def _cited(text: str) -> Credit | None:
    """Read "citing local media" in the first sentence."""
    lead = text[:_LEAD]
    stop = re.search(r"[.!?]\s", lead)
    end = stop.start() if stop else len(lead)
    found = _pattern("cited").search(lead, 0, end) if _pattern("cue").search(lead, 0, end) else None
    return _credit(text, found.span("name"), "citing", found.span()) if found else None


def _within(text: str, line: Span, found: re.Match[str], form: Form) -> Credit:
    start, end = found.span("name")
    return _credit(text, (line.start + start, line.start + end), form, (line.start, line.end))


def _credit(text: str, name: tuple[int, int], form: Form, line: tuple[int, int]) -> Credit:
    start, end = name
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    written = written.strip()
    return Credit(written, Span(start, start + len(written)), form, Span(*line))
