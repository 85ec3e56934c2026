"""What people rule on the claims of a report: accept, correct, reject, add, and take back.

To accept a claim says that the report does say this, never that it is true. Each ruling names the last one that the
person saw; where somebody else ruled meanwhile, they are shown that beside their own input, and nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Form as FromForm
from fastapi import Header, Query
from pydantic import BaseModel

from sayso.desk.cards import NONE_SEEN
from sayso.desk.filling import Emptied, Filled, Form, blank, fields_of, form
from sayso.desk.marking import shown
from sayso.desk.refusals import Refusal, Refused, Unsent
from sayso.desk.report import About, ClaimPage, Id, Read, about, claim_of, read
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.entries import Decision
from sayso.ledger import NOBODY_SAW, LedgerError
from sayso.problems import UsageError
from sayso.ruling import addition, corrections, fault

if TYPE_CHECKING:
    from sayso.entries import DecisionKind

pages = Pages()

Expects = Annotated[str, FromForm(max_length=100, description='The id of the last ruling that was seen, or "none".')]
Why = Annotated[str, FromForm(max_length=10_000)]
ByScript = Annotated[str | None, Header(alias="HX-Request", include_in_schema=False)]

_LONGEST_WORDS = 2000


class AddPage(BaseModel):
    """The form by which a claim is added that was missed.

    Attributes:
        about: The report.
        form: The form.
    """

    about: About
    form: Form


@pages.page("/report/{report}/claim/{claim}/correct", "claim.html", least="coder")
def correcting(visit: Seen, report: Id, claim: Id) -> ClaimPage:
    """Return a claim with the form by which it is corrected."""
    found = read(visit, report)
    page = claim_of(found, claim)
    return page.model_copy(update={"form": form(fields_of(found.shown[claim]))})


@pages.page("/report/{report}/add", "add.html", least="coder")
def adding(
    visit: Seen,
    report: Id,
    start: Annotated[int | None, Query(ge=0, le=10**9, description="Where selected words begin.")] = None,
    end: Annotated[int | None, Query(ge=0, le=10**9, description="Where they end, exclusive.")] = None,
) -> AddPage:
    """Return the form by which a missed claim is added, with the words that were selected."""
    found = read(visit, report)
    text = found.report.text
    mine, at = {}, {}
    if start is not None and end is not None and start < end <= len(text) and end - start <= _LONGEST_WORDS:
        mine = {"words": " ".join(shown(text[start:end]).split())}
        at = {"words": f"{start},{end}"}
    return AddPage(about=about(found), form=form(blank(), mine, at))


@pages.act("/report/{report}/claim/{claim}/accept", least="coder")
def accept(visit: Seen, report: Id, claim: Id, expects: Expects, why: Why = "", script: ByScript = None) -> str:
    """Say that the report does say this; never that it is true."""
    return _judged(visit, report, claim, "accept", (expects, why), script)


@pages.act("/report/{report}/claim/{claim}/reject", least="coder")
def reject(visit: Seen, report: Id, claim: Id, expects: Expects, why: Why = "", script: ByScript = None) -> str:
    """Say that the report does not say this."""
    return _judged(visit, report, claim, "reject", (expects, why), script)


@pages.act("/report/{report}/claim/{claim}/correct", least="coder")
def correct(
    visit: Seen,
    report: Id,
    claim: Id,
    filled: Annotated[Filled, FromForm()],
    emptied: Emptied,
    script: ByScript = None,
) -> str:
    """Say what the report says in place of what was read."""
    found = read(visit, report)
    page = claim_of(found, claim)
    current = fields_of(found.shown[claim])
    mine = filled.changed(current, emptied)

    def again(status: int, what: str, found: Read = found) -> Unsent:
        now = claim_of(found, claim)
        filled_in = form(fields_of(found.shown[claim]), mine, filled.selected(), why=filled.why, fault=what)
        return _unsent(status, what, now.model_copy(update={"form": filled_in}))

    if filled.expects != page.claim.last:
        raise again(409, _meanwhile(page))
    if not mine:
        raise again(422, "Nothing was changed. Where the report does say what stands here, accept it.")
    try:
        text, standing = found.report.text, found.claims[claim]
        sets = corrections(filled.stated(mine, text), standing, found.report, at=filled.at(text))
        decision = Decision("correct", (claim,), visit.person.name, filled.why.strip() or None, sets)
        visit.ledger.decide(decision, expects=_seen(filled.expects), check=fault)
    except UsageError as error:
        raise again(422, str(error)) from None
    except LedgerError as error:
        if error.problem.code != "ruled-meanwhile":
            raise
        newer = read(visit, report)
        raise again(409, _meanwhile(claim_of(newer, claim)), newer) from None
    return _then(visit, page, "Corrected", script)


@pages.act("/report/{report}/add", least="coder")
def add(
    visit: Seen, report: Id, filled: Annotated[Filled, FromForm()], emptied: Emptied, script: ByScript = None
) -> str:
    """Add a claim that was missed."""
    found = read(visit, report)
    mine = filled.changed({}, emptied)

    def again(status: int, what: str) -> Unsent:
        filled_in = form(blank(), mine, filled.selected(), why=filled.why, fault=what)
        page = AddPage(about=about(found), form=filled_in)
        return Unsent(_told(status, what), "add.html", page, "#adding")

    try:
        words, harm, stated = filled.added(mine, found.report.text)
        sets = addition(words, harm, stated, found.report, at=filled.at(found.report.text))
        decision = Decision("add", (found.heading.id,), visit.person.name, filled.why.strip() or None, sets)
        made = visit.ledger.decide(decision, check=fault)
    except UsageError as error:
        raise again(422, str(error)) from None
    except LedgerError as error:
        if error.problem.code != "claim-there":
            raise
        raise again(409, f"{error.problem.what} {error.problem.remedy}") from None
    newer = read(visit, report)
    added = next(
        (one for one, history in newer.histories.items() if any(each.id == made.id for each in history.decisions)), ""
    )
    return _then(visit, claim_of(newer, added), "Added", script)


@pages.act("/report/{report}/undo", least="coder")
def undo(visit: Seen, report: Id, decision: Annotated[str, FromForm(max_length=100)], script: ByScript = None) -> str:
    """Take back one's own ruling on a claim of the report: it stays in the ledger, and no longer counts."""
    found = read(visit, report)
    about_it = [
        (card.id, one) for card in found.cards.values() for one in card.history if one.id == decision and one.yours
    ]
    if not about_it:
        what = "This is no ruling of yours on a claim of this report that is in force."
        raise Refusal(409, what, "Look at the report as it stands now.")
    claim, ruled = about_it[0]
    visit.ledger.decide(Decision("withdraw", (decision,), visit.person.name))
    if script is None:
        visit.say(f"Taken back: {found.cards[claim].told}, {ruled.what.removesuffix(' it')}.")
    return f"/report/{report}?part={found.part_of(claim)}#claim-{claim}"


