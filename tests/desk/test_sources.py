"""The pages of sources: what each said, and what is known of it, which an editor can change in the user's own list."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from sayso.gathering import actors, catch_up
from sayso.gathering.asking import dossier, listed
from sayso.gathering.speakers import source_of
from sayso.gathering.wanting import wanted
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from sayso.desk.desk import Desk
    from sayso.ledger import Ledger

_OWN = '# Ours.\n[[actor]]\nname = "Border Conflict Register"\nkind = "monitor"\n'


@pytest.fixture
def own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of actors of the user's own, which the settings of the folder name."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "sayso.toml").write_text('[actors]\nfiles = ["our-actors.toml"]\n', encoding="utf-8")
    (folder / "our-actors.toml").write_text(_OWN, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder / "our-actors.toml"


def _get(client: TestClient, address: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_sources_are_those_of_the_claims(either_ledger: Ledger) -> None:
    """Every claim in an incident or a total over a period counts for its source, once for each that it stands in."""
    catch_up(either_ledger)
    claims: Counter[int] = Counter()
    incidents: Counter[int] = Counter()
    for totals in (False, True):
        for one in listed(either_ledger, wanted(totals=totals)):
            said = [source_of(kept) for kept in dossier(either_ledger, one.incident.id).dossier.claims]
            claims.update(said)
            incidents.update(set(said))
    with either_ledger.shelf() as shelf:
        heard = {one.source: one for one in shelf.sources(1000)}
        assert {one.source: one.claims for one in heard.values()} == claims
        assert {one.source: one.incidents for one in heard.values()} == incidents
        assert all(shelf.source(number) == one for number, one in heard.items())
        assert any(one.contradicted for one in heard.values())
        assert all(one.contradicted <= one.claims and one.revised <= one.claims for one in heard.values())


def test_a_source_leads_to_all_that_it_said(client: TestClient) -> None:
    """The list leads to each source, whose page has as many claims as the list says."""
    rows = _get(client, "/sources.json")["rows"]
    assert [one["claims"] for one in rows] == sorted((one["claims"] for one in rows), reverse=True)
    for row in rows:
        page = _get(client, row["href"] + ".json")
        assert page["row"] == row
        said = [claim for one in page["incidents"] for claim in one["said"]]
        assert len(said) == row["claims"]
        assert sum(bool(claim["against"]) for claim in said) == row["contradicted"]
        assert page["about"]["reason"]


def test_pages_of_incidents_follow_one_another(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left out between two pages of what a source said."""
    row = max(_get(client, "/sources.json")["rows"], key=lambda one: one["incidents"])
    assert row["incidents"] > 1
    whole = [one["id"] for one in _get(client, row["href"] + ".json")["incidents"]]
    monkeypatch.setattr("sayso.desk.sources._INCIDENTS", 1)
    seen: list[str] = []
    address: str | None = row["href"]
    while address:
        path, _, query = address.partition("?")
        page = _get(client, f"{path}.json?{query}")
        seen += [one["id"] for one in page["incidents"]]
        address = page["more"]
    assert seen == whole


def test_a_source_is_found_by_a_name(client: TestClient) -> None:
    """By its name, with or without an article; and what is nobody's name is told."""
    row = next(one for one in _get(client, "/sources.json")["rows"] if one["name"].startswith("the "))
    found = _get(client, f"/sources.json?name={row['name'].removeprefix('the ').upper()}")["rows"]
    assert [one["href"] for one in found] == [row["href"]]
    assert _get(client, "/sources.json?name=Nobody+at+all")["rows"] == []
    assert "No source of a claim is called so" in client.get("/sources?name=Nobody+at+all").text
    assert client.get("/source/Nobody/at/all.json").status_code == 404


def _body(client: TestClient) -> Any:  # noqa: ANN401 - JSON
    return next(one for one in _get(client, "/sources.json")["rows"] if one["body"])


