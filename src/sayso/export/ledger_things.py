"""One claim, report, page or entry of a ledger, with all that is known of it: for people, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import ledger_log, terminal, wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines
from sayso.plain import to_plain
from sayso.records import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.entries import Decision, Entry
    from sayso.events import Ruling
    from sayso.ledger import Shown
    from sayso.records import Report

_LABEL = 11
_ENTRIES = 6
"""Entries of one thing that are listed for people; of those between, only how many there are."""


def line(found: Shown, ledger: str) -> str:
    """Return a thing as one line of JSON, without the line end.

    Args:
        found: The thing.
        ledger: The ledger's name.
    """
    values: dict[str, object] = {"ledger": ledger, "thing": found.thing, "id": found.id}
    for name in ("claim", "standing", "heading", "report"):
        one = getattr(found, name)
        values[name] = None if one is None else to_plain(one)
    for name in ("entries", "decisions", "claims"):
        values[name] = [to_plain(one) for one in getattr(found, name)]
    return dumped(values | {"before": found.before, "after": found.after, "reports": found.reports})


def write(found: Shown, report: Report | None, ledger: str, out: TextIO) -> None:
    """Write a thing: its words first, then what people ruled, then where it is kept.

    Args:
        found: The thing.
        report: The report that it is or stands in, with its text, where there is one.
        ledger: The ledger's name.
        out: Where to write.
    """
    view = _View(out)
    standing = found.standing
    if found.thing == "claim" and report is not None and (standing is not None or found.claim is not None):
        claim = standing.claim if standing is not None else found.claim
        terminal.write([Reading(report, (claim,) if claim is not None else ())], out)
        view.line()
    elif found.thing == "report" and report is not None:
        terminal.write([Reading(report, tuple(kept.claim for kept in found.claims))], out, with_text=True)
        view.line()
    if standing is not None and standing.ruling is not None:
        view.block(view.words(_ruling(standing.ruling)))
        view.line()
    view.facts(found, ledger)
    view.decisions(found.decisions)


def _ruling(one: Ruling) -> str:
    said = f"{one.verdict.capitalize()} by {wording.shown(one.by)}, {ledger_log.moment(one.at)} UTC"
    return f"{said}: {wording.shown(one.why)}" if one.why else f"{said}."


class _View(Lines):
    """Lays out what is known of a thing beside its words."""

    def facts(self, found: Shown, ledger: str) -> None:
        self.fact(found.thing, found.id)
        if found.thing == "claim":
            self.fact("stands now", self.standing(found))
            for before in found.before:
                self.fact("before", before)
        if found.heading is not None and found.thing != "report":
            self.fact("report", found.heading.id)
        if found.heading is not None:
            self.fact("page", found.heading.page_sha256)
        for one in found.reports:
            self.fact("report", one)
        for kept in found.claims:
            claim = kept.claim
            self.fact("claim", f"{claim.id} {wording.stated(claim)} {wording.harm(claim.harm)}")
        for entry in found.entries[:_ENTRIES]:
            self.entry(entry)
        if len(found.entries) > _ENTRIES:
            self.fact("entries", f"and {len(found.entries) - _ENTRIES} more")
        self.fact("ledger", ledger)

    def standing(self, found: Shown) -> str:
        if found.standing is None:
            return "no: it was not found again when the report was read last, or it was withdrawn or redacted"
        return "yes" if found.standing.claim.id == found.id else f"as {found.standing.claim.id}, which succeeded it"

    def entry(self, entry: Entry) -> None:
        what = ledger_log.what(entry, names=True)
        author = wording.shown(entry.author)
        self.fact(f"entry {entry.number}", f"{ledger_log.moment(entry.kept)} UTC by {author}: {entry.kind}, {what}")
        self.fact("", f"content sha256 {entry.content_sha256}")

    def fact(self, name: str, value: str) -> None:
        """Write one fact with its name before it; ids and hashes are never broken where they fit a line."""
        width = max(_LABEL, len(name) + 1)
        lines = self.wrapped(self.words(wording.shown(value)), self.width - width)
        for number, text in enumerate(lines):
            self.line(self.words((f"{'' if number else name:<{width}}", "dim")).append_text(text))

    def decisions(self, decisions: Sequence[Decision]) -> None:
        withdrawn = {target for one in decisions if one.kind == "withdraw" for target in one.on}
        for number, decision in enumerate(decisions):
            if not number:
                self.line()
                self.line("Decisions and notes")
            ended = " (withdrawn)" if decision.id in withdrawn else ""
            said = wording.shown(ledger_log.decided(decision))
            self.block(self.words(f"{ledger_log.moment(decision.at)}  {said}{ended}"))
            self.line(self.words((f"entry {decision.id[:16]}", "dim")), indent=INDENT)
