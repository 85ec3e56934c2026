"""The page of incidents: a list, a map and a line of time over one filter; and what goes out as files."""

from __future__ import annotations

import csv
import io
import json
import threading
from typing import TYPE_CHECKING, BinaryIO

import pytest

from sayso import gathering
from sayso.desk import catching_up
from sayso.desk.exports import written
from sayso.export.formats import FORMATS
from sayso.gathering.asking import listed
from sayso.gathering.wanting import wanted
from sayso.ledger.shelf import State
from tests.desk.conftest import client_of
from tests.gathering.made_up import made_up, rows

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.desk.desk import Desk
    from sayso.events import Incident
    from sayso.ledger import Ledger


def test_the_list_is_that_of_the_command_line(client: TestClient, ledger: Ledger) -> None:
    """What was added is put together before the page answers, and the filter is that of ``sayso incidents``."""
    page = client.get("/incidents.json").json()
    assert page["behind"] is None
    assert [one["id"] for one in page["rows"]] == [one.incident.id for one in listed(ledger, wanted())]
    assert page["overview"]["fitting"] == len(page["rows"]) > 5
    narrow = client.get("/incidents.json?contested=yes&place=&least=&since=&box=&sort=toll").json()
    asked = [one.incident.id for one in listed(ledger, wanted(contested=True, sort="toll"))]
    assert [one["id"] for one in narrow["rows"]] == asked
    assert narrow["query"] == "contested=yes"


