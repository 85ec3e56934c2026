"""What people rule on incidents: merge, keep apart, split, move, and take back; each is an entry of the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urlencode

from fastapi import Form
from pydantic import BaseModel, Field

from sayso.desk import incident as incident_page
from sayso.desk.blind import check_open, closed_incidents
from sayso.desk.incident import MOST_CLAIMS, Claim, Draft, Name, Why
from sayso.desk.masking import mask_incident
from sayso.desk.refusals import Refused, Unsent
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.entries import Decision
from sayso.export import wording
from sayso.gathering import deciding, rulings, stored
from sayso.gathering.asking import claims_in, dossier, find, incident_of_claim
from sayso.ledger import LedgerError
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from sayso.events import Incident
    from sayso.gathering.rulings import Ruled
    from sayso.ledger.shelf import Shelf

pages = Pages()

_MOST_TOLD = 200
"""Claims of which it is looked up where they stand after a ruling."""

_MOST_NAMED = 3
"""Rulings of others that one is told of at once; the page has all of them."""

_NUMBER = re.compile(r"[0-9]{1,15}")
_ADDRESS = re.compile(r"/incident/([^/?#\s]+)")


class Filled(BaseModel):
    """What somebody filled in to rule on an incident.

    Attributes:
        seen: What stood for the incident on the page where they ruled.
        first: The id of its first claim there, by which it is found where it was merged meanwhile.
        other: The other incident: its id, the beginning of it, or its address at the desk.
        claims: The claims that they chose, by their ids.
        decision: The ruling that is to be taken back.
        why: Their reason.
    """

    seen: Annotated[str, Field(max_length=100)]
    first: Annotated[str, Field(max_length=100)] = ""
    other: Annotated[str, Field(max_length=300)] = ""
    claims: Annotated[list[Claim], Field(max_length=MOST_CLAIMS)] = []
    decision: Annotated[str, Field(max_length=100)] = ""
    why: Why = ""


Ruling = Annotated[Filled, Form()]


@pages.act("/incident/{incident}/merge", least="editor")
def merge(visit: Seen, incident: Name, ruling: Ruling) -> str:
    """Rule that two incidents are one event, whatever is read later."""

    def made(shelf: Shelf, one: Incident) -> Decision:
        return rulings.merge(shelf, [one.id, _other(shelf, ruling)], visit.person.name, _why(ruling))

    return _rule(visit, incident, ruling, made, "They are one incident now.")


@pages.act("/incident/{incident}/apart", least="editor")
def apart(visit: Seen, incident: Name, ruling: Ruling) -> str:
    """Rule that two incidents are two events: no to a proposal."""

    def made(shelf: Shelf, one: Incident) -> Decision:
        return rulings.apart(shelf, one.id, _other(shelf, ruling), visit.person.name, _why(ruling))

    return _rule(visit, incident, ruling, made, "They stay two incidents.")


@pages.act("/incident/{incident}/split", least="editor")
def split(visit: Seen, incident: Name, ruling: Ruling) -> str:
    """Rule that some claims of an incident speak of another event than the rest."""

    def made(shelf: Shelf, one: Incident) -> Decision:
        return rulings.split(shelf, one.id, _chosen(shelf, one, ruling), visit.person.name, _why(ruling))

    return _rule(visit, incident, ruling, made, "They are an incident of their own now.")


@pages.act("/incident/{incident}/move", least="editor")
def move(visit: Seen, incident: Name, ruling: Ruling) -> str:
    """Rule that some claims of an incident belong to another one."""

    def made(shelf: Shelf, one: Incident) -> Decision:
        chosen, to = _chosen(shelf, one, ruling), _other(shelf, ruling)
        return rulings.move(shelf, chosen, to, [one.id], visit.person.name, _why(ruling))

    return _rule(visit, incident, ruling, made, "They stand in the other incident now.")


@pages.act("/incident/{incident}/withdraw", least="editor")
def withdraw(visit: Seen, incident: Name, ruling: Ruling) -> str:
    """Take back a ruling on which claims belong together: it holds no more, and stays written down."""

    def made(shelf: Shelf, one: Incident) -> Decision:
        if not any(ruled.decision.id == ruling.decision for ruled in rulings.ruled_on(shelf, one)):
            raise UsageError("This ruling is not on a claim of this incident.")
        return Decision("withdraw", (ruling.decision,), visit.person.name, _why(ruling))

    return _rule(visit, incident, ruling, made, "The ruling was taken back.")


def _rule(visit: Visit, incident: str, ruling: Filled, made: Callable[[Shelf, Incident], Decision], told: str) -> str:
    """Write a ruling down and put together anew what it touches; return where one sees what came of it.

    Where the incident is no longer what the person saw, nothing is written: they are shown what it is now, with what
    they had filled in.

    Args:
        visit: Who rules.
        incident: The incident, as it was named.
        ruling: What they filled in.
        made: Makes the decision of the incident as it is.
        told: What to tell them once it is done.
    """
    catching_up = visit.desk.catching_up
    seen: list[Incident] = []
    closed = closed_incidents(visit)

    def made_of_what_was_seen(shelf: Shelf) -> Decision:
        name = _found(shelf, incident, ruling.first)
        one = stored.incident_in(shelf.incidents([name])[name])
        entry, _, mark = ruling.seen.partition(".")
        meanwhile = rulings.ruled_after(shelf, int(entry)) if _NUMBER.fullmatch(entry) else []
        if mark != rulings.stamp(one, rulings.ruled_on(shelf, one)):
            raise _MeanwhileError(name, _touching(meanwhile, set(one.claims)))
        decision = made(shelf, one)
        if closed:
            elsewhere = (incident_of_claim(shelf, claim) for claim in rulings.named(decision) - set(one.claims))
            check_open(closed, one.id, *elsewhere)
        # The other incident, too, must be the one that was seen.
        others = _touching(meanwhile, rulings.named(decision))
        if others:
            raise _MeanwhileError(name, others)
        seen.append(one)
        return decision

    try:
        written = deciding.decide(visit.ledger, made_of_what_was_seen, lambda: catching_up.look(visit.ledger))
    except UsageError as error:
        raise _unsent(visit, incident, ruling, str(error)) from None
    except _MeanwhileError as error:
        visit.say(mask_incident(visit, dossier(visit.ledger, error.incident).dossier).words(error.told))
        draft = ruling.model_dump(include={"why", "claims", "other"})
        return f"{_address(error.incident)}?{urlencode(draft, doseq=True)}"
    catching_up.now(visit.ledger)
    one = seen[-1]
    with visit.ledger.shelf() as shelf:
        where = incident_of_claim(shelf, one.claims[0]) or one.id
        visit.say(" ".join((told, *_elsewhere(shelf, (*written.on, *one.claims), where))))
    return _address(where)


def _unsent(visit: Visit, incident: str, ruling: Filled, what: str) -> Unsent:
    """Return the incident's page once more, with what was filled in and why it was not taken."""
    with visit.ledger.shelf() as shelf:
        name = _found(shelf, incident, ruling.first)
    draft = Draft(**ruling.model_dump(include=set(Draft.model_fields)))
    page = incident_page.one_incident(visit, name, draft).model_copy(update={"fault": what})
    told = Refused(status=422, what=what, remedy="Go back, change it and send it again.")
    return Unsent(told, "incident.html", page, "#main")