def test_a_change_goes_into_the_users_own_list(client: TestClient, own_list: Path) -> None:
    """What was in the file stays, the entry comes to its end with who said so, and it holds at once."""
    row = _body(client)
    about = _get(client, row["href"] + ".json")["about"]
    assert about["file"].endswith("our-actors.toml")
    sent = {
        "seen": about["seen"],
        "kind": "monitor",
        "side": "Nobody's",
        "country": "gb",
        "why": "Its charter\nsays so.",
    }
    answer = client.post(row["href"] + "/change", headers=token(client), data=sent)
    assert answer.status_code == 303, answer.text
    text = own_list.read_text(encoding="utf-8")
    assert text.startswith(_OWN)
    assert "# Said at the desk by Ana Ruiz" in text
    assert "Its charter says so." in text
    made = tomllib.loads(text)["actor"][-1]
    assert (made["id"], made["kind"], made["side"], made["country"]) == (about["id"], "monitor", "Nobody's", "GB")
    page = _get(client, answer.headers["location"] + ".json")
    assert (page["row"]["kind"], page["row"]["side"]) == ("monitor", "Nobody's")
    assert actors().resolve(row["name"]).actor is not None


def test_who_changes_the_list_second_is_told(client: TestClient, own_list: Path) -> None:
    """Nothing is written over what somebody else wrote, and what was filled in is kept."""
    row = _body(client)
    seen = _get(client, row["href"] + ".json")["about"]["seen"]
    own_list.write_text(_OWN + '\n[[actor]]\nname = "Open Ledger"\nkind = "ngo"\n', encoding="utf-8")
    before = own_list.read_bytes()
    sent = {"seen": seen, "kind": "police", "side": "Selm"}
    answer = client.post(row["href"] + "/change", headers=token(client), data=sent)
    assert answer.status_code == 303
    assert own_list.read_bytes() == before
    page = client.get(answer.headers["location"]).text
    assert "Nothing was written" in page
    assert 'value="Selm"' in page
    assert '<option value="police" selected>' in page


@pytest.mark.parametrize(
    "fields", [{"kind": "wizard"}, {"kind": "ngo", "country": "x"}, {"kind": "ngo", "side": "\x07"}]
)
def test_what_no_list_could_hold_is_refused(client: TestClient, own_list: Path, fields: dict[str, str]) -> None:
    """A wrong entry never comes into the file."""
    row = _body(client)
    seen = _get(client, row["href"] + ".json")["about"]["seen"]
    answer = client.post(row["href"] + "/change", headers=token(client), data={"seen": seen, **fields})
    assert answer.status_code == 422
    assert own_list.read_text(encoding="utf-8") == _OWN
    assert [one.name for one in own_list.parent.iterdir() if one.name.endswith(".part")] == []


def test_without_a_list_of_ones_own_the_page_says_what_to_do(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is changed in a place that the user did not name."""
    monkeypatch.chdir(tmp_path)
    client = client_of(desk)
    row = _body(client)
    assert "name a list of your own in sayso.toml" in client.get(row["href"]).text
    answer = client.post(row["href"] + "/change", headers=token(client), data={"seen": "", "kind": "ngo"})
    assert answer.status_code == 422


def test_a_report_in_its_own_voice_is_no_body(client: TestClient, own_list: Path) -> None:
    """No list can say what it is, nor what words are that several people may share."""
    rows = _get(client, "/sources.json")["rows"]
    voice = next(one for one in rows if one["name"].endswith("in its own voice"))
    shared = next(one for one in rows if one["kind"] and not one["body"])
    for row in (voice, shared):
        about = _get(client, row["href"] + ".json")["about"]
        assert not about["may_change"]
        sent = {"seen": about["seen"], "kind": "ngo"}
        assert client.post(row["href"] + "/change", headers=token(client), data=sent).status_code == 422
    assert own_list.read_text(encoding="utf-8") == _OWN


def test_who_speaks_is_found_once_they_are_in_the_list(client: TestClient, own_list: Path) -> None:
    """A source that no list had is a body then, and the answer leads to its page."""
    rows = _get(client, "/sources.json")["rows"]
    pages = [(row, _get(client, row["href"] + ".json")["about"]) for row in rows if not row["body"]]
    row, about = next((row, about) for row, about in pages if about["may_change"])
    sent = {"seen": about["seen"], "kind": "monitor", "side": ""}
    answer = client.post(row["href"] + "/change", headers=token(client), data=sent)
    assert answer.status_code == 303, answer.text
    page = _get(client, answer.headers["location"] + ".json")
    assert (page["row"]["kind"], page["row"]["body"]) == ("monitor", True)
    assert own_list.read_text(encoding="utf-8").count("[[actor]]") == _OWN.count("[[actor]]") + 1