def test_pages_of_the_list_follow_one_another(
    client: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left out between two pages, and the filter goes along."""
    monkeypatch.setattr("sayso.desk.incidents._AT_ONCE", 3)
    seen: list[str] = []
    address: str | None = "/incidents?sort=reports"
    while address:
        page = client.get(address.replace("/incidents", "/incidents.json")).json()
        seen += [one["id"] for one in page["rows"]]
        address = page["more"]
    assert seen == [one.incident.id for one in listed(ledger, wanted(sort="reports"))]


@pytest.mark.parametrize("query", ["box=1,2,3", "since=soon", "harm=hurt", "least=-1", "sort=worst", "after=i-0000"])
def test_what_cannot_be_asked_is_told(client: TestClient, query: str) -> None:
    """A page says what is wrong with what was asked, and what to give."""
    told = client.get(f"/incidents.json?{query}")
    assert told.status_code in {404, 422}
    assert told.json()["remedy"]


@pytest.fixture
def many(ledger: Ledger) -> list[Incident]:
    """Return incidents that stand on the ledger's shelf, so that what one looks at does not change with the reader."""
    made = list(made_up(60, seed=5, towns=12))
    with ledger.shelf(writing=True) as shelf:
        shelf.put_incidents(rows(iter(made)))
        shelf.set_state(State(shelf.entries(), 1, gathering._maker(), []))  # noqa: SLF001 - they take in everything
    return made


def test_a_filter_is_filled_in_and_followed(window: Page, address: str, many: list[Incident]) -> None:
    """One fills in the form and gets a list whose address can be passed on; a bar of the line of time narrows it."""
    window.goto(f"{address}/incidents")
    over = [one.bounding_box() for one in window.locator(".fields label").all()]
    assert len({round(box["y"]) for box in over[:5] if box}) == 1  # labels of one row stand in line
    window.get_by_label("From day").fill("2018-01-01")
    window.get_by_label("contested only").check()
    window.get_by_role("button", name="Show", exact=True).click()
    assert "since=2018-01-01" in window.url
    assert "contested=yes" in window.url
    listed_there = window.locator("table.incidents tbody tr")
    fitting = [one for one in many if one.contested and (one.date_to or "") >= "2018-01-01"]
    assert listed_there.count() == len(fitting) > 1
    assert all("contested" in one for one in listed_there.all_inner_texts())
    window.locator("#map svg .land").wait_for(state="attached")
    placed = {(one.lat, one.lon) for one in fitting if one.lat is not None}
    assert window.locator("#map svg .mark").count() == window.locator("#places li").count() == len(placed)
    bars = window.locator("#time svg .bar")
    assert bars.count() == window.locator("#bins tbody tr").count() > 1
    bars.first.click()
    window.wait_for_url("**until=**")
    assert 0 < listed_there.count() < len(fitting)


def test_a_box_drawn_on_the_map_fills_the_filter(window: Page, address: str, many: list[Incident]) -> None:
    """What one draws on the map is asked for, and the list holds what lies in it."""
    window.goto(f"{address}/incidents")
    frame = window.locator("#map svg")
    frame.locator(".land").wait_for(state="attached")
    frame.scroll_into_view_if_needed()
    at = frame.bounding_box()
    assert at is not None
    window.mouse.move(at["x"] + at["width"] / 4, at["y"] + 3)
    window.mouse.down()
    window.mouse.move(at["x"] + at["width"] * 3 / 4, at["y"] + at["height"] - 3, steps=4)
    window.mouse.up()
    west, south, east, north = (float(one) for one in window.locator("#box").input_value().split(","))
    window.get_by_role("button", name="Show what is in it").click()
    window.wait_for_url("**box=**")
    placed = [(one.lat, one.lon) for one in many if one.lat is not None and one.lon is not None]
    inside = {(lat, lon) for lat, lon in placed if south <= lat <= north and west <= lon <= east}
    assert 0 < len(inside) < len(set(placed))
    assert window.locator("#places li").count() == len(inside)


def test_what_the_filter_leaves_is_taken_along(window: Page, address: str, tmp_path: Path) -> None:
    """One chooses a format, downloads, and has the incidents of the filter in a file."""
    window.goto(f"{address}/incidents?contested=yes")
    window.get_by_label("As", exact=True).select_option("incidents-csv")
    with window.expect_download() as started:
        window.get_by_role("button", name="Download").click()
    file = tmp_path / "taken.csv"
    started.value.save_as(file)
    assert started.value.suggested_filename.endswith("-incidents-csv.csv")
    taken = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert len(taken) == window.locator("table.incidents tbody tr").count() > 0


def test_much_is_taken_in_beside_the_requests(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where much was added, the page answers at once, says so, and is whole once it is done."""
    monkeypatch.setattr(catching_up, "FEW", 1)
    may = threading.Event()
    catch_up = gathering.catch_up

    def slowly(*args: object) -> object:
        may.wait(20)
        return catch_up(*args)  # type: ignore[arg-type] # handed on as they are

    monkeypatch.setattr(gathering, "catch_up", slowly)
    page = client.get("/incidents.json").json()
    assert page["behind"]["working"]
    assert page["rows"] == []
    refused = client.get("/export?format=csv")
    assert refused.status_code == 503
    may.set()
    while client.get("/incidents/behind.json").json()["behind"]:
        threading.Event().wait(0.05)
    assert client.get("/incidents.json").json()["rows"]
    assert desk.catching_up.look(desk.ledger) is None


def test_every_format_goes_out(client: TestClient) -> None:
    """Each is a download, never a page of the desk; each is whole."""
    for one in FORMATS:
        got = client.get("/export", params={"format": one.name})
        assert got.status_code == 200, one.name
        assert got.headers["content-disposition"].startswith("attachment; filename=")
        assert got.headers["content-disposition"].endswith(f'{one.ending}"')
        assert len(got.content) > 100, one.name
    assert client.get("/export?format=docx").status_code == 422
    assert client.get("/export?format=csv&policy=guess").status_code == 422


def test_a_file_has_what_the_filter_leaves(client: TestClient) -> None:
    """The filter of the page is the filter of the file."""
    listed_there = client.get("/incidents.json?contested=yes").json()["rows"]
    taken = list(csv.DictReader(io.StringIO(client.get("/export?format=incidents-csv&contested=yes").text)))
    assert [one["id"] for one in taken] == [one["id"] for one in listed_there]
    everything = client.get("/export?format=jsonl").text.splitlines()
    assert len(everything) > len(client.get("/incidents.json").json()["rows"])
    assert all(json.loads(one) for one in everything)


def test_names_go_out_where_they_were_asked_for(desk: Desk) -> None:
    """A file holds names of people harmed where the session shows them, and nowhere else."""
    client = client_of(desk, "reader")
    masked = client.get("/export?format=csv").text
    session = next(iter(desk.sessions._sessions.values()))  # noqa: SLF001 - the one session of this desk
    session.names = True
    shown = client.get("/export?format=csv").text
    assert "[name left out]" in masked
    assert "[name left out]" not in shown


def test_an_export_that_fails_is_not_taken_for_whole() -> None:
    """What goes wrong before the first piece is raised at once; what goes wrong later breaks the download off."""

    def at_once(out: BinaryIO) -> None:  # noqa: ARG001 - nothing comes to be written
        raise ValueError("at once")

    def later(out: BinaryIO) -> None:
        out.write(b"x" * 200_000)
        raise ValueError("later")

    with pytest.raises(ValueError, match="at once"):
        written(at_once)
    pieces = written(later)
    assert next(pieces)
    with pytest.raises(ValueError, match="later"):
        b"".join(pieces)


def test_a_download_that_is_broken_off_ends_its_writer() -> None:
    """Where nobody reads on, the writer is told, rather than left to write for ever."""
    ended = threading.Event()

    def forever(out: BinaryIO) -> None:
        try:
            while True:
                out.write(b"x" * 100_000)
        finally:
            ended.set()

    pieces = written(forever)
    assert next(pieces)
    del pieces
    assert ended.wait(10)
