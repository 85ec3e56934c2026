"""The inbox: which reports it lists, what it counts, and how new ones come in."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sayso.adding import Adding
from sayso.desk import intake
from sayso.desk.desk import Desk
from sayso.desk.intake import FullError, Intake
from sayso.desk.roles import Person
from sayso.entries import Decision
from sayso.importing import Importing
from sayso.ledger import Sought
from sayso.pages.files import in_bytes
from tests.desk.conftest import client_of, token
from tests.importing.tables import BARRACKS, table

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.ledger import Ledger

FERRY = "The coast guard said on Monday that 6 people were killed when a ferry sank off Ostrel.\n"


def listed(client: TestClient, **asked: str) -> list[dict[str, object]]:
    answer = client.get("/inbox.json", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["reports"]
    return found


def brought(ledger: Ledger, number: int, **known: str) -> str:
    record = {"id": f"n-{number}", "text": FERRY.replace("6", str(number)), **known}
    (kept,) = Adding(ledger, "sayso tests").add(in_bytes(f"{json.dumps(record)}\n".encode(), "ferry.jsonl"))
    return str(kept.report)  # type: ignore[union-attr] # it gave a report


def test_what_waits_is_counted_as_people_rule(either_ledger: Ledger) -> None:
    """On both databases, and the same again when all that is projected is made anew."""
    desk = Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",))
    client = client_of(desk)
    newest = brought(either_ledger, 6, outlet="Ostrel Herald")
    (first, *_) = listed(client)
    assert (first["report"], first["claims"], first["waiting"], first["outlet"]) == (newest, 1, 1, "Ostrel Herald")
    (claim,) = [one.claim.id for one in either_ledger.claims() if one.report.id == newest]
    made = either_ledger.decide(Decision("accept", (claim,), "Ana Ruiz"))
    assert listed(client)[0]["waiting"] == 0
    assert newest not in {one["report"] for one in listed(client, only="waiting")}
    either_ledger.decide(Decision("withdraw", (made.id,), "Ana Ruiz"))
    assert listed(client)[0]["waiting"] == 1
    before = either_ledger.waiting(Sought())
    for one in before:
        own = [kept for kept in either_ledger.claims() if kept.report.id == one.heading.id]
        doubtful = [kept for kept in own if kept.claim.confidence is not None and kept.claim.confidence < 0.7]
        assert (one.claims, one.waiting, one.doubtful) == (len(own), len(own), len(doubtful))
    either_ledger.rebuild()
    assert either_ledger.waiting(Sought()) == before
    either_ledger.redact(newest, by="Ana Ruiz", why="The family asked for it.")
    assert newest not in {one["report"] for one in listed(client)}


def test_filters_find_what_they_say(either_ledger: Ledger) -> None:
    """Each by itself, signs of patterns taken as signs, and all of them together."""
    desk = Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",))
    client = client_of(desk)
    known = {"outlet": "Ünal_Press 100%", "published": "2023-05-02T08:00:00Z", "language": "en"}
    mine = brought(either_ledger, 7, **known)
    every = len(listed(client))
    for asked in (
        {"words": "ferry coast guard"},
        {"outlet": "ünal_press"},
        {"outlet": "100%"},
        {"since": "2023-05-02", "until": "2023-05-02"},
        {"words": "ferry", "outlet": "press", "language": "EN", "since": "2023-05-01", "only": "waiting"},
    ):
        assert [one["report"] for one in listed(client, **asked)] == [mine], asked
    for asked in ({"outlet": "%"}, {"outlet": "_"}):
        assert [one["report"] for one in listed(client, **asked)] == [mine], asked
    for asked in ({"language": "ru"}, {"since": "2023-05-03", "outlet": "ünal"}, {"words": "ferry unheard"}):
        assert listed(client, **asked) == []
    places = [one["report"] for one in listed(client, place="Dresk")]
    assert 0 < len(places) < every
    assert client.get("/inbox.json", params={"since": "yesterday"}).status_code == 422


def test_imported_records_stand_apart(either_ledger: Ledger, tmp_path: Path) -> None:
    """The inbox lists reports; the records of others are a list of their own, and both are found by words."""
    client = client_of(Desk(either_ledger, Person("Ana Ruiz", "admin"), hosts=("testserver",)))
    before = listed(client)
    assert "imported records" not in client.get("/inbox").text.partition("</form>\n<p")[2]
    file = table(tmp_path / "ged.csv", "ged", [BARRACKS, BARRACKS | {"id": 910178}])
    list(Importing(either_ledger, "sayso tests", "ged", "UCDP GED 24.1").add(file))
    assert listed(client) == before
    assert 'href="/inbox?of=imported"' in client.get("/inbox").text
    apart = listed(client, of="imported")
    assert {one["outlet"] for one in apart} == {"UCDP GED 24.1"}
    assert len(apart) == 2
    assert listed(client, of="all") == [*apart, *before]
    assert listed(client, of="imported", only="waiting", outlet="ged") == apart
    assert not listed(client, words="Dresk conscripts missile", outlet="GED")
    assert listed(client, words="conscripts missile", outlet="GED", of="all") == apart
    either_ledger.rebuild()
    assert listed(client, of="imported") == apart
    assert client.get("/inbox.json", params={"of": "others"}).status_code == 422


def test_pages_of_reports_lead_to_the_last(client: TestClient, ledger: Ledger) -> None:
    """With filters and words kept; nothing is left out or listed twice."""
    own = [brought(ledger, number, outlet="Ostrel Herald") for number in range(1, 66)]
    for words in ("", "coast guard"):
        seen: list[str] = []
        before = None
        while True:
            params = {"outlet": "herald", "words": words} | ({} if before is None else {"before": str(before)})
            page = client.get("/inbox.json", params=params).json()
            seen += [one["report"] for one in page["reports"]]
            before = page["older"]
            if before is None:
                break
            assert f"before={before}" in client.get("/inbox", params=params).text
        assert seen == own[::-1]


def test_names_stay_out_of_headlines_until_asked_for(client: TestClient, desk: Desk, ledger: Ledger) -> None:
    """The inbox is a list, and lists hide the names of people harmed."""
    text = "A hospital in Ostrel said on Monday that Ilan Moss was killed when a wall fell.\n"
    record = {"id": "moss", "title": "Ilan Moss killed by falling wall", "text": text}
    list(Adding(ledger, "sayso tests").add(in_bytes(f"{json.dumps(record)}\n".encode(), "moss.jsonl")))
    assert "Moss" not in str(listed(client)[0]["title"])
    session = desk.sessions.find(client.cookies["sayso_desk"])
    assert session is not None
    session.names = True
    assert listed(client)[0]["title"] == record["title"]


def test_a_report_is_pasted_read_and_listed(window: Page, address: str) -> None:
    """The page tells how far it is by itself, and leads to what was read."""
    window.goto(f"{address}/inbox")
    window.get_by_role("link", name="Add reports").click()
    words = window.get_by_role("region", name="Words")
    words.get_by_label("Headline").fill("Ferry sinks off Ostrel")
    words.get_by_label("Outlet").fill("Ostrel Herald")
    words.get_by_label("Day of publication").fill("2023-05-02")
    words.get_by_label("Text").fill(FERRY)
    words.get_by_role("button").click()
    done = window.locator("#readings li.done")
    expect(done).to_contain_text("1 report, 1 claim", timeout=20_000)
    done.get_by_role("link", name="Report 1").click()
    assert window.locator("h1").inner_text() == "Ferry sinks off Ostrel"
    assert window.locator(".claim h3").all_inner_texts() == ["6 killed"]
    window.goto(f"{address}/inbox")
    first = window.locator(".inbox tbody tr").first
    assert "Ferry sinks off Ostrel" in first.inner_text()
    assert "2 May 2023" in first.inner_text()


def test_files_and_archives_are_read_and_faults_told(client: TestClient, desk: Desk, ledger: Ledger) -> None:
    """Under the person's name; what is here already is not read again."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ferry.txt", FERRY)
        archive.writestr("broken.pdf", b"%PDF-1.7 nothing of it")
    body = packed.getvalue()
    files = [("files", ("new/..\\reports.zip", body)), ("files", ("again.zip", body))]
    assert client.post("/inbox/files", headers=token(client), files=files).status_code == 303
    assert desk.intake.wait(30)
    again, first = client.get("/inbox/readings.json").json()["readings"]
    assert (first["state"], first["read"], first["claims"], first["by"]) == ("done", 1, 1, "Ana Ruiz")
    assert any("broken.pdf" in one for one in first["problems"])
    assert again["known"] == 1
    assert ledger.log(limit=1)[0].author == "Ana Ruiz"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("file:///etc/passwd", 422),
        ("/etc/passwd", 422),
        ("-", 422),
        ("https://ana:secret@review.example/", 422),
        ("http://127.0.0.1:1/report", 303),
        ("http://169.254.169.254/latest", 303),
    ],
)
def test_what_is_not_on_the_open_web_is_not_fetched(client: TestClient, desk: Desk, url: str, status: int) -> None:
    """Neither this machine's files nor its neighbours."""
    answer = client.post("/inbox/address", headers=token(client), data={"url": url})
    assert answer.status_code == status
    if status == 303:
        assert desk.intake.wait(30)
        (told,) = client.get("/inbox/readings.json").json()["readings"]
        assert (told["read"], len(told["problems"])) == (0, 1)


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("/inbox/paste", {"text": "  "}, "no words"),
        ("/inbox/paste", {"text": FERRY, "date": "3/4/2017"}, "one way only"),
        ("/inbox/paste", {}, "text"),
        ("/inbox/files", {}, "file"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(client: TestClient, path: str, sent: dict[str, str], told: str) -> None:
    """With a word on what it is."""
    answer = client.post(path, headers=token(client), data=sent)
    assert answer.status_code == 422
    assert told in answer.json()["what"].lower()


def test_only_so_much_waits_at_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too much is refused rather than held in memory or on the disk."""
    monkeypatch.setattr(intake, "MOST_BYTES", 100)
    taking = Intake()
    taking.file(ledger, "a.txt", FERRY.encode(), "Ana Ruiz")
    with pytest.raises(FullError):
        taking.file(ledger, "b.txt", FERRY.encode(), "Ana Ruiz")
    assert taking.wait(30)
    taking.file(ledger, "b.txt", FERRY.encode(), "Ana Ruiz")
    assert taking.wait(30)


def test_a_reading_that_breaks_off_says_so(ledger: Ledger, tmp_path: Path) -> None:
    """And the next one is read all the same."""
    from sayso.ledger import Ledger as Opened

    with Opened.create(tmp_path / "gone.sayso") as gone:
        pass
    (tmp_path / "gone.sayso").unlink()
    taking = Intake()
    first = taking.file(gone, "a.txt", FERRY.encode(), "Ana Ruiz")
    second = taking.file(ledger, "b.txt", FERRY.encode(), "Ana Ruiz")
    assert taking.wait(30)
    assert (first.state, first.read) == ("failed", 0)
    assert len(first.problems) == 1
    assert (second.state, second.read) == ("done", 1)
