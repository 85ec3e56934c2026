"""Reads the reports that we wrote for training, with their claims marked in the text (``training/written/*.txt``).

A report begins with ``=== id | published | outlet | notes``. Lines that begin with ``@* `` hold what every claim
of the report shares, ``@name `` what those share that list ``name``. Then comes the text, where a claim is marked
``{words|harm number;slot=value;...}``, a second one on the same words behind ``||``:

    === quay-1 | 2021-05-04 | Meridian Wire |
    @* l=Port Selm;d=@-1;civ
    {Nine dockers|k 9;s=the harbour office} drowned on Monday, the harbour office said.

Harms are k, i, ki, m, c, a, d for the seven of `HARMS` in the order killed, injured, killed or injured, missing,
captured, abducted, displaced. Numbers are ``9``, ``80+``, ``<15``, ``~40``, ``12-15``, ``v24-99`` (vague), ``0`` and
``n`` (one person by name or role). Slots are s (source), via (``A>B``), v (victims, ``-`` for none), p (perpetrator),
m (means), l (place), c (country) and d (``@-1`` the day before publication, ``@Sun`` the last Sunday, ISO, ``from/to``,
or ``-``); ``civ``, ``com``, ``mix``, ``unk`` give the status, ``cum`` the scope, ``den`` and ``dou`` the stance.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Claim = dict[str, Any]

_HARMS = {
    "k": "killed",
    "i": "injured",
    "ki": "killed_or_injured",
    "m": "missing",
    "c": "captured",
    "a": "abducted",
    "d": "displaced",
}
_SLOTS = {"s": "source", "v": "victims", "p": "perpetrator", "m": "means", "l": "place", "c": "country"}
_FLAGS = {
    "civ": ("status", "civilian"),
    "com": ("status", "combatant"),
    "mix": ("status", "mixed"),
    "unk": ("status", "unknown"),
    "cum": ("scope", "cumulative"),
    "inc": ("scope", "incident"),
    "den": ("stance", "denies"),
    "dou": ("stance", "doubts"),
}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARKED = re.compile(r"\{([^{}|]+)\|([^{}]*)\}")
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|"
    r"seven|eigh|nine)ty(?:-\w+)?|hundred|thousand|million|half|an?|dozens?|several|scores|hundreds|thousands|tens|"
    r"many|handful|few|couple|number|none|no|not|both|all|nobody)"
)
_LEAD = re.compile(
    r"^(?:[\"“]|at least|at most|more than|fewer than|no fewer than|no more than|upwards of|as many as|up to|"
    r"(?:well |just )?over|about|around|some|nearly|almost|approximately|an estimated|between|among|the|only|just|"
    rf"another|other|a further|{_NUMBER}(?: (?:of|or|and|to))?|of|or|and|to)(?: |$)",
    re.IGNORECASE,
)


class MarkupError(ValueError):
    """A report is not marked up as this module says; the message names report and words."""


def written(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the reports of a file in the shape of the gold.

    Raises:
        MarkupError: A claim cannot be read.
    """
    for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = block.partition("\n")
        name, published, outlet = (part.strip() for part in head.split("|")[:3])
        lines = body.split("\n")
        shared: dict[str, str] = {}
        while lines and lines[0].startswith("@"):
            key, _, value = lines.pop(0)[1:].partition(" ")
            shared[key] = value
        text, claims = _read("\n".join(lines).strip("\n"), shared, published, name)
        yield {"id": name, "published": published, "outlet": outlet, "text": text, "claims": claims}


def _read(marked: str, shared: Mapping[str, str], published: str, name: str) -> tuple[str, list[Claim]]:
    """Take the marks out of a text, and return it with its claims."""
    parts: list[str] = []
    claims: list[Claim] = []
    at = length = 0
    for found in _MARKED.finditer(marked):
        before = marked[at : found.start()]
        parts += [before, found[1]]
        start = length + len(before)
        length = start + len(found[1])
        at = found.end()
        for told in found[2].split("||"):
            try:
                claims.append(marked_claim(found[1], start, told, shared, published))
            except (KeyError, ValueError) as error:
                raise MarkupError(f"{name}: “{found[1]}” is marked {told!r}, which cannot be read ({error})") from error
    return "".join([*parts, marked[at:]]), claims


