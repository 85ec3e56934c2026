"""Number expressions of every form in the table of ``docs/claims.md``, each with the bounds it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_AT_LEAST = ("at least", "at least", "at least", "no fewer than", "more than", "more than", "over", "upwards of")
_AT_MOST = ("up to", "up to", "as many as", "at most", "fewer than", "no more than")
_ABOUT = ("about", "about", "around", "some", "nearly", "almost", "approximately", "an estimated")
_VAGUE: tuple[tuple[int, str, int, int], ...] = (  # the least figure it may stand for, words, low, high
    (3, "several", 3, 9),
    (3, "a handful of", 3, 9),
    (3, "a few", 3, 9),
    (24, "dozens of", 24, 99),
    (24, "dozens of", 24, 99),
    (24, "several dozen", 24, 99),
    (24, "tens of", 20, 99),
    (40, "scores of", 40, 99),
    (200, "hundreds of", 200, 999),
    (300, "several hundred", 300, 999),
    (2000, "thousands of", 2000, 9999),
    (3000, "several thousand", 3000, 9999),
    (20000, "tens of thousands of", 20000, 99999),
    (200000, "hundreds of thousands of", 200000, 999999),
    (2000000, "millions of", 2000000, 9999999),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as words before a noun ("dozens of"), its bounds and how the guide calls it."""

    words: str
    low: int | None
    high: int | None
    qualifier: str = "exact"

    @property
    def bare(self) -> str:
        """The words where no noun follows: "dozens", "a handful"."""
        return self.words.removesuffix(" of")

    @property
    def kind(self) -> str:
        """``vague`` or ``count``."""
        return "vague" if self.qualifier == "vague" else "count"


def spelled(number: int) -> str:
    """Return the English words for a number below a million.

    >>> spelled(463)
    'four hundred and sixty-three'
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {spelled(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    return f"{spelled(thousands)} thousand" + (f" {spelled(rest)}" if rest else "")


def written(number: int, draw: Random) -> str:
    """Write a number as a paper might: words for small and round ones, digits with or without commas for others."""
    if number >= 1_000_000 and number % 100_000 == 0:
        return f"{number / 1_000_000:g} million"
    if number == 500_000 and draw.random() < 0.5:
        return "half a million"
    spells = 0.75 if number < 10 else 0.3 if number < 21 else 0.12 if number < 100 else 0.0
    if number >= 100 and number % (100 if number < 1000 else 1000) == 0 and number < 100_000:
        spells = 0.25
    if draw.random() < spells:
        return spelled(number)
    return f"{number:,}" if (number < 10_000 and draw.random() < 0.85) or number >= 10_000 else str(number)


def rounded(number: int) -> int:
    """Bring a figure to the roundness of an estimate: 47 to 45, 4,381 to 4,400."""
    if number < 20:
        return number
    step = 5 if number < 100 else 10 ** (len(str(number)) - 2)
    return max(step, number // step * step)


def exact(number: int, draw: Random) -> Number:
    """Return the plain figure."""
    return Number(written(number, draw), number, number)


def drawn(number: int, draw: Random, *, plain: bool = False) -> Number:
    """Return an expression for some `number` of two or more: exact, bounded, about, a range or vague.

    Args:
        number: The figure to tell; the words may round it.
        draw: Source of chance.
        plain: Leave out the forms whose lower bound does not allow naming a part of it ("two of them").
    """
    roll = draw.random()
    if roll < 0.5 or number < 4:
        return exact(rounded(number) if number > 1000 and draw.random() < 0.7 else number, draw)
    near = rounded(number)
    if roll < 0.64:
        if near >= 10 and draw.random() < 0.08:
            return Number(f"{near:,} or more", near, None, "at_least")
        if near >= 20 and draw.random() < 0.05:
            return Number(f"{near:,}-plus", near, None, "at_least")
        return Number(f"{draw.choice(_AT_LEAST)} {written(near, draw)}", near, None, "at_least")
    if roll < 0.69 and not plain:
        return Number(f"{draw.choice(_AT_MOST)} {written(near, draw)}", None, near, "at_most")
    if roll < 0.8 and number >= 10:
        return _about(near, draw)
    if roll < 0.85:
        return _between(near, draw)
    return _vague(number, draw, plain=plain)


def _about(near: int, draw: Random) -> Number:
    """Return an estimate."""
    if near < 40 and draw.random() < 0.3:
        words, value = draw.choice((("a dozen", 12), ("two dozen", 24), ("half a dozen", 6), ("about a dozen", 12)))
        return Number(words, value, value, "about")
    if draw.random() < 0.06:
        return Number(f"{near:,} or so", near, near, "about")
    return Number(f"{draw.choice(_ABOUT)} {written(near, draw)}", near, near, "about")


def _between(near: int, draw: Random) -> Number:
    """Return a range."""
    step = 1 if near < 10 else 5 if near < 100 else 10 ** (len(str(near)) - 1)
    above = near + step * draw.randint(1, 3)
    first, last = f"{near:,}", f"{above:,}"
    if above < 13:
        first, last = spelled(near), spelled(above)
    words = draw.choice((f"between {first} and {last}", f"between {first} and {last}", f"{first} to {last}"))
    if above == near + 1:
        words = f"{first} or {last}"
    return Number(words, near, above, "between")


def _vague(number: int, draw: Random, *, plain: bool) -> Number:
    """Return a vague word of the right size."""
    if not plain and draw.random() < 0.2:
        return Number(draw.choice(("many", "a number of")), 2, None, "vague")
    fits = [entry for entry in _VAGUE if entry[0] <= number <= entry[3] * 2 and not (plain and entry[1] == "tens of")]
    if not fits:
        return exact(number, draw)
    _, words, low, high = draw.choice(fits)
    return Number(words, low, high, "vague")


def further(number: int, draw: Random) -> Number:
    """Return a figure on top of another: "another five", "five more", "a further 12"."""
    figure = written(number, draw)
    forms = (
        f"another {figure}",
        f"another {figure}",
        f"{figure} more",
        f"a further {figure}",
        f"an additional {figure}",
    )
    return Number(draw.choice(forms), number, number)


def every(number: int, draw: Random) -> Number:
    """Return a whole group: "all 14", or "both"."""
    if number == 2:
        return Number("both", 2, 2)
    return Number(f"all {written(number, draw)}", number, number)
