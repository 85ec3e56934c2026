"""What people rule becomes entries, once it is known to make sense."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sayso.ledger import tables
from sayso.ledger.ask import claim_at, text_at
from sayso.ledger.contents import added_name, decision_content
from sayso.ledger.corrections import corrected
from sayso.ledger.errors import refusal
from sayso.plain import NotPlainError, checked, from_plain
from sayso.problems import UsageError
from sayso.records import Claim, Report

if TYPE_CHECKING:
    from sqlalchemy import Row

    from sayso.entries import Decision, EntryKind
    from sayso.ledger.threads import Thread
    from sayso.ledger.writing import Batch

Check = Callable[[Claim, Report], str | None]
"""Says why a claim is not true to its report, or None where it is."""

SETTABLE = tuple(
    field.name
    for field in fields(Claim)
    if field.name not in {"id", "attribution", "confidence", "place_match", "trace", "date_reason"}
)
"""The fields of a claim that a person may set."""

NOBODY_SAW = ""
"""For `expects`: the person saw no decision on the claim."""

_SHOWN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONGEST_NAME = 200
_LONGEST_WHY = 10_000
_MOST_TARGETS = 1000


def decide(batch: Batch, decision: Decision, expects: str | None, check: Check | None) -> Decision:
    """Write a decision down, and return it with its id and time.

    Args:
        batch: Where to write.
        decision: The decision.
        expects: The id of the last decision on the claim that the person saw, `NOBODY_SAW` where there was none; None
            does without the comparison.
        check: Says why a corrected or added claim would not be true to its report.

    Raises:
        LedgerError: What it is about is not here, or somebody else ruled on it in the meantime.
        UsageError: The decision makes no sense.
    """
    _check_words(decision)
    if decision.kind in {"accept", "correct", "reject"}:
        decision = _on_claim(batch, decision, expects, check)
    elif decision.kind == "add":
        decision = _adding(batch, decision, check)
    elif decision.kind == "withdraw":
        _check_withdrawal(batch, decision)
    elif decision.kind != "note":
        _check_claims(batch, decision)
    kind: EntryKind = "note" if decision.kind == "note" else "decision"
    entry = batch.add(kind, decision.by, decision_content(decision))
    return replace(decision, id=entry.id, at=entry.time)


def check_loaded(batch: Batch, decision: Decision) -> None:
    """Hold a decision of another ledger against what is here.

    Raises:
        UsageError: It makes no sense here.
    """
    _check_words(decision)
    target = decision.on[0]
    if decision.kind == "withdraw":
        # It may be withdrawn here already: two people who did so did not contradict each other.
        if _decision_row(batch, target) is None:
            raise UsageError("The decision that it withdraws is not there.")
    elif decision.kind == "add":
        thread = batch.projector.thread(target)
        if thread.version is None:
            raise UsageError("The report that it adds a claim to is not there.")
        _check_fields({name: value for name, value in decision.set.items() if name != "id"})
        _check_true(_claim_from(decision.set), thread.version.text, None)
    elif decision.kind in {"accept", "correct", "reject"}:
        report = batch.projector.report_of_claim(target)
        at = batch.projector.thread(report).named(target) if report else None
        if report is None or at is None:
            raise UsageError("The claim that it is about is not there.")
        _check_fields(decision.set)
        batch.flush()
        _check_true(corrected(claim_at(batch.connection, at.number, report), decision.set), at.version.text, None)


def check_author(name: str) -> None:
    """Refuse a name that nobody could be held to.

    Raises:
        UsageError: It is empty, too long, or holds signs that cannot be shown.
    """
    if not name.strip() or len(name) > _LONGEST_NAME or not _SHOWN.fullmatch(name):
        raise UsageError(f"Say who it is by, in 1 to {_LONGEST_NAME} characters that can be shown.")


def check_why(why: str | None) -> None:
    """Refuse a reason that cannot be kept.

    Raises:
        UsageError: It is too long.
    """
    if why is not None and len(why) > _LONGEST_WHY:
        raise UsageError(f"Give the reason in at most {_LONGEST_WHY:,} characters.")


def _check_words(decision: Decision) -> None:
    check_author(decision.by)
    check_why(decision.why)
    if not 1 <= len(decision.on) <= _MOST_TARGETS or not all(decision.on):
        raise UsageError(f"A decision is about 1 to {_MOST_TARGETS} things; name their ids.")
    if len(decision.on) > 1 and decision.kind in {"accept", "correct", "reject", "add", "withdraw"}:
        raise UsageError(f"Decide on one thing at a time to {decision.kind} it.")
    if len(decision.on) == 1 and decision.kind == "merge":
        raise UsageError("Name the claims that belong together, two at least.")
    if bool(decision.set) != (decision.kind in {"correct", "add"}) and decision.kind not in {"merge", "split", "move"}:
        raise UsageError("Fields are set to correct a claim or to add one, and for nothing else.")


def _on_claim(batch: Batch, decision: Decision, expects: str | None, check: Check | None) -> Decision:
    thread, claim = _standing(batch, decision.on[0])
    ruling = thread.ruling(claim)
    if expects is not None and expects != ruling.get("last", NOBODY_SAW):
        what = f"{ruling['by'] if ruling else 'Somebody'} ruled on it in the meantime."
        raise refusal("ruled-meanwhile", claim, what, "Look at it again, and decide then.")
    if decision.kind != "correct":
        return decision
    at = thread.standing(claim)
    assert at is not None  # noqa: S101 - `_standing` found it
    _check_fields(decision.set)
    before = corrected(claim_at(batch.connection, at.number, thread.report), *ruling.get("sets", ()))
    after = corrected(before, decision.set)
    _check_true(after, at.version.text, check and check(after, text_at(batch.connection, at.version.number)))
    return decision


def _standing(batch: Batch, claim: str) -> tuple[Thread, str]:
    report = batch.projector.report_of_claim(claim)
    thread = batch.projector.thread(report) if report else None
    name = thread.resolve(claim) if thread else None
    if thread is None or name is None:
        what = (
            "There is no such claim." if thread is None else "No claim stands there any more since it was read again."
        )
        raise refusal("no-such-claim", claim[:100], what, 'Look for it with "sayso search" or "sayso log".')
    return thread, name


def _adding(batch: Batch, decision: Decision, check: Check | None) -> Decision:
    thread = batch.projector.thread(decision.on[0])
    if thread.version is None:
        raise refusal("no-such-report", decision.on[0][:100], "There is no such report.", "Name the id of a report.")
    _check_fields(decision.set)
    values, text = decision.set, thread.version.text_sha256
    own = added_name(values.get("harm"), values.get("start"), values.get("end"), text)
    claim = _claim_from({**decision.set, "id": own})
    there = thread.overlapping(claim.harm, claim.span)
    if there is not None:
        raise refusal("claim-there", there, "This claim is there already.", "Accept it or correct it.")
    report = text_at(batch.connection, thread.version.number)
    _check_true(claim, report.text, check and check(claim, report))
    return replace(decision, set={**decision.set, "id": own})


def _claim_from(values: dict[str, object]) -> Claim:
    try:
        return from_plain(Claim, values)
    except NotPlainError as error:
        raise UsageError(f"The claim cannot be added: {error}.") from None


def _check_fields(values: dict[str, Any]) -> None:
    unknown = sorted(set(values) - set(SETTABLE))
    if unknown:
        raise UsageError(f"{unknown[0][:40]!r} is no field that can be set; these are: {', '.join(SETTABLE)}.")
    for name, value in values.items():
        try:
            checked(Claim, name, value)
        except NotPlainError as error:
            raise UsageError(f"The correction cannot be taken: {error}.") from None


def _check_true(claim: Claim, text: str, reason: str | None) -> None:
    """Refuse a claim that its report does not bear out; `reason` is one that is known already."""
    if not 0 <= claim.start < claim.end <= len(text) or claim.span.of(text) != claim.text:
        reason = "its words do not stand where it says"
    elif not 0 <= claim.sentence.start <= claim.sentence.end <= len(text):
        reason = "its sentence does not stand where it says"
    if reason is not None:
        raise UsageError(f"The claim would not be true to its report: {reason}.")


def _check_withdrawal(batch: Batch, decision: Decision) -> None:
    found = _decision_row(batch, decision.on[0])
    if found is None:
        what, remedy = "There is no such decision.", 'Find its id with "sayso log" or "sayso show".'
        raise refusal("no-such-decision", decision.on[0][:100], what, remedy)
    if found.kind == "withdraw" or found.until is not None:
        what = "It is a withdrawal itself." if found.kind == "withdraw" else "It is withdrawn already."
        raise refusal("not-in-force", decision.on[0], what, "Decide anew.")


def _decision_row(batch: Batch, identity: str) -> Row[Any, Any] | None:
    batch.flush()
    table = tables.decisions
    return batch.connection.execute(select(table.c.kind, table.c.until).where(table.c.id == identity)).first()


def _check_claims(batch: Batch, decision: Decision) -> None:
    for claim in decision.on:
        if batch.projector.report_of_claim(claim) is None:
            remedy = 'Look for it with "sayso search" or "sayso log".'
            raise refusal("no-such-claim", claim[:100], "There is no such claim.", remedy)
