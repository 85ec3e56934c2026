"""Lists of incidents: filters, sorting and paging, held against going through all of them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.export.countries import country
from sayso.gathering.wanting import past, wanted
from sayso.ledger import Ledger
from sayso.ledger import shelf_incidents as lists
from sayso.problems import UsageError
from tests.gathering.made_up import made_up, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.events import Incident
    from sayso.ledger.shelf_incidents import Wanted

ALL = {one.id: one for one in made_up(700)}


@pytest.fixture
def filled(ledger_url: str) -> Iterator[Ledger]:
    """Return a ledger with incidents that were not put together, only put there."""
    with Ledger.create(ledger_url) as ledger:
        with ledger.shelf(writing=True) as shelf:
            shelf.put_incidents(rows(iter(ALL.values())))
        yield ledger


def _most(one: Incident, harm: str) -> int:
    said = one.figures.get(harm)  # type: ignore[call-overload] # any harm
    return 0 if said is None else said.high or said.low


CASES: dict[str, tuple[Wanted, Callable[[Incident], bool]]] = {
    "all": (wanted(), lambda _: True),
    "place": (wanted(place="harlan quay"), lambda one: "Harlan Quay" in (one.place or "")),
    "country": (wanted(place="Syria"), lambda one: "syria" in country(one.country).name.lower()),
    "since": (wanted(since="2024-01-01"), lambda one: (one.date_to or "") >= "2024-01-01"),
    "until": (wanted(until="2012-06-30"), lambda one: "" < (one.date_from or "") <= "2012-06-30"),
    "between": (
        wanted(since="2020-01-01", until="2020-12-31"),
        lambda one: (one.date_to or "") >= "2020-01-01" and "" < (one.date_from or "") <= "2020-12-31",
    ),
    "harm": (wanted(harm="missing"), lambda one: "missing" in one.figures),
    "least": (wanted(least=40), lambda one: _most(one, "killed") >= 40),
    "least of a harm": (wanted(harm="injured", least=25), lambda one: _most(one, "injured") >= 25),
    "party": (
        wanted(party="northern front"),
        lambda one: one.perpetrators[:1] != () and "North" in one.perpetrators[0][0],
    ),
    "contested": (wanted(contested=True), lambda one: one.contested),
    "small box": (
        wanted(box="-30,-80,10,-60"),
        lambda one: one.lat is not None and one.lon is not None and -80 <= one.lat <= -60 and -30 <= one.lon <= 10,
    ),
    "large box": (
        wanted(box="-180,-90,0,90"),
        lambda one: one.lon is not None and one.lon <= 0,
    ),
    "box over the date line": (
        wanted(box="150,-90,-150,90"),
        lambda one: one.lon is not None and (one.lon >= 150 or one.lon <= -150),
    ),
    "several": (
        wanted(place="dresk", contested=True, since="2015-01-01", least=2),
        lambda one: (
            "Dresk" in (one.place or "")
            and one.contested
            and (one.date_to or "") >= "2015-01-01"
            and _most(one, "killed") >= 2
        ),
    ),
    "none": (wanted(place="nowhere"), lambda _: False),
}


@pytest.mark.parametrize("few", [0, 400])
def test_filters_leave_what_fits_in_the_order_asked_for(
    filled: Ledger, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both ways of looking: through all in their order, and through the few that one filter leaves.
    monkeypatch.setattr(lists, "_FEW", few)
    for name, (asked, fits) in CASES.items():
        expected = sorted((one.date_from or "", one.id) for one in ALL.values() if fits(one))[::-1]
        with filled.shelf() as shelf:
            found = [identity for identity, _ in shelf.listed(asked, 1000).contents]
        assert found == [identity for _, identity in expected], name


def test_the_highest_tolls_and_the_most_told_come_first(filled: Ledger) -> None:
    with filled.shelf() as shelf:
        toll = [identity for identity, _ in shelf.listed(wanted(sort="toll", harm="injured"), 1000).contents]
        told = [identity for identity, _ in shelf.listed(wanted(sort="reports"), 1000).contents]
    injured = [(_most(one, "injured"), one.id) for one in ALL.values() if "injured" in one.figures]
    assert toll == [identity for _, identity in sorted(injured, reverse=True)]
    assert told == [identity for _, identity in sorted(((len(o.reports), o.id) for o in ALL.values()), reverse=True)]


@pytest.mark.parametrize("sort", ["newest", "toll", "reports"])
def test_pages_follow_each_other_without_gap_or_overlap(filled: Ledger, sort: lists.Sort) -> None:
    asked = wanted(sort=sort)
    with filled.shelf() as shelf:
        whole = [identity for identity, _ in shelf.listed(asked, 1000).contents]
        paged: list[str] = []
        while True:
            page = shelf.listed(asked, 64)
            paged += [identity for identity, _ in page.contents]
            if page.last is None:
                break
            asked = past(asked, page.last)
    assert paged == whole


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"box": "1,2,3"}, "is no box"),
        ({"box": "1,50,3,40"}, "no box on the earth"),
        ({"box": "nan,1,2,3"}, "no box on the earth"),
        ({"since": "yesterday"}, "is no day"),
        ({"harm": "sad"}, "is no harm"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(asked: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        wanted(**asked)  # type: ignore[arg-type] # as the case has it
