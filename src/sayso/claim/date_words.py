"""Time words: a text as a row of symbols, one a token, on which the shapes of ``words/dates-*.toml`` are matched.

Matching on symbols keeps the shapes short, free of spelling, and bounded in time: a shape spans a few tokens.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from sayso.claim.calendar import Feast

Value = int | str
Classed = tuple[str, Value, int, bool]
"""A word's class, its value, the length of a possessive that is no part of it, and whether it may begin a feast."""

_NO_SYMBOL = "."
_KNOWN = 65_536
"""Words whose class is kept at most."""

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*) |
    (?P<iso>(?:\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}(?![/\w]))(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
  | (?P<numeric>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}(?![\d/-])|\d{2}(?![\w/-]))(?!\.\d))
  | (?P<clock>\d{1,2}(?:[:.]\d{2})?\s?(?:[aApP][mM]\b|[aApP]\.\s?[mM]\b\.?))
  | (?P<hourminute>\d{1,2}:\d{2}(?::\d{2})?(?![\w:]))
  | (?P<digits>\d+(?:[.,]\d+)*\w*)
  | (?P<break>\n[^\S\n]*\n)
  | (?P<mark_>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_MARKS = {
    **dict.fromkeys("-/\u2010\u2011\u2013\u2014", "dash"),
    ",": "comma",
    ".": "stop",
    **dict.fromkeys(";!?:", "pause"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
}
_SURE = frozenset(
    ("january", "february", "april", "june", "july", "august", "september", "october", "november", "december")
)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z", re.IGNORECASE)
_DECADE = re.compile(r"(?:19|20)\d0'?s\Z")
_GROUP = re.compile(r"\([^()]*\)(?:[?*]|\{[\d,]*\})?")
_NEEDED = re.compile(r"\[(\w+)\](?![?*{])")
_MONEY = frozenset("$€£¥₽₴#+")
_LEAD_TO_MONTH = frozenset(("in", "since", "last", "this", "next", "modifier", "from", "between", "to", "by"))
_LEAD_TO_WEEKDAY = frozenset(("on", "since", "last", "next", "from", "to"))
_BESIDE_DATE = frozenset(("day", "month", "shortmonth"))
_UNSETTLED = frozenset(("month", "shortmonth", "zone", "weekday", "weekdays", "shortday"))


@dataclass(frozen=True, slots=True)
class Shape:
    """A word order and the name of its reading; a row lacks it that has none of the symbols of a set that it needs.

    `needs` has a bit for each of these sets; `Lexicon.serves` tells which sets a symbol is in.
    """

    order: re.Pattern[str]
    reads: str
    needs: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The time words of one language."""

    words: dict[str, tuple[str, Value]]
    shapes: tuple[Shape, ...]
    serves: dict[str, int]
    symbols: dict[str, str]
    time_before: tuple[re.Pattern[str], ...]
    time_after: tuple[re.Pattern[str], ...]
    feasts: dict[str, Feast]
    feast_words: dict[str, tuple[tuple[str, ...], ...]]
    events: frozenset[str]
    asides: frozenset[str]
    month_first: frozenset[str]
    known: dict[str, Classed] = field(default_factory=dict, repr=False, compare=False)
    """Words that were met, with their class: few words make up most of any text."""


class _Alphabet:
    """Gives each class that a shape names one character, and compiles shapes over classes to shapes over symbols."""

    def __init__(self, macros: dict[str, str]) -> None:
        self.symbols: dict[str, str] = {}
        self._macros = macros

    def order(self, shape: str) -> re.Pattern[str]:
        """Compile a shape."""
        return re.compile(self._symbolic(shape))

    def needs(self, shape: str) -> tuple[frozenset[str], ...]:
        """Return the sets of symbols of each of which a shape needs one: those in no group and not left open."""
        symbolic = self._symbolic(shape)
        while _GROUP.search(symbolic):
            symbolic = _GROUP.sub("", symbolic)
        return () if "|" in symbolic else tuple(frozenset(one) for one in _NEEDED.findall(symbolic))

    def _symbolic(self, shape: str) -> str:
        for name, text in self._macros.items():
            shape = shape.replace("@" + name, f"(?:{text})")
        shape = re.sub(r"<([a-z_|]+)>", lambda m: f"[{''.join(map(self._symbol, m[1].split('|')))}]", shape)
        return shape.replace(" ", "")

    def _symbol(self, name: str) -> str:
        # Any characters do that mean nothing in a regular expression.
        return self.symbols.setdefault(name, chr(0x4E00 + len(self.symbols)))


@dataclass(slots=True)
class Row:
    """A text's tokens as parallel lists, with one symbol each; `symbols` is what shapes are matched on."""

    text: str
    classes: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    symbols: str = ""

    def words(self, index: int) -> str:
        """Return a token as written; empty outside the row."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""

    def kind(self, index: int) -> str:
        """Return a token's class; empty outside the row."""
        return self.classes[index] if 0 <= index < len(self.classes) else ""


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """Read ``words/dates-LANGUAGE.toml``, once."""
    data = tomllib.loads(files("sayso.claim").joinpath("words", f"dates-{language}.toml").read_text("utf-8"))
    words: dict[str, tuple[str, Value]] = {}
    for kind, listed in data["lists"].items():
        words.update({word: (kind, word) for word in listed})
    for kind, valued in data["values"].items():
        words.update({word: (kind, value) for word, value in valued.items()})
    feasts: dict[str, Feast] = {}
    for entry in data["feast"]:
        rule = {key: value for key, value in entry.items() if key != "names"}
        feasts.update({" ".join(map(_bare, name.split())): Feast(**rule) for name in entry["names"]})
    heads: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(feasts, key=lambda each: (-len(each.split()), each)):
        heads.setdefault(name.split()[0], []).append(tuple(name.split()))
    alphabet = _Alphabet(data["macros"])
    needs = [alphabet.needs(each["order"]) for each in data["shape"]]
    bits = {one: 1 << at for at, one in enumerate(dict.fromkeys(one for several in needs for one in several))}
    serves: dict[str, int] = {}
    for one, bit in bits.items():
        serves |= {symbol: serves.get(symbol, 0) | bit for symbol in one}
    return Lexicon(
        words=words,
        shapes=tuple(
            Shape(alphabet.order(each["order"]), each["reads"], sum({bits[one] for one in several}))
            for each, several in zip(data["shape"], needs, strict=True)
        ),
        serves=serves,
        time_before=tuple(alphabet.order(each + "$") for each in data["times"]["before"]),
        time_after=tuple(alphabet.order(each) for each in data["times"]["after"]),
        symbols=alphabet.symbols,
        feasts=feasts,
        feast_words={head: tuple(names) for head, names in heads.items()},
        events=frozenset(data["telling"]["events"]),
        asides=frozenset(data["telling"]["asides"]),
        month_first=frozenset(data["order"]["month_first"]),
    )


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """Return a word of a feast's name in lower case, without a possessive."""
    return word.lower().replace("\u2019", "'").removesuffix("'s").removesuffix("'")


def row_of(text: str, start: int, end: int, lex: Lexicon) -> Row:
    """Cut a stretch of a text into tokens and class them."""
    row = Row(text)
    kinds, values, starts, ends = row.classes, row.values, row.starts, row.ends
    known = lex.known
    feasts = False
    for match in _TOKEN.finditer(text, start, end):
        token = match[0]
        first, last = match.span()
        starts.append(first)
        classed = known.get(token)
        if classed is None and match.lastgroup == "word":
            classed = _keep(token, _class_word(token, lex), known)
        if classed is not None:
            kind, value, cut, feast = classed
            kinds.append(kind)
            values.append(value)
            ends.append(last - cut)
            feasts = feasts or feast
            continue
        kind, value = match.lastgroup or "", token
        if kind == "digits":
            kind, value = _class_digits(text, token, first, last, lex)
        elif kind == "mark_":
            kind = _MARKS.get(token, "other")
        elif kind in {"iso", "numeric"} and first > start and (text[first - 1].isalnum() or text[first - 1] in "-/._"):
            kind = "other"
        kinds.append(kind)
        values.append(value)
        ends.append(last)
    if feasts:
        _join_feasts(row, lex)
    _settle(row)
    row.symbols = "".join([lex.symbols.get(kind, _NO_SYMBOL) for kind in row.classes])
    return row


def _class_word(token: str, lex: Lexicon) -> Classed:
    """Return a word's class, its value and the length of a possessive that is no part of it."""
    lower, cut = token.lower(), 0
    if lower.endswith(("'s", "\u2019s")) and lower[:-2] in lex.words:
        lower, cut = lower[:-2], 2
    kind, value = lex.words.get(lower, ("word", lower))
    return kind, value, cut, _bare(lower) in lex.feast_words


def _keep(token: str, classed: Classed, known: dict[str, Classed]) -> Classed:
    if len(known) >= _KNOWN:
        known.clear()
    known[token] = classed
    return classed


def _class_digits(text: str, token: str, first: int, last: int, lex: Lexicon) -> tuple[str, Value]:
    """Return a figure's class: a day of the month, a year, a plain number, or ``other`` for what is no such thing."""
    if not token[0].isascii() or _is_compound(text, first, last, lex):
        return "other", token
    if ordinal := _ORDINAL.match(token):
        day = int(ordinal[1])
        return ("day", day) if 1 <= day <= 31 else ("other", token)
    if _DECADE.match(token):
        return "decade", int(token[:4])
    if not (token.isascii() and token.isdigit()) or len(token) > 6:
        return "other", token
    return _class_number(token)


def _class_number(token: str) -> tuple[str, Value]:
    """Return the class of one to six plain figures."""
    number = int(token)
    if len(token) <= 2:
        return ("day" if 1 <= number <= 31 else "shortyear"), number
    if len(token) in {5, 6} and "1900" <= token[-4:] <= "2099":
        return "runtogether", number
    return ("year" if len(token) == 4 and 1900 <= number <= 2099 else "number"), number


def _is_compound(text: str, first: int, last: int, lex: Lexicon) -> bool:
    """Say whether a figure is part of something else: money, a share, a fraction, "M-19", "24-hour"."""
    before, after = text[first - 1 : first], text[last : last + 1]
    if (before and before in _MONEY) or after == "%":
        return True
    fraction = before in {"/", "."} and text[first - 2 : first - 1].isdigit()
    if fraction or (before == "-" and text[first - 2 : first - 1].isalpha() and _is_name(text, first - 1, lex)):
        return True
    return after in {"-", "/"} and text[last + 1 : last + 2].isalpha() and _makes_adjective(text, last + 1, lex)


def _is_name(text: str, dash: int, lex: Lexicon) -> bool:
    """Say whether the letters before a dash make a name with the number after it ("M-19"), not a date ("Aug-23")."""
    head = re.search(r"[^\W\d_]{1,10}\Z", text[max(0, dash - 11) : dash])
    known = lex.words.get(head[0].lower(), ("", ""))[0] if head else ""
    return known not in {"month", "shortmonth", "modifier"}


def _makes_adjective(text: str, at: int, lex: Lexicon) -> bool:
    """Say whether the word at `at` makes an adjective with the number before it ("24-hour"), not a date ("23-Aug")."""
    word = re.match(r"[^\W\d_]{1,12}", text[at : at + 12])
    known = lex.words.get(word[0].lower(), ("", ""))[0] if word else ""
    return known not in {"month", "shortmonth"}


def _join_feasts(row: Row, lex: Lexicon) -> None:
    """Make one token of the words of a feast's name; dashes inside it do not count."""
    joined = Row(row.text)
    at = 0
    while at < len(row.classes):
        kind, value, end = row.classes[at], row.values[at], at + 1
        for name in lex.feast_words.get(_bare(row.words(at)), ()):
            if after := _feast_end(row, at, name):
                kind, value, end = "feast", " ".join(name), after
                break
        joined.classes.append(kind)
        joined.values.append(value)
        joined.starts.append(row.starts[at])
        joined.ends.append(row.ends[end - 1])
        at = end
    row.classes, row.values, row.starts, row.ends = joined.classes, joined.values, joined.starts, joined.ends


def _feast_end(row: Row, at: int, name: tuple[str, ...]) -> int:
    """Return the token index after a feast's name that begins at `at`, or 0."""
    for position, part in enumerate(name):
        if position and row.kind(at) == "dash":
            at += 1
        if _bare(row.words(at)) != part:
            return 0
        at += 1
    return at


def _settle(row: Row) -> None:
    """Decide words that are only sometimes dates by what stands beside them and how they are written."""
    for at, kind in enumerate(row.classes):
        if kind not in _UNSETTLED:
            continue
        if kind == "month":
            row.classes[at] = _settle_month(row, at)
        elif kind == "shortmonth":
            row.classes[at] = _settle_short_month(row, at)
        elif kind == "zone":
            sure = len(row.words(at)) > 4 or row.words(at).isupper() or row.values[at] in {"", "GMT"}
            row.classes[at] = "zone" if sure else "word"
        else:
            row.classes[at] = _settle_weekday(row, at, kind)


def _settle_month(row: Row, at: int) -> str:
    """Tell May and March from the verbs: a month, one beside a number only, or a word."""
    word, before, after = row.words(at), row.kind(at - 1), row.kind(at + 1)
    if word.lower() in _SURE:
        return "month"
    if word.islower():
        dated = after == "year" or row.kind(at - 2) in {"on", "of", "the", "from", "to", "since", "comma", "between"}
        return "numbermonth" if before == "day" and dated else "word"
    if before in _LEAD_TO_MONTH or (before == "dash" and row.kind(at - 2) == "modifier"):
        return "month"
    if before in {"and", "of"} and row.kind(at - 2) in {"month", "edge", "unit", "day", "half", "ordinal"}:
        return "month"
    if (
        word.isupper()
        and after == "day"
        and before not in {"on", "comma"}
        and row.kind(at + 2) not in {"year", "comma"}
    ):
        return "word" if before == "word" else "numbermonth"
    return "numbermonth"


def _settle_short_month(row: Row, at: int) -> str:
    """Take "Dec" for December beside a number, or after "in" and the like."""
    word = row.words(at)
    if word.islower() and not {row.kind(at - 1), row.kind(at + 1)} & {"day", "year"}:
        return "word"
    if row.kind(at + 1 + (row.kind(at + 1) == "stop")) in {"day", "year"}:
        return "numbermonth"
    named = row.kind(at + 1) == "word" and row.words(at + 1)[:1].isupper()
    return "month" if row.kind(at - 1) in _LEAD_TO_MONTH and not word.islower() and not named else "numbermonth"


def _settle_weekday(row: Row, at: int, kind: str) -> str:
    """Tell weekdays from newspapers, clubs, habits ("on Sundays"), and short names from words."""
    word, before = row.words(at), row.kind(at - 1)
    if before == "byname" or (row.kind(at + 1) == "paper" and not row.words(at + 1).islower()):
        return "word"
    if kind == "weekday":
        return "word" if _is_any_weekday(row, at) else "weekday"
    if kind == "weekdays":  # some papers drop the apostrophe: "Saturdays blast"
        bare = not before or before in {"on", "every", "and", "at", "to", "stop", "day", "number", "card"}
        return "word" if bare or row.kind(at + 1) not in {"word", "day", "card", "part"} else "weekday"
    after = at + 1 + (row.kind(at + 1) == "stop")
    after += row.kind(after) == "comma"
    if row.kind(after) in _BESIDE_DATE and word[:1].isupper() and (row.kind(after) != "day" or _dated(row, after)):
        return "weekday"
    return "weekday" if before in _LEAD_TO_WEEKDAY and word.istitle() and not row.words(at + 1).istitle() else "word"


def _is_any_weekday(row: Row, at: int) -> bool:
    """Tell "every Monday", "One Sunday he ..." and "on a Friday in May" from a certain weekday."""
    before = row.kind(at - 1)
    if before == "every" or (before == "card" and row.words(at - 1) == "One"):
        return True
    return before == "article" and row.kind(at + 1) not in {"word", "part", "card", "day"}


def _dated(row: Row, at: int) -> bool:
    """Say whether a month follows the day number at `at`."""
    return any(row.kind(at + step) in {"month", "shortmonth", "numbermonth"} for step in (1, 2))
