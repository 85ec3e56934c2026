"""Figures: which words state how many people, and what they state.

The table that this module implements stands in ``docs/claims.md`` ("Numbers"); its words and values are data in
``words/LANGUAGE.toml``. A bound that the words do not state is None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.claim.tokens import Token, tokenize
from sayso.claim.words import Bound, Core, NumberWords, words
from sayso.records import Count

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGEST = 10**10
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_MOST_WORDS_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number expression in a sentence: tokens ``[first, last)``.

    `figure` is the token at which the number itself begins, after articles and bounds; `article` says that the
    number is only "a", "an" or "another".
    """

    first: int
    figure: int
    last: int
    count: Count
    article: bool = False


@lru_cache(maxsize=4096)
def read(text: str, language: str = "en") -> Count | None:
    """Read a count expression by the table.

    Words without a figure are a plural ("civilians": two or more) or one person ("the mayor", a name). Returns None
    where no letter or figure could stand for people.

    >>> read("up to two dozen fighters")
    Count(low=None, high=24, qualifier='at_most', phrase='up_to', kind='count')
    >>> read("civilians")
    Count(low=2, high=None, qualifier='vague', phrase='plural', kind='vague')
    """
    tokens = tokenize(text)
    lexicon = words(language)
    for at, token in enumerate(tokens[:_MOST_WORDS_BEFORE]):
        quantity = quantity_at(tokens, at, lexicon.numbers)
        if quantity is not None:
            return quantity.count
        if token.is_digits:
            break
    if not any(token.is_word for token in tokens):
        return None
    if lexicon.is_plural(tokens):
        return Count(2, None, "vague", "plural", "vague")
    return Count(1, 1, "exact", None, "individual")


def quantity_at(tokens: Sequence[Token], at: int, table: NumberWords) -> Quantity | None:
    """Read the quantity that begins exactly at token `at`, with its bounds, or return None.

    The expression may begin with words such as "the other", then a bound ("at least"), then the number or range,
    then a bound that follows it ("or more").
    """
    if at < len(tokens) and not tokens[at].is_digits:
        word = tokens[at].lower
        if word not in table.opening and not ("-" in word and _is_compound(word, table)):
            return None  # most words begin no quantity
    zero = table.zero.match(tokens, at)
    bounded = table.bounds.match(tokens, at)
    if zero is not None and (bounded is None or bounded[0] <= zero[0]):
        return Quantity(at, at, zero[0], Count(0, 0, "exact", zero[1], "zero"))
    fraction = _fraction(tokens, at, table)
    if fraction is not None:
        return fraction
    return _plain(tokens, at, table) or _article(tokens, at, table)


def may_begin(token: Token, table: NumberWords) -> bool:
    """Say whether a figure may begin at this token."""
    word = token.lower
    in_words = word in table.number_words or word in table.cores or word in table.articles
    return token.is_digits or in_words or ("-" in word and _is_compound(word, table))


def _plain(tokens: Sequence[Token], at: int, table: NumberWords) -> Quantity | None:
    """Read lead words, a bound, the number, and a bound behind it."""
    for i in _after_lead(tokens, at, table):
        found = table.bounds.match(tokens, i)
        if found is not None:
            for j in _after_lead(tokens, found[0], table):
                core = _core(tokens, j, table)
                if core is not None and _fits(found[1], core[1]):
                    return _made(tokens, at, j, core, found[1], table)
        core = _core(tokens, i, table)
        if core is not None:
            return _made(tokens, at, i, core, None, table)
    return None


def _after_lead(tokens: Sequence[Token], at: int, table: NumberWords) -> list[int]:
    """Return the positions at which the number may begin: here, or after up to three lead words."""
    out = [at]
    for _ in range(3):
        lead = table.before.match(tokens, out[-1])
        if lead is None:
            break
        out.append(lead[0])
    return out


def _article(tokens: Sequence[Token], at: int, table: NumberWords) -> Quantity | None:
    found = table.articles.match(tokens, at)
    if found is None:
        return None
    ordinal = table.ordinals.match(tokens, found[0])
    last = ordinal[0] if ordinal is not None else found[0]
    return Quantity(at, at, last, Count(1, 1, "exact", None, "count"), article=ordinal is None)


def _fits(bound: Bound, core: Core) -> bool:
    """Say whether a bound can govern this number: "some dozens" is not one of the bounds."""
    return not (core.kind == "vague" and (bound.qualifier == "about" or core.high is None))