class _MeanwhileError(Exception):
    """Something is no longer as the person saw it.

    Args:
        incident: The incident as it is called now.
        ruled: What others ruled on it, or on the other one; nothing where reports came to it or went.
    """

    def __init__(self, incident: str, ruled: Sequence[Ruled]) -> None:
        super().__init__(incident)
        self.incident = incident
        who = "; ".join(_told(one) for one in ruled[:_MOST_NAMED])
        what = f"{who}, while you looked." if who else "this incident is no longer as you saw it."
        self.told = f"Nothing was written: {what} Look at it as it is now; what you had filled in is still there."


def _told(one: Ruled) -> str:
    """Return in words who ruled what."""
    back = one.withdrawn
    if back is not None:
        return f"{wording.shown(back.by)} took back that {incident_page.told(one)}"
    why = f" (“{wording.shown(one.decision.why)}”)" if one.decision.why else ""
    return f"{wording.shown(one.decision.by)} ruled that {incident_page.told(one)}{why}"


def _touching(ruled: Iterable[Ruled], claims: Container[str]) -> list[Ruled]:
    return [one for one in ruled if any(claim in claims for claim in rulings.named(one.decision))]


def _found(shelf: Shelf, incident: str, first: str) -> str:
    try:
        return find(shelf, incident)
    except LedgerError:
        if not first:
            raise
        return find(shelf, first)


def _other(shelf: Shelf, ruling: Filled) -> str:
    """Return the incident that is meant: by its id, the beginning of it, or its address at the desk."""
    if not ruling.other.strip():
        raise UsageError("Say which other incident is meant: choose one, or give its id.")
    address = _ADDRESS.search(ruling.other)
    return find(shelf, (address[1] if address else ruling.other).strip())


def _chosen(shelf: Shelf, one: Incident, ruling: Filled) -> list[str]:
    if not ruling.claims:
        raise UsageError("No claims are chosen: tick those that are meant, in the list of the words.")
    return claims_in(shelf, [one.id], ruling.claims)


def _why(ruling: Filled) -> str | None:
    return ruling.why.strip() or None


def _elsewhere(shelf: Shelf, claims: Sequence[str], here: str) -> list[str]:
    """Return sentences on the other incidents in which claims now stand that a ruling touched."""
    names = dict.fromkeys(incident_of_claim(shelf, claim) for claim in claims[:_MOST_TOLD])
    there = shelf.incidents([name for name in names if name is not None and name != here])
    return [f"See {wording.shown(content['name']) or name} ({name})." for name, content in there.items()]


def _address(incident: str) -> str:
    return f"/incident/{quote(incident, safe='')}"
