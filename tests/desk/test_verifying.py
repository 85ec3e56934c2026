"""The page of verifying: what is whole is called so, and what was changed is named."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Page

    from sayso.desk.desk import Desk
    from sayso.ledger import Ledger


def verified(client: TestClient, **fields: str) -> Any:  # noqa: ANN401 - a JSON value
    """Have the ledger verified, and return what came of it."""
    assert client.post("/verify", data=fields, headers=token(client)).headers["location"] == "/verify"
    page = client.get("/verify.json").json()
    while page["ended"] is None:
        time.sleep(0.05)
        page = client.get("/verify.json").json()
    return page


def test_a_whole_ledger_is_called_whole(window: Page, address: str, ledger: Ledger) -> None:
    window.goto(f"{address}/verify")
    window.get_by_label("A head that was published earlier").fill(str(ledger.head()))
    window.get_by_role("button", name="Verify it").click()
    window.get_by_text("Yes, up to entry").wait_for()
    window.get_by_role("button", name="Verify it again").wait_for()


def test_what_was_changed_is_named(client: TestClient, ledger: Ledger) -> None:
    head = str(ledger.head())
    assert verified(client, against=head)["wrong"] == []
    with sqlite3.connect(ledger.name) as database:
        for (guard,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {guard}")
        database.execute("UPDATE entries SET author = 'somebody else' WHERE number = 3")
    page = verified(client)
    assert page["wrong"]
    assert "3" in page["wrong"][0]["where"]
    assert page["fault"] is None


def test_a_head_that_is_none_is_refused(client: TestClient) -> None:
    answer = client.post("/verify", data={"against": "not a head"}, headers=token(client))
    assert answer.status_code == 422
    assert client.get("/verify.json").json()["by"] is None


def test_a_reader_sees_what_came_of_it(desk: Desk) -> None:
    coder, reader = client_of(desk, "coder", "Ben Okoye"), client_of(desk, "reader", "A Reader")
    assert verified(coder)["by"] == "Ben Okoye"
    assert reader.get("/verify.json").json()["by"] == "Ben Okoye"
    assert "Verify it" not in reader.get("/verify").text