def _made(
    tokens: Sequence[Token], first: int, figure: int, core: tuple[int, Core], before: Bound | None, table: NumberWords
) -> Quantity | None:
    last, number = core
    bound = before
    if bound is None and number.qualifier in {"exact", "about"}:
        after = table.after.match(tokens, last)
        if after is not None:
            last, bound = after
    if not _is_count(tokens, figure, last, table, bounded=before is not None) or (number.low or 0) > _LARGEST:
        return None
    if number.low == number.high == 0:
        number = replace(number, kind="zero")
    elif bound is not None and number.qualifier != "between":
        number = _bounded(number, bound)
    return Quantity(first, figure, last, Count(number.low, number.high, number.qualifier, number.phrase, number.kind))


def _bounded(number: Core, bound: Bound) -> Core:
    low, high = number.low, number.high
    if bound.qualifier == "at_least":
        high = None
    elif bound.qualifier == "at_most":
        low, high = None, low if high is None else high
    return replace(number, low=low, high=high, qualifier=bound.qualifier, phrase=bound.phrase)


def _core(tokens: Sequence[Token], at: int, table: NumberWords) -> tuple[int, Core] | None:
    """Read a number or range without bounds; return the end and the value."""
    between = at < len(tokens) and tokens[at].lower == table.between
    first = _single(tokens, at + between, table)
    if first is None:
        return None
    last, low = first
    if low.kind == "vague" and not between:
        joined = table.vague_joins.match(tokens, last)
        second = _single(tokens, joined[0], table) if joined is not None else None
        if second is not None and second[1].kind == "vague" and (second[1].low or 0) > (low.low or 0):
            return second[0], replace(low, high=second[1].high)
        return first
    joins = table.between_joins if between else table.joins
    joined = joins.match(tokens, last)
    second = _single(tokens, joined[0], table) if joined is not None else None
    if second is None or (not between and _is_change(tokens, at, table)):
        return None if between else first
    low, high = _same_scale(low, second[1])
    if low.low is None or high.high is None or low.low >= high.high or high.kind == "vague":
        return None if between else first
    return second[0], Core(low.low, high.high, "between", "between", "count")


def _is_change(tokens: Sequence[Token], at: int, table: NumberWords) -> bool:
    """Tell "rose from 17 to 23" from "from 17 to 23 people died"."""
    if at == 0 or tokens[at - 1].lower != table.change:
        return False
    return any(t.lower in table.changes for t in tokens[max(0, at - 6) : at])


def _same_scale(low: Core, high: Core) -> tuple[Core, Core]:
    """Carry a scale word back over a range: "3 to 4 million" is three million to four million."""
    if high.scale > 1 and low.scale == 1 and low.low is not None and low.low * high.scale <= (high.high or 0):
        return replace(low, low=low.low * high.scale), high
    return low, high


def _single(tokens: Sequence[Token], at: int, table: NumberWords) -> tuple[int, Core] | None:
    """Read one number: figures or words with a scale, dozens, or a word that stands for a quantity."""
    if at >= len(tokens):
        return None
    word = tokens[at].lower
    if not (tokens[at].is_digits or word in table.bare or ("-" in word and _is_compound(word, table))):
        return None
    figure = _figure(tokens, at, table)
    ready = table.cores.match(tokens, at)
    if ready is not None and (figure is None or ready[0] >= figure[0]):
        return ready
    if figure is None:
        return None
    last, low, scale = figure
    dozen = table.dozens.match(tokens, last)
    if dozen is not None:
        size, name = dozen[1]
        return dozen[0], Core(low * size, low * size, "about", f"{_small(low)}_{name}", "count")
    return last, Core(low, low, "exact", None, "count", scale=scale)


def _small(n: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}.get(n, str(n))


def _figure(tokens: Sequence[Token], at: int, table: NumberWords) -> tuple[int, int, int] | None:
    """Read figures ("1.2 million") or number words; return the end, the value and the scale it was given in."""
    if not tokens[at].is_digits:
        return _in_words(tokens, at, table)
    digits = tokens[at].text
    value = float("".join(digits.replace(",", "").split()))
    last, scale = at + 1, 1
    while last < len(tokens) and tokens[last].lower in table.scales:
        touching = tokens[last].start == tokens[last - 1].end
        if len(tokens[last].text) <= table.short_scale and not touching:
            break
        scale *= table.scales[tokens[last].lower]
        last += 1
    decimal = "." in digits and scale == 1
    if decimal or value * scale > _LARGEST or not (value * scale).is_integer():
        return None
    return last, int(value * scale), scale


