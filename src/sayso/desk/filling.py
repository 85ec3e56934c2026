"""The form by which a person says what a report says: a labelled field for each slot of a claim.

Only fields that the person changed are ruled on. Words that they selected in the text come with their offsets, which
are held against the words here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, get_args

from fastapi import Depends, Request
from pydantic import BaseModel, StringConstraints

from sayso.desk.cards import LABELS, NONE_SEEN
from sayso.desk.marking import shown
from sayso.records import HARMS, Kind, Qualifier, Scope, Span, Stance, Status

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sayso.records import Claim

Value = Annotated[str, StringConstraints(max_length=2000)] | None
At = Annotated[str, StringConstraints(max_length=400)]

WORDS = ("words", "source", "via", "victims", "perpetrator", "means", "place")
"""Fields that hold words of the report, which can be selected in its text."""

CHOICES: dict[str, tuple[str, ...]] = {
    "harm": HARMS,
    "qualifier": get_args(Qualifier),
    "kind": get_args(Kind),
    "stance": get_args(Stance),
    "status": get_args(Status),
    "scope": get_args(Scope),
}
NUMBERS = ("low", "high", "date_prec", "place_prec", "place_id")
DAYS = ("date_from", "date_to")
FIRST = (
    *("words", "harm", "low", "high", "source", "stance", "via", "victims", "status"),
    *("perpetrator", "means", "place", "country", "date_from", "date_to", "time", "scope"),
)
MORE = ("qualifier", "kind", "phrase", "date_prec", "place_prec", "place_id")
"""Fields that are seldom set by hand."""

_SPAN = re.compile(r"(\d{1,9}),(\d{1,9})")


class Filled(BaseModel):
    """What a person sends: fields as a decision sets them, and where words stand that they selected in the text.

    Attributes:
        expects: The id of the last decision on the claim that the person saw, or ``none``; to correct takes one.
        why: The reason they give.
        was: The fields as they were shown to them, as a JSON object; what differs from it is what they rule.
    """

    expects: Annotated[str, StringConstraints(max_length=100)] = NONE_SEEN
    why: Annotated[str, StringConstraints(max_length=10_000)] = ""
    was: Annotated[str, StringConstraints(max_length=60_000)] = ""
    words: Value = None
    harm: Value = None
    low: Value = None
    high: Value = None
    source: Value = None
    stance: Value = None
    via: Value = None
    victims: Value = None
    status: Value = None
    perpetrator: Value = None
    means: Value = None
    place: Value = None
    country: Value = None
    date_from: Value = None
    date_to: Value = None
    time: Value = None
    scope: Value = None
    qualifier: Value = None
    kind: Value = None
    phrase: Value = None
    date_prec: Value = None
    place_prec: Value = None
    place_id: Value = None
    words_at: At = ""
    source_at: At = ""
    via_at: At = ""
    victims_at: At = ""
    perpetrator_at: At = ""
    means_at: At = ""
    place_at: At = ""

    def changed(self, current: Mapping[str, str], emptied: Container[str]) -> dict[str, str]:
        """Return the fields that the person set to something else than they were shown.

        Args:
            current: The fields as they stand now, for a form that does not say what it showed.
            emptied: The names of fields that were sent with nothing in them.
        """
        was = {**current, **self._was()}
        stated = {name: "" if name in emptied else getattr(self, name) for name in (*FIRST, *MORE)}
        sent = {name: " ".join(value.split()) for name, value in stated.items() if value is not None}
        return {name: value for name, value in sent.items() if value != was.get(name, "")}

    def at(self, text: str) -> dict[str, list[Span]]:
        """Return where selected words stand, without the blanks around them; offsets that cannot be are dropped."""
        found = {name: _spans(getattr(self, f"{name}_at"), text) for name in WORDS}
        return {name: spans for name, spans in found.items() if spans}

    def stated(self, mine: Mapping[str, str], text: str) -> list[str]:
        """Return what the person changed as rulings take it, ``field=value``.

        Args:
            mine: The fields that they changed.
            text: The report's text.
        """
        at = self.at(text)
        return [f"{name}={_in_text(value, at.get(name), text)}" for name, value in mine.items()]

    def added(self, mine: Mapping[str, str], text: str) -> tuple[str, str, list[str]]:
        """Return a claim that was missed as rulings take it: the words that say how many, the harm, and the rest.

        Args:
            mine: The fields that the person filled in.
            text: The report's text.
        """
        begun = blank()
        stated = {name: value for name, value in mine.items() if value and value != begun.get(name)}
        words, harm = stated.pop("words", ""), stated.pop("harm", begun["harm"])
        return _in_text(words, self.at(text).get("words"), text), harm, self.stated(stated, text)

    def selected(self) -> dict[str, str]:
        """Return where words were selected, as it was sent."""
        return {name: getattr(self, f"{name}_at") for name in WORDS}

    def _was(self) -> dict[str, str]:
        try:
            was = json.loads(self.was)
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(value) for name, value in was.items()} if isinstance(was, dict) else {}


async def _emptied(request: Request) -> frozenset[str]:
    """Return the fields of a form that were sent with nothing in them, which FastAPI takes for left out."""
    return frozenset(name for name, value in (await request.form()).multi_items() if value == "")


Emptied = Annotated[frozenset[str], Depends(_emptied)]
"""What a page that takes the form takes beside it."""


class Field(BaseModel):
    """One field of the form.

    Attributes:
        name: Its name, as decisions have it.
        label: What it is called.
        value: What is in it.
        at: Where its words were selected in the text, ``start,end`` in code points, several parted by semicolons.
        choices: What it can be; empty where it is free.
        words: Whether it holds words of the report.
        number: Whether it holds a number.
        day: Whether it holds a day.
        more: Whether it is seldom set by hand.
        mine: Whether the person changed it, where the form comes back to them.
    """

    name: str
    label: str
    value: str
    at: str = ""
    choices: list[str] = []
    words: bool = False
    number: bool = False
    day: bool = False
    more: bool = False
    mine: bool = False


class Form(BaseModel):
    """The form as it is shown.

    Attributes:
        fields: Its fields, in order.
        was: What they were before the person changed any, as a JSON object.
        why: The reason so far.
        fault: Why it was not taken, in words; None where it was not sent yet.
    """

    fields: list[Field]
    was: str
    why: str = ""
    fault: str | None = None


def form(
    current: Mapping[str, str],
    mine: Mapping[str, str] | None = None,
    at: Mapping[str, str] | None = None,
    *,
    why: str = "",
    fault: str | None = None,
) -> Form:
    """Return the form.

    Args:
        current: The fields as they stand now.
        mine: What the person changed so far.
        at: Where words were selected.
        why: The reason so far.
        fault: Why it was not taken.
    """
    mine, at = mine or {}, at or {}
    fields = [
        Field(
            name=name,
            label=LABELS[name],
            value=mine.get(name, current.get(name, "")),
            at=at.get(name, "") if name in mine else "",
            choices=list(CHOICES.get(name, ())),
            words=name in WORDS,
            number=name in NUMBERS,
            day=name in DAYS,
            more=name in MORE,
            mine=name in mine,
        )
        for name in (*FIRST, *MORE)
    ]
    return Form(fields=fields, was=json.dumps({**current}), why=why, fault=fault)


def blank() -> dict[str, str]:
    """Return what a new claim's fields begin with."""
    return {"harm": CHOICES["harm"][0], "stance": "asserts", "status": "unknown", "scope": "incident"}


def fields_of(claim: Claim) -> dict[str, str]:
    """Return a claim's fields as the form shows them."""
    values = {name: getattr(claim, "text" if name == "words" else name) for name in (*FIRST, *MORE)}
    told = {name: " | ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {name: "" if value is None else " ".join(shown(str(value)).split()) for name, value in told.items()}


def _in_text(words: str, spans: Sequence[Span] | None, text: str) -> str:
    """Return selected words as the text has them, where a page had to show some of their signs as others."""
    there = " | ".join(span.of(text) for span in spans or ())
    return there if spans and "".join(shown(there).split()) == "".join(words.split()) else words


def _spans(stated: str, text: str) -> list[Span]:
    found = []
    for one in stated.split(";"):
        match = _SPAN.fullmatch(one)
        if match is None:
            return []
        start, end = int(match[1]), min(int(match[2]), len(text))
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        found.append(Span(start, end))
    return found
