"""Make the ledger that later versions must still open: ``python -m tests.ledger.make_release``.

It was run once, by the release whose name the file has, and is not run again for that release.
"""

from __future__ import annotations

from pathlib import Path

from sayso.entries import Decision
from sayso.ledger import Ledger
from tests.ledger.invented import page, reading, ticking

FILE = Path(__file__).with_name("release-0.1.sqlite")
TEXT = "At least 17 villagers were killed at Orlí. 46 miners were wounded. 3 nurses are missing."


def make(file: Path) -> None:
    """Make a ledger with an entry of every kind, and with all that can be projected from entries."""
    read, other = page(TEXT, "https://review.example/orli"), page(f"{TEXT} It is over.", "https://star.example/17")
    with Ledger.create(file, clock=ticking()) as ledger:
        ledger.add([(one, reading(one, "sayso 0.1")) for one in (read, other)], "sayso 0.1")
        claims = [kept.claim.id for kept in ledger.claims()]
        ledger.decide(Decision("accept", (claims[0],), "Ode Tarn", "Seen in print."))
        ledger.decide(Decision("correct", (claims[1],), "Ode Tarn", None, {"status": "civilian"}))
        rejected = ledger.decide(Decision("reject", (claims[3],), "Mara Voss"))
        ledger.decide(Decision("withdraw", (rejected.id,), "Mara Voss", "By mistake."))
        ledger.decide(Decision("merge", (claims[0], claims[3]), "Ode Tarn", "One shell."))
        ledger.decide(Decision("note", (claims[4],), "Ode Tarn", "Ask the hospital."))
        ledger.decide(Decision("correct", (claims[2],), "Ode Tarn", None, {"low": 2}))
        ledger.add([(read, reading(read, "sayso 0.2", whole=False))], "sayso 0.2")
        ledger.redact(claims[5], by="Ode Tarn", why="A court asked for it.")
        with ledger._place.engine.connect() as connection:  # noqa: SLF001 - the log is emptied into the file
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


if __name__ == "__main__":
    make(FILE)
    FILE.with_name(f"{FILE.name}.head").unlink()