def marked_claim(words: str, start: int, told: str, shared: Mapping[str, str], published: str) -> Claim:
    """Return the claim that one mark tells of.

    Args:
        words: The counting words.
        start: Where they begin in the report.
        told: The mark: harm, number and slots.
        shared: Slots that claims of the report share, by the name of their list.
        published: The report's day, for days that are counted from it.

    Raises:
        ValueError: A number, a day or the form is none.
        KeyError: A slot, a harm or a list is none.
    """
    first, *rest = (token.strip() for token in told.split(";"))
    harm, number = first.split()
    kind, low, high, qualifier = _figure(number)
    claim: Claim = {
        "text": words,
        "start": start,
        "end": start + len(words),
        "harm": _HARMS[harm],
        "kind": kind,
        "low": low,
        "high": high,
        "qualifier": qualifier,
        "source": None,
        "via": [],
        "stance": "asserts",
        "victims": _victims(words),
        "status": "unknown",
        "perpetrator": None,
        "means": None,
        "place": None,
        "country": None,
        "date_from": None,
        "date_to": None,
        "scope": "incident",
    }
    for token in [*shared.get("*", "").split(";"), *rest]:
        _set(claim, token.strip(), shared, published)
    return claim


def _set(claim: Claim, token: str, shared: Mapping[str, str], published: str) -> None:
    if not token:
        return
    if token in _FLAGS:
        slot, value = _FLAGS[token]
        claim[slot] = value
    elif "=" not in token:
        for one in shared[token].split(";"):
            _set(claim, one.strip(), shared, published)
    else:
        key, _, value = token.partition("=")
        if key == "via":
            claim["via"] = [] if value == "-" else value.split(">")
        elif key == "d":
            first, slash, last = value.partition("/")
            claim["date_from"] = _day(first, published)
            claim["date_to"] = _day(last if slash else first, published)
        else:
            claim[_SLOTS[key]] = None if value == "-" else value


def _figure(told: str) -> tuple[str, int | None, int | None, str]:
    """Read how many people, in the markup's own short form: kind, low, high, qualifier."""
    if told == "0":
        return "zero", 0, 0, "exact"
    if told == "n":
        return "individual", 1, 1, "exact"
    if told.startswith("v"):
        low, _, high = told[1:].rstrip("+").partition("-")
        return "vague", int(low), int(high) if high else None, "vague"
    if told.startswith("<"):
        return "count", None, int(told[1:]), "at_most"
    if told.startswith("~"):
        return "count", int(told[1:]), int(told[1:]), "about"
    if told.endswith("+"):
        return "count", int(told[:-1]), None, "at_least"
    low, _, high = told.partition("-")
    return "count", int(low), int(high or low), "between" if high else "exact"


def _day(told: str, published: str) -> str | None:
    """Read a day: an ISO date, ``@-1`` days from publication, ``@Sun`` the last such day; nothing or ``-`` is none."""
    if told in {"", "-"}:
        return None
    if not told.startswith("@"):
        return date.fromisoformat(told).isoformat()
    day = date.fromisoformat(published[:10])
    if told[1:] in _WEEKDAYS:
        return (day - timedelta((day.weekday() - _WEEKDAYS.index(told[1:])) % 7)).isoformat()
    return (day + timedelta(int(told[1:]))).isoformat()


def _victims(words: str) -> str | None:
    """Take bounds and numbers off the front of a count expression: what is left names the people."""
    before = ""
    while before != words:
        before, words = words, _LEAD.sub("", words, count=1)
    return words.strip() or None