def _seen(expects: str) -> str:
    return NOBODY_SAW if expects == NONE_SEEN else expects


def _judged(
    visit: Visit, report: str, claim: str, kind: DecisionKind, said: tuple[str, str], script: str | None
) -> str:
    expects, why = said
    page = claim_of(read(visit, report), claim)
    try:
        made = Decision(kind, (claim,), visit.person.name, why.strip() or None)
        visit.ledger.decide(made, expects=_seen(expects))
    except LedgerError as error:
        if error.problem.code != "ruled-meanwhile":
            raise
        now = claim_of(read(visit, report), claim)
        what = _meanwhile(now)
        raise _unsent(409, what, now.model_copy(update={"meanwhile": what, "why": why})) from None
    if script is not None:  # it changes one card
        return f"/report/{report}/claim/{claim}"
    return _then(visit, page, f"{kind.capitalize()}ed", script)


def _then(visit: Visit, page: ClaimPage, said: str, script: str | None) -> str:
    """Return where to go on after a ruling: the report, at the claim."""
    if script is None:
        visit.say(f"{said}: {page.claim.told}.")
    return f"/report/{page.about.id}?part={page.part}#claim-{page.claim.id}"


def _unsent(status: int, what: str, page: ClaimPage) -> Unsent:
    return Unsent(_told(status, what), "claim.html", page, f"article[data-claim='{page.claim.id}']")


def _told(status: int, what: str) -> Refused:
    remedy = "Look at it as it stands now, and decide then." if status == 409 else "Change it and send it again."
    return Refused(status=status, what=what, remedy=remedy)


def _meanwhile(page: ClaimPage) -> str:
    """Return in words what others ruled while a person looked."""
    last = page.claim.history[-1] if page.claim.history else None
    if last is None:
        return "It was ruled on and taken back while you looked. Nothing of yours was written."
    to = "; ".join(f"{label}: {said}" for label, said in last.set)
    why = f" because “{last.why}”" if last.why else ""
    return (
        f"{last.by} {last.what}{f' ({to})' if to else ''}{why} while you looked. Nothing of yours was written; "
        "what you put in stands below."
    )
