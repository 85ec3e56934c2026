"""Work given out to several coders: what each makes of it stands alone until all are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.desk.beside import Beside
from sayso.desk.codings import MOST_REPORTS, Code, Codings
from sayso.ledger import Ledger
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPORTS = ["r-one", "r-two"]
CODERS = ["Ben Okoye", "Cleo Marsh"]


@pytest.fixture
def codings(ledger_url: str) -> Iterator[Codings]:
    """No work yet, on either database."""
    Ledger.create(ledger_url).close()
    beside = Beside(ledger_url)
    yield Codings(beside)
    beside.close()


def test_each_coder_has_a_sheet_of_their_own(codings: Codings) -> None:
    number = codings.give_out("May", REPORTS, CODERS, "Ana Ruiz", blank=False)
    codings.code(number, "r-one", "Ben Okoye", Code("c-1", "accept", {}))
    codings.code(number, "r-one", "Ben Okoye", Code("c-1", "correct", {"low": 4}))
    codings.code(number, "r-one", "Cleo Marsh", Code("c-1", "reject", {}))
    assert codings.codes(number, "r-one", "Ben Okoye") == [Code("c-1", "correct", {"low": 4})]
    assert codings.codes(number, "r-one", "Cleo Marsh") == [Code("c-1", "reject", {})]
    assert codings.codes(number, "r-two", "Ben Okoye") == []
    codings.take_back(number, "r-one", "Cleo Marsh", "c-1")
    assert codings.codes(number, "r-one", "Cleo Marsh") == []


def test_what_is_done_stays_as_it_is_and_is_judged_once(codings: Codings) -> None:
    number = codings.give_out("May", REPORTS, CODERS, "Ana Ruiz", blank=True)
    codings.finish(number, "r-one", "Ben Okoye")
    changes: list[Callable[[], None]] = [
        lambda: codings.code(number, "r-one", "Ben Okoye", Code("c-1", "accept", {})),
        lambda: codings.take_back(number, "r-one", "Ben Okoye", "c-1"),
        lambda: codings.finish(number, "r-one", "Ben Okoye"),
    ]
    for change in changes:
        with pytest.raises(UsageError, match="done with this report"):
            change()
    with pytest.raises(UsageError, match="Not all coders"):
        codings.judge(number, "r-one", "Ana Ruiz")
    codings.finish(number, "r-one", "Cleo Marsh")
    codings.judge(number, "r-one", "Ana Ruiz")
    with pytest.raises(UsageError, match="already"):
        codings.judge(number, "r-one", "Ana Ruiz")
    found = codings.find(number)
    assert found is not None
    assert found.judged == {"r-one"}
    assert found.done == {"Ben Okoye": {"r-one"}, "Cleo Marsh": {"r-one"}}
    assert [one.number for one in codings.all()] == [number]


def test_what_makes_no_work_is_told(codings: Codings) -> None:
    for reports, coders in (
        ([], CODERS),
        ([f"r-{place}" for place in range(MOST_REPORTS + 1)], CODERS),
        (REPORTS, ["Ben Okoye"]),
        (REPORTS, ["Ben Okoye", "Ben Okoye"]),
        (REPORTS, [f"coder {place}" for place in range(9)]),
    ):
        with pytest.raises(UsageError):
            codings.give_out("May", reports, coders, "Ana Ruiz", blank=False)
    number = codings.give_out("May", REPORTS, CODERS, "Ana Ruiz", blank=False)
    for report, coder in (("r-one", "Ana Ruiz"), ("r-other", "Ben Okoye")):
        with pytest.raises(UsageError, match="not given out"):
            codings.code(number, report, coder, Code("c-1", "accept", {}))
    with pytest.raises(UsageError, match="not given out"):
        codings.finish(number + 1, "r-one", "Ben Okoye")
    assert codings.find(number + 1) is None
