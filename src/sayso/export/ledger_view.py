"""What a ledger holds, for people: claims in lists, and one claim, report, page or entry with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import excerpt, ledger_log, terminal, wording
from sayso.export.layout import INDENT, Lines
from sayso.export.names import names as names_in
from sayso.export.names import without_names
from sayso.records import Reading, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.text import Text

    from sayso.entries import Decision, Entry
    from sayso.events import Heading, Kept, Ruling
    from sayso.records import Claim, Report

_EXCERPT = 2
_SLACK = 14
_LABEL = 10


def hidden_names(kept: Kept, of_report: Iterable[Kept]) -> Kept:
    """Return a claim without the names of people harmed, those that other claims of its report give included."""
    return without_names(kept, names_in(one.claim for one in of_report))


def claims(found: Iterable[Kept], out: TextIO) -> int:
    """Write claims as a list, a few lines each, and return how many there were."""
    view = _View(out)
    number = 0
    for number, kept in enumerate(found, start=1):
        if number > 1:
            view.line()
        view.listed(kept)
    return number


def claim(report: Report, kept: Kept, facts: Facts, out: TextIO) -> None:
    """Write one claim with its report's heading, its words, what people ruled, and where it is kept."""
    terminal.write([Reading(report, (kept.claim,))], out)
    view = _View(out)
    view.line()
    if kept.ruling is not None:
        view.block(view.words(ruling(kept.ruling)))
        view.line()
    view.facts(facts)


def report(found: Report, held: Sequence[Claim], facts: Facts, out: TextIO) -> None:
    """Write one report with its claims, its text with every figure marked, and where it is kept."""
    terminal.write([Reading(found, tuple(held))], out, with_text=True)
    view = _View(out)
    view.line()
    view.facts(facts)


class Facts:
    """What is known of a thing beside its words: short facts by name, and what people decided about it."""

    def __init__(
        self, facts: Mapping[str, str | Sequence[str]], decisions: Sequence[tuple[Decision, bool]] = ()
    ) -> None:
        self.facts = facts
        self.decisions = decisions


def other(facts: Facts, out: TextIO) -> None:
    """Write what is known of a thing that has no words to show."""
    _View(out).facts(facts)


def ruling(one: Ruling) -> str:
    """Return what people ruled, in words.

    >>> from sayso.events import Ruling
    >>> ruling(Ruling("accepted", "Ana Ruiz", "2026-11-23T02:31:07.000000Z", "It does say so."))
    'Accepted by Ana Ruiz, 2026-11-23 02:31:07 UTC: It does say so.'
    """
    said = f"{one.verdict.capitalize()} by {wording.shown(one.by)}, {ledger_log.moment(one.at)} UTC"
    return f"{said}: {wording.shown(one.why)}" if one.why else said


def heading(found: Heading) -> str:
    """Return a report's heading on one line."""
    parts = [found.outlet or "outlet not given", wording.published(found.published), found.title or ""]
    return " · ".join(wording.shown(part) for part in parts if part)


def entry_name(entry: Entry) -> str:
    """Return how an entry is told among the facts of a thing."""
    return f"{entry.number} ({entry.kind}, {ledger_log.moment(entry.kept)} UTC, by {wording.shown(entry.author)})"


class _View(Lines):
    """Lays out what a ledger holds."""

    def listed(self, kept: Kept) -> None:
        one = kept.claim
        harm = f"{wording.stated(one)} {wording.harm(one.harm)}"
        parts = [wording.whom(one), wording.source(one), wording.place(one), wording.when(one.date_from, one.date_to)]
        rest = "".join(f" · {part}" for part in parts if part and part != wording.NOT_SAID)
        self.block(self.words((harm, "bold"), rest))
        if kept.sentence:
            room = _EXCERPT * (self.width - INDENT) - _SLACK
            at, whole = Span(one.start - one.sentence.start, one.end - one.sentence.start), Span(0, len(kept.sentence))
            # Where names were left out, the figure stands no longer where it stood.
            exact = whole.holds(at) and at.of(kept.sentence) == one.text
            pieces = (
                excerpt.around_figure(kept.sentence, at, whole, room) if exact else ((kept.sentence[:room], False),)
            )
            self._moved_in(self.marked(pieces))
        ruled = f" · {kept.ruling.verdict}" if kept.ruling else ""
        self._moved_in(self.words((f"{one.id} · {heading(kept.report)}{ruled}", "dim")))

    def facts(self, facts: Facts) -> None:
        for name, value in facts.facts.items():
            for number, line in enumerate([value] if isinstance(value, str) else value):
                begin = f"{'' if number else name:<{_LABEL}}"
                for part, words in enumerate(self.wrapped(self.words(wording.shown(line)), self.width - _LABEL)):
                    self.line(self.words((begin if not part else " " * _LABEL, "dim")).append_text(words))
        for number, (decision, in_force) in enumerate(facts.decisions):
            if not number:
                self.line()
                self.line("Decisions and notes")
            ended = "" if in_force else " (withdrawn)"
            self.block(
                self.words(f"{ledger_log.moment(decision.at)}  {wording.shown(ledger_log.decided(decision))}{ended}")
            )
            self.line(self.words((f"entry {decision.id[:16]}", "dim")), indent=INDENT)

    def _moved_in(self, text: Text) -> None:
        for line in self.wrapped(text, self.width - INDENT):
            self.line(line, indent=INDENT)
