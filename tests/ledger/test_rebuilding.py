"""Whatever was added, ruled, withdrawn, redacted and loaded: the tables are those that the entries come to."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.entries import Decision
from sayso.ledger import Ledger, LedgerError
from sayso.problems import UsageError
from tests.ledger.invented import page, reading, tables_of, ticking

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = (
    "At least 17 villagers were killed at Dresk. 46 miners were wounded, the army said.",
    "3 nurses were killed at Orlí. 3 nurses were killed at Dresk. 12 drivers are missing.",
    "No figure stands in this one from Orlí.",
)
SHORTER = (
    "46 miners were wounded, the army said.",
    "3 nurses were killed at Dresk. 12 drivers are missing.",
    "Nothing.",
)

reads = st.tuples(
    st.just("read"),
    st.integers(0, 2),
    st.sampled_from((None, "https://a.example/1", "https://b.example/1")),
    st.sampled_from(("sayso 0.1", "sayso 0.2")),
    st.booleans(),
    st.booleans(),
)
rules = st.tuples(
    st.just("rule"),
    st.sampled_from(("accept", "reject", "correct", "widen", "respan", "merge", "note")),
    st.integers(0, 30),
)
steps = st.one_of(
    reads,
    reads,
    rules,
    rules,
    st.tuples(st.just("add"), st.integers(0, 5), st.integers(0, 20)),
    st.tuples(st.just("withdraw"), st.integers(0, 30)),
    st.tuples(st.just("redact"), st.integers(0, 200)),
    st.tuples(st.just("load")),
)


class Walked:
    """A ledger and another one beside it that walk through steps."""

    def __init__(self, ledger: Ledger, other: Ledger) -> None:
        self.ledger = ledger
        self.other = other

    def take(self, step: tuple[object, ...], ledger: Ledger) -> None:
        """Take a step; one that makes no sense as things stand is refused, and that is all."""
        name, *values = step
        with suppress(LedgerError, UsageError):
            getattr(self, f"_{name}")(ledger, *values)

    def _read(self, ledger: Ledger, which: int, url: str | None, program: str, whole: bool, short: bool) -> None:  # noqa: FBT001 - drawn
        read = page(TEXTS[which], url)
        ledger.add([(read, reading(read, program, whole=whole, text=SHORTER[which] if short else None))], "Mara Voss")

    def _rule(self, ledger: Ledger, kind: str, number: int) -> None:
        claims = [entry for entry in ledger.log(limit=1000) if entry.kind == "claim" and entry.content]
        held = list(ledger.claims())
        ids = [kept.claim.id for kept in held]
        for entry in claims:
            shown = ledger.show(entry.id)
            ids += [decision.on[0] for decision in shown.decisions]
        if not ids:
            return
        claim = ids[number % len(ids)]
        if kind == "merge":
            ledger.decide(Decision("merge", (claim, ids[0]), "Ode Tarn"))
        elif kind == "note":
            ledger.decide(Decision("note", (claim,), "Ode Tarn", "Ask the mayor."))
        elif kind == "correct":
            ledger.decide(Decision("correct", (claim,), "Ode Tarn", None, {"status": "civilian", "place": "Dresk"}))
        elif kind == "widen":
            ledger.decide(Decision("correct", (claim,), "Ode Tarn", None, {"high": 99}))
        elif kind == "respan":
            ledger.decide(Decision("correct", (claim,), "Ode Tarn", None, {"start": 9, "end": 11, "text": "17"}))
        else:
            ledger.decide(Decision(kind, (claim,), "Ilan Moss", "Seen."))  # type: ignore[arg-type] # drawn from the kinds

    def _add(self, ledger: Ledger, which: int, start: int) -> None:
        reports = list(ledger.reports())
        if not reports:
            return
        report = ledger.show(reports[which % len(reports)].id).report
        assert report is not None
        words = report.text[start : start + 5]
        values = {"start": start, "end": start + len(words), "text": words, "harm": "missing", "kind": "count"}
        values |= {"low": 1, "high": 1, "qualifier": "exact", "phrase": None}
        ledger.decide(Decision("add", (reports[which % len(reports)].id,), "Ode Tarn", None, dict(values)))

    def _withdraw(self, ledger: Ledger, number: int) -> None:
        decisions = list(ledger.decisions())
        if decisions:
            ledger.decide(Decision("withdraw", (decisions[number % len(decisions)].id,), "Ode Tarn"))

    def _redact(self, ledger: Ledger, number: int) -> None:
        entries = ledger.log(limit=1000)
        if entries:
            ledger.redact(entries[number % len(entries)].id, by="Ode Tarn", why="The law asks for it.")

    def _load(self, ledger: Ledger) -> None:
        if ledger is self.ledger:
            ledger.load(list(self.other.dump()))


def check(ledger: Ledger) -> None:
    """Hold what a ledger says against what its entries come to."""
    before = tables_of(ledger)
    moments = [None, *(entry.kept for entry in ledger.log(limit=1000))]
    held = {moment: list(ledger.claims(as_of=moment)) for moment in moments}
    ledger.rebuild()
    after = tables_of(ledger)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert {moment: list(ledger.claims(as_of=moment)) for moment in moments} == held
    for kept in held.values():
        ids = [one.claim.id for one in kept]
        assert len(set(ids)) == len(ids)
    assert not ledger.verify().problems
    heirs = {one.claim.id for one in held[None]}
    listed = {one.decision.id for one in ledger.unfitting()}
    assert listed <= {decision.id for decision in ledger.decisions()}
    for decision in ledger.decisions(kinds=("accept", "reject")):
        standing = ledger.show(decision.on[0]).standing
        # Never dropped: a ruling is in force on a claim that holds, or it is listed.
        assert decision.id in listed or (standing is not None and standing.claim.id in heirs and standing.ruling)


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Ledger.create(Path(folder) / "empty").close()
        yield Path(folder) / "empty"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=st.lists(steps, max_size=14), others=st.lists(steps, max_size=5))
def test_any_walk_comes_to_the_same_tables(
    empty: Path, mine: list[tuple[object, ...]], others: list[tuple[object, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("mine", "other"):
            shutil.copy(empty, Path(folder) / name)
        with (
            Ledger.open(Path(folder) / "mine", clock=ticking()) as ledger,
            Ledger.open(Path(folder) / "other", clock=ticking("2026-03-01T12:00:03.5+00:00")) as other,
        ):
            walked = Walked(ledger, other)
            for step in others:
                walked.take(step, other)
            for step in mine:
                walked.take(step, ledger)
            check(ledger)
            walked.take(("load",), ledger)
            check(ledger)
