"""A claim as a card: who says how many, of whom, where and when, and what people ruled on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from sayso.export.wording import figure, harm, place, shown, source, stated, when, whom
from sayso.ledger.inbox import DOUBTFUL

if TYPE_CHECKING:
    from sayso.entries import Decision
    from sayso.events import Kept
    from sayso.export.withheld import Mask
    from sayso.ledger.histories import History

State = Literal["waiting", "accepted", "corrected", "rejected", "added"]

STATE_WORDS: dict[State, str] = {
    "waiting": "waits for a person",
    "accepted": "accepted",
    "corrected": "corrected",
    "rejected": "rejected",
    "added": "added by a person",
}
"""What each state is called on a page."""

LABELS = {
    "words": "How many, in words",
    "text": "How many, in words",
    "harm": "Harm",
    "low": "Lowest number",
    "high": "Highest number",
    "qualifier": "How the words bound it",
    "kind": "Kind of figure",
    "phrase": "Words that qualify it",
    "source": "Who says so",
    "via": "Passed on by",
    "stance": "How it is put",
    "victims": "Whom",
    "status": "Civilian or combatant",
    "perpetrator": "By whom",
    "means": "How it happened",
    "place": "Where",
    "country": "Country",
    "place_id": "Number of the place in GeoNames",
    "place_prec": "Precision of the place",
    "date_from": "First day",
    "date_to": "Last day",
    "date_prec": "Precision of the day",
    "time": "Time of day",
    "scope": "One event or a total",
}
"""What fields of a claim are called on a page."""

NONE_SEEN = "none"
"""What stands for the last decision where there is none; an empty field of a form would be one that was left out."""

_STANCES = {"asserts": "says so", "denies": "denies it", "doubts": "doubts it"}
_SCOPES = {"incident": "one event", "cumulative": "a total over several events"}
OF_PEOPLE = frozenset({"victims", "text"})
"""Fields that may hold names of people harmed."""

_RULED = {
    "accept": "accepted it",
    "correct": "corrected it",
    "reject": "rejected it",
    "add": "added it",
    "withdraw": "took a ruling back",
    "note": "noted",
}


class Ruled(BaseModel):
    """One decision in a claim's history.

    Attributes:
        id: The decision's id.
        what: What was ruled, in words.
        by: Who ruled.
        at: When, ISO 8601 in UTC.
        why: The reason given, or None.
        set: What it sets, a label and a value each; names of people harmed only where they were asked for.
        withdrawn: Whether it was taken back.
        yours: Whether the person who looks made it, and it can be taken back.
    """

    id: str
    what: str
    by: str
    at: str
    why: str | None
    set: list[tuple[str, str]]
    withdrawn: bool
    yours: bool


class Card(BaseModel):
    """One claim for people and programs; words of the report in which names of people harmed are masked unless wanted.

    Attributes:
        id: The claim's id.
        told: How many came to what harm, in words.
        figure: How many, in words.
        harm: What harm, in words.
        low: The lowest number, or None for an open bound.
        high: The highest number, or None.
        qualifier: How the words bound the number.
        words: The words that say how many.
        start: Where they begin in the text, in code points.
        end: Where they end, exclusive.
        source: Who says so.
        via: Who passed it on.
        stance: Whether the source asserts, denies or doubts it.
        whom: The people, without their number.
        status: Civilian, combatant, mixed or unknown.
        perpetrator: By whom, as the report has it.
        means: How.
        place: Where.
        when: When, in words.
        date_from: First possible day.
        date_to: Last possible day.
        time: Time of day as it is told.
        scope: One event, or a total over several.
        confidence: How likely the reader holds it that this is a claim, from 0 to 1; None where a person added it.
        doubtful: Whether that is low.
        state: What was ruled; ``waiting`` where nothing is.
        by: Who ruled last.
        at: When.
        why: The reason they gave.
        last: The id of the last decision that counts, or ``none``: what the next one names as the one that was seen.
        history: All that was decided on it, in order.
        undo: The id of the person's own last decision on it, where it can be taken back.
    """

    id: str
    told: str
    figure: str
    harm: str
    low: int | None
    high: int | None
    qualifier: str
    words: str
    start: int
    end: int
    source: str
    via: list[str]
    stance: str
    whom: str
    status: str
    perpetrator: str | None
    means: str | None
    place: str
    when: str
    date_from: str | None
    date_to: str | None
    time: str | None
    scope: str
    confidence: float | None
    doubtful: bool
    state: State
    by: str | None
    at: str | None
    why: str | None
    last: str
    history: list[Ruled]
    undo: str | None


def card(kept: Kept, history: History | None, *, person: str, names: bool, mask: Mask) -> Card:
    """Return a claim as a card.

    Args:
        kept: The claim as it stands.
        history: What was decided on it.
        person: Who looks.
        names: Whether names of people harmed are shown.
        mask: What masks them; nothing where they are shown.
    """
    kept = mask.masked(kept)
    claim, ruling = kept.claim, kept.ruling
    ruled = [] if history is None else _history(history, person, mask, names=names)
    doubtful = claim.confidence is not None and claim.confidence < DOUBTFUL
    return Card(
        id=claim.id,
        told=f"{stated(claim)} {harm(claim.harm)}",
        figure=figure(claim),
        harm=harm(claim.harm),
        low=claim.low,
        high=claim.high,
        qualifier=claim.qualifier,
        words=shown(claim.text),
        start=claim.start,
        end=claim.end,
        source=source(claim),
        via=[shown(one) for one in claim.via],
        stance=_STANCES[claim.stance],
        whom=whom(claim),
        status=claim.status,
        perpetrator=_shown(claim.perpetrator),
        means=_shown(claim.means),
        place=place(claim),
        when=when(claim.date_from, claim.date_to),
        date_from=_shown(claim.date_from),
        date_to=_shown(claim.date_to),
        time=_shown(claim.time),
        scope=_SCOPES[claim.scope],
        confidence=claim.confidence,
        doubtful=doubtful and ruling is None,
        state="waiting" if ruling is None else ruling.verdict,
        by=None if ruling is None else ruling.by,
        at=None if ruling is None else ruling.at,
        why=None if ruling is None else _shown(ruling.why),
        last=(history and history.last) or NONE_SEEN,
        history=ruled,
        undo=next((one.id for one in reversed(ruled) if one.yours), None),
    )


def _history(history: History, person: str, mask: Mask, *, names: bool) -> list[Ruled]:
    withdrawn = {target for one in history.decisions if one.kind == "withdraw" for target in one.on}
    return [
        Ruled(
            id=one.id,
            what=_RULED.get(one.kind, one.kind),
            by=shown(one.by),
            at=one.at,
            why=_shown(one.why and mask.words(one.why)),
            set=_set(one, mask, names=names),
            withdrawn=one.id in withdrawn,
            yours=one.by == person and one.id not in withdrawn and one.kind not in {"withdraw", "note"},
        )
        for one in history.decisions
    ]


def _set(decision: Decision, mask: Mask, *, names: bool) -> list[tuple[str, str]]:
    """Return what a correction sets; of what is added, the card itself tells."""
    if decision.kind != "correct":
        return []
    found = [(name, LABELS[name], value) for name, value in decision.set.items() if name in LABELS]
    hidden = frozenset() if names else OF_PEOPLE
    return [(label, "[hidden]" if name in hidden else mask.words(_said(value))) for name, label, value in found]


def _said(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(shown(str(one)) for one in value) or "nothing"
    return "nothing" if value is None else shown(str(value))


def _shown(words: str | None) -> str | None:
    return None if words is None else shown(words)
