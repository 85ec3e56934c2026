"""Two people rule on the same incidents in the same instant: the second is shown the first's, and nothing is lost.

The first one's ruling is being written down, and holds the ledger, while the second has looked at the incidents as they
were and is about to write. Whoever it is at the desk or at the command line, they have to notice.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.desk.desk import Desk
from sayso.desk.roles import Person
from sayso.gathering import catch_up, rulings
from sayso.gathering.asking import listed
from sayso.gathering.wanting import wanted
from sayso.ledger import Ledger, deciding, writing
from sayso.ledger.shelf import Shelf
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.entries import Decision
    from sayso.events import Incident

_UNDER_WAY = 0.5
"""Seconds in which the second one comes as far as it can while the first holds the ledger."""


@pytest.fixture
def two(either_ledger: Ledger) -> tuple[Incident, Incident]:
    """The two incidents with the most claims."""
    catch_up(either_ledger)
    found = sorted(
        (one.incident for one in listed(either_ledger, wanted())), key=lambda one: (-len(one.claims), one.id)
    )
    return found[0], found[1]


@contextmanager
def ruling(target: str, made: Callable[[Shelf], Decision]) -> Iterator[None]:
    """Have somebody elsewhere write a ruling down that is on the disk only at the end of the block."""
    with Ledger.open(target) as other, writing.batch(other._place, other._clock) as batch:  # noqa: SLF001 - held open
        yield
        deciding.decide(batch, made(Shelf(batch.connection)), None, None)


def at_once(target: str, first: Callable[[Shelf], Decision], second: Callable[[], None]) -> None:
    thread = threading.Thread(target=second)
    with ruling(target, first):
        thread.start()
        thread.join(_UNDER_WAY)
        assert thread.is_alive()
    thread.join()


def test_the_desk_notices_what_was_ruled_elsewhere(
    either_ledger: Ledger, ledger_url: str, two: tuple[Incident, Incident]
) -> None:
    """The one at the desk is told who ruled what, with their own input kept."""
    one, other = two
    client = client_of(Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",)))
    sent = {"seen": client.get(f"/incident/{one.id}.json").json()["seen"], "other": other.id, "why": "One strike."}
    shown: list[str] = []

    def merge() -> None:
        answer = client.post(f"/incident/{one.id}/merge", headers=token(client), data=sent)
        shown.append(client.get(answer.headers["location"]).text)

    def split(shelf: Shelf) -> Decision:
        return rulings.split(shelf, other.id, other.claims[-1:], "Ben Okoro", "An hour later.")

    at_once(ledger_url, split, merge)
    assert "Nothing was written: Ben Okoro ruled that 1 claim speak" in shown[0]
    assert "An hour later." in shown[0]
    assert "One strike." in shown[0]
    assert [made.by for made in either_ledger.decisions()] == ["Ben Okoro"]


def test_the_command_line_rules_on_what_was_left_to_it(
    either_ledger: Ledger, ledger_url: str, two: tuple[Incident, Incident]
) -> None:
    """What is split off must still stand in the incident once the other's ruling is taken in."""
    one, other = two
    moved = other.claims[-1]
    told: list[str] = []

    def split() -> None:
        run = CliRunner().invoke(app, ["split", other.id, moved, "--ledger", ledger_url, "--by", "Ben Okoro"])
        told.append(run.output)

    def move(shelf: Shelf) -> Decision:
        return rulings.move(shelf, [moved], one.id, [other.id], "Ana Ruiz", None)

    at_once(ledger_url, move, split)
    assert "No claim of this id stands there" in told[0]
    assert [made.kind for made in either_ledger.decisions()] == ["move"]