def _in_words(tokens: Sequence[Token], at: int, table: NumberWords) -> tuple[int, int, int] | None:
    """Read number words, "a hundred and five" among them."""
    led = tokens[at].lower in table.one and at + 1 < len(tokens) and tokens[at + 1].lower in table.scales
    start = at + led
    last = start
    while last < len(tokens) and (
        tokens[last].lower in table.number_words
        or (last > start and tokens[last].lower == table.joiner and _goes_on(tokens, last, table))
        or _is_compound(tokens[last].lower, table)
    ):
        last += 1
    while last > start:
        value = _words_value(" ".join([table.one_is] * led + [t.lower for t in tokens[start:last]]), table.language)
        if value is not None:
            if last < len(tokens) and tokens[last].lower in table.scales:
                return None  # more than is read: "nine hundred trillion"
            return last, value, table.scales.get(tokens[last - 1].lower, 1)
        last -= 1
    return None


def _goes_on(tokens: Sequence[Token], at: int, table: NumberWords) -> bool:
    """Join "and" only inside one number: "a hundred and five", not "ten and five"."""
    return (
        tokens[at - 1].lower in table.scales
        and at + 1 < len(tokens)
        and tokens[at + 1].lower not in table.scales
        and (tokens[at + 1].lower in table.number_words or _is_compound(tokens[at + 1].lower, table))
    )


def _is_compound(word: str, table: NumberWords) -> bool:
    return "-" in word and all(part in table.number_words for part in word.split("-"))


@lru_cache(maxsize=4096)
def _words_value(phrase: str, language: str) -> int | None:
    from text_to_num import text2num

    try:
        return int(text2num(phrase.replace("fourty", "forty").replace("-", " "), language))
    except ValueError:
        return None


def _fraction(tokens: Sequence[Token], at: int, table: NumberWords) -> Quantity | None:
    part = table.fractions.match(tokens, at)
    if part is None:
        return None
    for i in _after_lead(tokens, part[0], table):
        whole = _figure(tokens, i, table) if i < len(tokens) else None
        if whole is not None and _is_count(tokens, i, whole[0], table):
            value = round(whole[1] * part[1][0] / part[1][1])
            return Quantity(at, i, whole[0], Count(value, value, "exact", None, "count"))
    return None


def _is_count(tokens: Sequence[Token], figure: int, last: int, table: NumberWords, *, bounded: bool = False) -> bool:
    """Tell a count from a date, time, age, sum of money, score or name in figures."""
    token = tokens[figure]
    measures = _is_rate(tokens, figure, last, table) or _is_score(tokens, last)
    if measures or table.not_after.match(tokens, last) is not None:
        return False
    if not token.is_digits:
        return True
    before = tokens[figure - 1] if figure else None
    after = tokens[last] if last < len(tokens) else None
    if after is not None and (after.lower in table.months or (after.is_word and after.start == tokens[last - 1].end)):
        return False
    if before is None:
        return True
    if before.lower in table.months or (
        before.lower in table.not_before and (before.is_word or before.end == token.start)
    ):
        return False
    if before.end == token.start and before.text in {"-", "–", "'", "’", "."}:
        return False
    if before.end == token.start and before.is_word:
        return False
    if before.is_digits and figure >= 2 and tokens[figure - 2].lower in table.months:
        return False
    is_year = (
        last == figure + 1
        and token.text.isdecimal()
        and len(token.text) == len("2014")
        and _FIRST_YEAR <= int(token.text) <= _LAST_YEAR
    )
    return bounded or not (is_year and before.lower in table.before_year)


def _is_score(tokens: Sequence[Token], last: int) -> bool:
    """Tell the first figure of a score, or of a number that is no count, from one of a range: "lost 6-0"."""
    behind = tokens[last - 1 : last + 2]
    touching = len(behind) == 3 and behind[0].end == behind[1].start and behind[1].end == behind[2].start
    return touching and behind[1].text in {"-", "–"} and behind[2].is_digits


def _is_rate(tokens: Sequence[Token], figure: int, last: int, table: NumberWords) -> bool:
    """Tell a rate from a count, at either of its figures: "one in three people", "seven out of ten"."""
    ahead = table.rates.match(tokens, last)
    if ahead is not None and ahead[0] < len(tokens) and _figure(tokens, ahead[0], table) is not None:
        return True
    for words_back in (1, 2, 3):
        start = figure - words_back
        found = table.rates.match(tokens, start) if start > 0 else None
        if found is not None and found[0] == figure and tokens[start - 1].lower in table.rated:
            return True
    return False
