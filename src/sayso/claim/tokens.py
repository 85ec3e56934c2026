"""Words with their offsets: the finest unit that the readers of this room work on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE_A_DAY_OR_A_SECOND_FIGURE = [
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    *("january", "february", "march", "april", "june", "july", "august"),
    *("september", "october", "november", "december"),
    *("killed", "dead", "deaths", "wounded", "injured", "missing", "captured"),
]
"""What may stand before two figures that are no thousands: "on May 4 300 people fled", "killed 12 150 wounded"."""
# An abbreviation such as U.S., a word with inner hyphens and apostrophes (the possessive is cut off as a word of its
# own), a number with thousands in threes, a plain number, or one character of anything else. Thousands with plain
# blanks between them count as one number only before a word in small letters, since columns of a table look alike;
# that there are such figures is asked before what stands in front, which would be asked of every word of a text.
_TOKEN = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}
  | [^\W\d_]+(?:['’](?!(?i:s)\b)[^\W\d_]+|-[^\W\d_]+)*
  | \d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?
  | (?=[1-9]\d{0,2}[ ]\d{3})(?<![\d.,:/–-])(?<!\d[ ])(?i:"""
    + "".join(f"(?<!{word}[ ])(?<!{word}[.][ ])" for word in _BEFORE_A_DAY_OR_A_SECOND_FIGURE)
    + r""")[1-9]\d{0,2}(?:[ ]\d{3})+(?=[ ][a-zà-ÿ])
  | \d+(?:\.\d+)?
  | ['’](?i:s)\b
  | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word, number or mark; a tuple, since a report makes some hundreds and asks each some dozens of times.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends, exclusive.
        text: The word as written.
        lower: Its lower-case form with typographic apostrophes made plain, for look-ups only.
        is_word: Whether it begins with a letter.
        is_capital: Whether it begins with a capital letter.
        is_digits: Whether it is a number in figures.
    """

    start: int
    end: int
    text: str
    lower: str
    is_word: bool
    is_capital: bool
    is_digits: bool


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Cut ``text[start:end]`` into tokens whose offsets index the whole of `text`.

    >>> [t.text for t in tokenize("Kyiv's 1,200-plus U.S. troops")]
    ['Kyiv', "'s", '1,200', '-', 'plus', 'U.S.', 'troops']
    """
    stop = len(text) if end is None else end
    # Made as the tuple that it is: a call of the class takes as long again, and a report has some hundreds.
    made = tuple.__new__
    return tuple([made(Token, m.span() + _seen(m[0])) for m in _TOKEN.finditer(text, start, stop)])


def span_of(tokens: Sequence[Token]) -> Span:
    """Return the span from the first to the last of `tokens` (at least one)."""
    return Span(tokens[0].start, tokens[-1].end)


@lru_cache(maxsize=65536)
def _seen(word: str) -> tuple[str, str, bool, bool, bool]:
    """Return what a token says of its word; few words make up most of any text."""
    return word, word.lower().replace("’", "'"), word[0].isalpha(), word[0].isupper(), word[0].isdecimal()
