"""One report more is compared with its neighbours alone, and costs a ledger of many what it costs one of few."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from bench.invented_events import tellings
from sayso.entries import Decision
from sayso.gathering import catch_up
from sayso.ledger import Ledger
from sayso.records import Claim, Page, Reading, Report
from tests.gathering.readings import incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sayso.incident.told import Told

FEW, MANY = 50, 250


class Asked:
    """What a ledger's database is asked: statements, and the values in them, which name rows."""

    def __init__(self, ledger: Ledger) -> None:
        self.statements = self.values = 0
        event.listen(ledger._place.engine, "before_cursor_execute", self._note)  # noqa: SLF001 - nobody else is asked

    def _note(self, *told: Any) -> None:  # noqa: ANN401 - what SQLAlchemy says of a statement
        _, _, _, values, _, many = told
        self.statements += 1
        self.values += sum(map(len, values)) if many else len(values)

    def by_one_more(self, ledger: Ledger, told: Told) -> tuple[int, int]:
        """Add a report, and return what catching up asks."""
        ledger.add([ready(told)], "the tests")
        before = self.statements, self.values
        assert catch_up(ledger).reports == 1
        return self.statements - before[0], self.values - before[1]


def ready(told: Told) -> tuple[Page, Reading]:
    """Return a page and a reading of a report that is told of in ready claims."""
    body = told.text.encode()
    page = Page(body, f"{told.report.id}.txt", "text/plain", url=f"https://invented.example/{told.report.id}")
    text = hashlib.sha256(body).hexdigest()
    heading = told.report
    report = Report(
        heading.id, told.text, title=heading.title, url=page.url, outlet=heading.outlet, published=heading.published
    )
    report = replace(report, language="en", page_sha256=page.sha256, text_sha256=text)
    claims = (kept.claim for kept in told.claims)
    named = tuple(replace(one, id=f"c-{hashlib.sha256(one.id.encode()).hexdigest()[:16]}") for one in claims)
    return page, Reading(report, named, program="sayso tests", model="none")


def of_other_years(reports: Iterable[Told]) -> Iterator[Told]:
    """Yield reports as if they had come out thirty years before, and told of what happened then."""
    for told in reports:
        heading = replace(told.report, id=f"old-{told.report.id}", published=_thirty_before(told.report.published))
        claims = tuple(replace(kept, claim=_older(kept.claim)) for kept in told.claims)
        yield replace(told, report=heading, claims=claims)


def _older(claim: Claim) -> Claim:
    return replace(
        claim, id=f"old-{claim.id}", date_from=_thirty_before(claim.date_from), date_to=_thirty_before(claim.date_to)
    )


def _thirty_before(day: str | None) -> str | None:
    return day and f"199{day[3:]}"


def test_one_report_more_asks_no_more_of_many_than_of_few(tmp_path: Path) -> None:
    near = [told for told, _ in tellings(11, FEW)]
    probes, near = near[5::10], [told for at, told in enumerate(near) if at % 10 != 5]
    far = list(of_other_years(told for told, _ in tellings(12, MANY - FEW)))
    asked = {}
    for name, reports in (("few", near), ("many", [*far, *near])):
        with Ledger.create(tmp_path / f"{name}.sayso") as ledger:
            ledger.add([ready(told) for told in reports], "the tests")
            catch_up(ledger)
            watched = Asked(ledger)
            asked[name] = [watched.by_one_more(ledger, told) for told in probes]
    for what in (0, 1):
        few, many = (sum(one[what] for one in asked[name]) for name in ("few", "many"))
        assert few > 0
        assert many <= 1.5 * few, asked


def test_a_merge_asks_for_what_it_is_about_and_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sayso") as ledger:
        ledger.add([ready(told) for told, _ in tellings(13, FEW)], "the tests")
        catch_up(ledger)
        before = incidents(ledger)
        events = [one for name, one in sorted(before.items()) if name.startswith("i-") and one["scope"] == "event"]
        watched = Asked(ledger)
        for a, b in ((0, 1), (2, 3), (4, 5)):
            ledger.decide(Decision("merge", (*events[a]["claims"], *events[b]["claims"]), "Ana"))
            was = watched.statements
            changed = catch_up(ledger)
            assert 1 <= changed.changed <= 4
        assert watched.statements - was < 200
        after = incidents(ledger)
        merged = {claim for one in events[:6] for claim in one["claims"]}
        for name, one in before.items():
            if name.startswith("i-") and not merged & set(one["claims"]):
                assert after[name]["claims"] == one["claims"]
