"""Words of a text with the figures among them, so that figures can be compared by value: "17" is "seventeen"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from sayso.find.prose import WORD
from sayso.find.word_lists import word_list
from sayso.records import Span

_DIGITS = re.compile(r"\d{1,2}:\d{2}(?!\d)|\d+(?:[.,\u00a0\u202f'’ ]\d{3})+(?!\d)|\d+[.,]\d+|\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f'’ ]\d{3})+")
_BETWEEN_PARTS = re.compile(r"[\s-]{1,3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or the words of one figure.

    Attributes:
        span: Where it stands.
        key: What it is compared by: a figure's value after a ``#``, else the word folded.
        is_figure: Whether it is a figure.
    """

    span: Span
    key: str
    is_figure: bool = False


def units(text: str, within: Span) -> list[Unit]:
    """Return the words and figures of a stretch of text, in order.

    Args:
        text: A report's text.
        within: The stretch, such as a sentence.

    >>> [unit.key for unit in units("Twenty-three of 4,200 men", Span(0, 25))]
    ['#23', 'of', '#4200', 'men']
    """
    found: list[Unit] = []
    at = within.start
    while word := WORD.search(text, at, within.end):
        digits = _DIGITS.match(text, word.start(), within.end)
        if digits:
            found.append(Unit(Span(*digits.span()), f"#{_value(digits[0])}", is_figure=True))
            at = digits.end()
        elif word[0].casefold() in _values():
            unit = _in_words(text, word, within.end)
            found.append(unit)
            at = unit.span.end
        else:
            key = word[0].casefold()
            vague = key in _vague()
            found.append(Unit(Span(*word.span()), f"#{key}" if vague else key, is_figure=vague))
            at = word.end()
    return found


def _value(digits: str) -> str:
    """Return a number in Western digits without the marks between its thousands."""
    if not digits.isascii():
        digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in digits)
    if _GROUPED.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    return digits.replace(",", ".").lstrip("0") or "0"


def _in_words(text: str, first: re.Match[str], end: int) -> Unit:
    """Read number words that follow each other: "two hundred and five", "three dozen"."""
    total, current, stop = 0, 0, first.end()
    word: re.Match[str] | None = first
    joined = False
    while word is not None:
        key = word[0].casefold()
        value = _values().get(key)
        if value is None:
            # "And" joins only behind a hundred or more.
            if key not in _joiners() or joined or (current < 100 and total == 0):
                break
            joined = True
        elif value >= 1000:
            total, current, stop, joined = total + max(current, 1) * value, 0, word.end(), False
        elif key in _scales():
            current, stop, joined = max(current, 1) * value, word.end(), False
        else:
            if stop != first.end() or word is not first:
                fits = (current % 100 == 0) or (current % 100 >= 20 and current % 10 == 0 and value < 10)
                if not fits:
                    break
            current, stop, joined = current + value, word.end(), False
        gap = _BETWEEN_PARTS.match(text, word.end(), end)
        word = WORD.match(text, gap.end(), end) if gap else None
    return Unit(Span(first.start(), stop), f"#{total + current}", is_figure=True)


@cache
def _values() -> dict[str, int]:
    return {
        word: value
        for language in word_list("figures").values()
        for table in ("values", "scales")
        for word, value in language[table].items()
    }


@cache
def _scales() -> frozenset[str]:
    return frozenset(word for language in word_list("figures").values() for word in language["scales"])


@cache
def _joiners() -> frozenset[str]:
    return frozenset(language["joiner"] for language in word_list("figures").values())


@cache
def _vague() -> frozenset[str]:
    return frozenset(word for language in word_list("figures").values() for word in language["vague"])
