"""Accounts: who signs in with what, and what ends a session."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from sayso.desk import accounts as module
from sayso.desk.accounts import Accounts, TooManyTriesError
from sayso.desk.app import make_app
from sayso.desk.beside import Beside
from sayso.desk.desk import Desk
from sayso.ledger import Ledger
from sayso.problems import UsageError
from tests.desk.conftest import token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "seven herons at dawn"  # noqa: S105 - of accounts that live as long as a test


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(ledger_url: str, clock: Clock) -> Iterator[Accounts]:
    """Accounts beside a ledger, on either database, with one admin and one coder."""
    Ledger.create(ledger_url).close()
    beside = Beside(ledger_url)
    kept = Accounts(beside, clock)
    kept.make("Ana Ruiz", "admin", PASSWORD)
    kept.make("Ben Okoye", "coder", PASSWORD)
    yield kept
    beside.close()


def test_the_right_password_signs_in_and_no_other(accounts: Accounts) -> None:
    found = accounts.sign_in(" ben  okoye ", PASSWORD, "10.0.0.7")
    assert found is not None
    assert (found.name, found.role) == ("Ben Okoye", "coder")
    for name, password in (("Ben Okoye", PASSWORD + "."), ("Ben Okoye", ""), ("Nobody", PASSWORD), ("", "")):
        assert accounts.sign_in(name, password, "10.0.0.7") is None


def test_passwords_are_kept_as_hashes_in_a_file_of_their_own(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "war.sayso").close()
    beside = Beside(str(tmp_path / "war.sayso"))
    Accounts(beside).make("Ana Ruiz", "admin", PASSWORD)
    beside.close()
    file = tmp_path / "war.sayso.accounts"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in file.read_bytes()
    assert b"$argon2id$" in file.read_bytes()
    assert b"Ana Ruiz" not in (tmp_path / "war.sayso").read_bytes()


def test_accents_may_be_typed_in_either_way(accounts: Accounts) -> None:
    accounts.make("Zoe\u0301 Lind", "reader", "caf\u00e9 by the river")
    assert accounts.sign_in("Zo\u00e9 Lind", "cafe\u0301 by the river", "10.0.0.7") is not None


def test_guessing_is_stopped_and_goes_on_after_a_while(accounts: Accounts, clock: Clock) -> None:
    for _ in range(module.TRIES):
        assert accounts.sign_in("Ben Okoye", "a wrong password", "10.0.0.7") is None
    with pytest.raises(TooManyTriesError):
        accounts.sign_in("Ben Okoye", PASSWORD, "10.0.0.8")
    assert accounts.sign_in("Ana Ruiz", PASSWORD, "10.0.0.7") is not None
    clock.now += module.WINDOW + timedelta(seconds=1)
    assert accounts.sign_in("Ben Okoye", PASSWORD, "10.0.0.7") is not None


def test_guessing_many_names_from_one_place_is_stopped(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_FROM", 3)
    for number in range(3):
        assert accounts.sign_in(f"guess {number}", "a wrong password", "10.0.0.7") is None
    with pytest.raises(TooManyTriesError):
        accounts.sign_in("Ana Ruiz", PASSWORD, "10.0.0.7")
    assert accounts.sign_in("Ana Ruiz", PASSWORD, "10.0.0.8") is not None


def test_what_makes_no_account_is_told(accounts: Accounts) -> None:
    for name, password in (
        ("ana ruiz", PASSWORD),
        ("A New One", "short"),
        ("A New One", "a" * 201),
        ("a long enough name", "A long enough name"),
        ("", PASSWORD),
        ("x\x00y", PASSWORD),
        ("n" * 81, PASSWORD),
    ):
        with pytest.raises(UsageError):
            accounts.make(name, "reader", password)
    assert [one.name for one in accounts.all()] == ["Ana Ruiz", "Ben Okoye"]


def test_there_is_always_an_admin(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="last admin"):
        accounts.remove("Ana Ruiz")
    with pytest.raises(UsageError, match="last admin"):
        accounts.change("Ana Ruiz", role="reader")
    accounts.change("Ben Okoye", role="admin")
    accounts.remove("Ana Ruiz")
    for name in ("Ana Ruiz", "Nobody"):
        with pytest.raises(UsageError, match="no account"):
            accounts.remove(name)
        with pytest.raises(UsageError, match="no account"):
            accounts.change(name, role="reader")


@pytest.fixture
def team(accounts: Accounts, ledger: Ledger) -> Desk:
    """A desk at which people sign in."""
    return Desk(ledger, None, accounts, hosts=("testserver",))


def signed_in(team: Desk, name: str) -> TestClient:
    client = TestClient(make_app(team), follow_redirects=False)
    assert client.post("/enter", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def test_people_sign_in_on_the_page(team: Desk) -> None:
    client = TestClient(make_app(team), follow_redirects=False)
    answer = client.post("/enter", data={"name": "Ben Okoye", "password": "<script>"})
    assert answer.status_code == 401
    assert "no account with this name and password" in answer.text
    assert client.get("/history", headers={"Accept": "text/html"}).headers["location"] == "/enter"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = client.post("/enter", data={"name": "Ben Okoye", "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
    assert client.get("/history.json").status_code == 401
    assert "Ben Okoye" in signed_in(team, "Ben Okoye").get("/history").text


def test_no_link_opens_a_desk_with_accounts(team: Desk) -> None:
    client = TestClient(make_app(team), follow_redirects=False)
    assert client.get(f"/enter/{team.sessions.link()}").status_code == 403


def test_an_admin_keeps_the_accounts_and_a_change_ends_sessions(team: Desk) -> None:
    admin, coder = signed_in(team, "Ana Ruiz"), signed_in(team, "Ben Okoye")
    new = {"name": "Cleo Marsh", "role": "reader", "password": "another long password"}
    assert admin.post("/accounts", data=new, headers=token(admin)).status_code == 303
    assert [one["name"] for one in admin.get("/accounts.json").json()["accounts"]] == [
        "Ana Ruiz",
        "Ben Okoye",
        "Cleo Marsh",
    ]
    assert "another long password" not in admin.get("/accounts").text
    assert coder.get("/accounts.json").status_code == 403
    changed = admin.post("/accounts/role", data={"name": "Ben Okoye", "role": "reader"}, headers=token(admin))
    assert changed.status_code == 303
    assert coder.get("/history.json").status_code == 401
    again = signed_in(team, "Ben Okoye")
    assert again.get("/me.json").json()["role"] == "reader"
    admin.post("/accounts/remove", data={"name": "Ben Okoye"}, headers=token(admin))
    assert again.get("/history.json").status_code == 401
    answer = admin.post("/accounts/remove", data={"name": "Ana Ruiz"}, headers=token(admin))
    assert answer.status_code == 422
    assert "last admin" in answer.json()["what"]


def test_one_changes_ones_own_password_with_the_old_one(team: Desk) -> None:
    client = signed_in(team, "Ben Okoye")
    wrong = {"old": "not the old one", "password": "another long password"}
    assert client.post("/me/password", data=wrong, headers=token(client)).status_code == 422
    right = wrong | {"old": PASSWORD}
    assert client.post("/me/password", data=right, headers=token(client)).status_code == 303
    assert client.get("/history.json").status_code == 401
    assert team.accounts is not None
    assert team.accounts.sign_in("Ben Okoye", "another long password", "10.0.0.7") is not None
