"""Who is let in where: every route of the desk against every role, no session, and forms from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from sayso.desk.app import PAGES, make_app
from sayso.desk.guard import MOST_BYTES
from sayso.desk.roles import ROLES, Person
from sayso.desk.visit import COOKIE
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from sayso.desk.desk import Desk
    from sayso.desk.roles import Role
    from sayso.ledger import Ledger

LEAST: dict[tuple[str, str], Role] = {key: role for pages in PAGES for key, role in pages.least.items()}
LEAST |= {("GET", "/openapi.json"): "reader", ("POST", "/leave"): "reader", ("POST", "/names"): "reader"}

FOR_EVERYONE = {
    ("GET", "/"),
    ("GET", "/enter"),
    ("POST", "/enter"),
    ("GET", "/enter/{key}"),
    ("GET", "/static/{digest}/{name:path}"),
}
"""What one needs before one is signed in."""


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "0000", path)


def test_every_route_says_whom_it_is_for(desk: Desk) -> None:
    found = {
        (method, route.path)
        for route in make_app(desk).routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert found == set(LEAST) | FOR_EVERYONE
    assert not set(LEAST) & FOR_EVERYONE


@pytest.mark.parametrize(("method", "path"), sorted(LEAST))
def test_a_route_lets_in_whom_it_is_for_and_nobody_else(desk: Desk, method: str, path: str) -> None:
    least = ROLES.index(LEAST[method, path])
    asked = filled(path)
    assert client_of(desk, None).request(method, asked).status_code == 401
    for number, role in enumerate(ROLES):
        client = client_of(desk, role, name=f"a {role}")
        answer = client.request(method, asked, headers=token(client) if method == "POST" else {})
        assert (answer.status_code == 403 and "takes the role" in answer.json()["what"]) == (number < least), role
        assert answer.status_code != 401
        assert answer.status_code < 500


@pytest.mark.parametrize("path", sorted(path for method, path in LEAST if method == "POST"))
def test_forms_from_elsewhere_change_nothing(desk: Desk, ledger: Ledger, path: str) -> None:
    before = ledger.head()
    mine, other = client_of(desk), client_of(desk, name="Somebody Else")
    for headers in ({}, {"X-Desk-Token": "00" * 64}, {"X-Desk-Token": "no token"}, token(other)):
        answer = mine.post(filled(path), headers=headers, data={"desk_token": "x"})
        assert answer.status_code == 403
    assert ledger.head() == before
    assert mine.get("/history.json").status_code == 200


def test_a_token_is_another_one_on_every_page(desk: Desk) -> None:
    client = client_of(desk)
    found = {re.findall(r'name="desk-token" content="([0-9a-f]+)"', client.get("/history").text)[0] for _ in range(5)}
    assert len(found) == 5


def test_the_link_opens_the_desk_once(desk: Desk) -> None:
    link = f"/enter/{desk.sessions.link()}"
    first = TestClient(make_app(desk), follow_redirects=False)
    answer = first.get(link)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert first.get("/history.json").status_code == 200
    second = TestClient(make_app(desk), follow_redirects=False)
    assert second.get(link).status_code == 403
    assert second.get("/enter/x").status_code == 403
    assert second.get("/history.json").status_code == 401


def test_one_who_left_is_out(desk: Desk) -> None:
    client = client_of(desk)
    kept = client.cookies[COOKIE]
    assert client.post("/leave", headers=token(client)).status_code == 303
    client.cookies.set(COOKIE, kept)
    assert client.get("/history.json").status_code == 401


def test_other_hosts_are_refused(desk: Desk) -> None:
    client = client_of(desk)
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""):
        assert client.get("/history.json", headers={"Host": host}).status_code == 400


def test_every_answer_tells_the_browser_what_it_may_do(desk: Desk) -> None:
    client = client_of(desk)
    for path in ("/history", "/history.json", "/nothing", "/enter", "/static/0/nothing.js"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_what_is_too_large_is_not_taken(desk: Desk) -> None:
    client = client_of(desk)
    stated = {"Content-Length": str(MOST_BYTES + 1), **token(client)}
    assert client.post("/names", headers=stated, content=b"x").status_code == 413
    assert client.post("/names", headers={**token(client), "Content-Length": "-1"}, content=b"").status_code == 413


def test_files_lie_where_their_hash_says_and_nowhere_else(desk: Desk) -> None:
    client = TestClient(make_app(desk))
    page = client_of(desk).get("/history").text
    for href in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = client.get(href)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert client.get(href.replace("/static/", "/static/0")).status_code == 404
    for path in ("/static/x/../app.py", "/static/x/%2e%2e/app.py", "/static/x/vendor/../../app.py", "/static/x/"):
        assert client.get(path).status_code == 404


def test_names_are_hidden_until_they_are_asked_for(desk: Desk) -> None:
    client = client_of(desk)
    session = desk.sessions.find(client.cookies[COOKIE])
    assert session is not None
    shown = [session.names]
    answer = client.post("/names", headers=token(client), data={"show": "yes", "back": "/history?before=9"})
    assert answer.headers["location"] == "/history?before=9"
    shown.append(session.names)
    assert shown == [False, True]
    for elsewhere in ("//evil.example", "/\\evil.example", "https://evil.example", "evil"):
        answer = client.post("/names", headers=token(client), data={"show": "no", "back": elsewhere})
        assert answer.headers["location"] == "/"


def test_a_person_has_their_own_session(desk: Desk) -> None:
    reader = client_of(desk, "reader", "A Reader")
    assert "A Reader" in reader.get("/history").text
    assert Person("A Reader", "reader").may("reader")
