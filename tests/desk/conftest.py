"""A desk over a real ledger: asked in this process, served on a port, and looked at in a real browser."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import sync_playwright

from sayso.adding import Adding
from sayso.desk.app import make_app
from sayso.desk.desk import Desk
from sayso.desk.roles import Person
from sayso.desk.visit import COOKIE
from sayso.ledger import Ledger
from sayso.pages.files import pages
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from sayso.desk.roles import Role

EXAMPLES = Path(__file__).parents[2] / "examples"
MISSING = "missing on this machine: Chromium (on Debian: apt-get install chromium)"


@pytest.fixture(scope="session")
def read_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger on SQLite with the example reports in it; copied, never written to."""
    path = tmp_path_factory.mktemp("desk") / "examples.sayso"
    with Ledger.create(path) as ledger:
        adding = Adding(ledger, "sayso tests")
        given = [str(EXAMPLES / name) for name in ("*.txt", "plovdiv-*")]  # of the latter a gazetteer has the place
        assert not [one for one in adding.add(pages(given)) if isinstance(one, Problem)]
    return path


@pytest.fixture
def ledger(read_ledger: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of this test's own with the example reports, on SQLite."""
    path = tmp_path / "desk.sayso"
    shutil.copyfile(read_ledger, path)
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def either_ledger(read_ledger: Path, ledger_url: str) -> Iterator[Ledger]:
    """A ledger of this test's own with the example reports, on SQLite and on PostgreSQL."""
    with Ledger.open(read_ledger) as read, Ledger.create(ledger_url) as opened:
        opened.load(read.dump())
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    """A desk over it, as on a laptop."""
    return Desk(ledger, Person("Ana Ruiz", "admin"), hosts=("127.0.0.1", "testserver"))


def client_of(desk: Desk, role: Role | None = "admin", name: str = "Ana Ruiz") -> TestClient:
    """Return a client that is signed in with a role, or not at all; it does not follow redirects."""
    client = TestClient(make_app(desk), follow_redirects=False)
    if role is not None:
        client.cookies.set(COOKIE, desk.sessions.start(Person(name, role)))
    return client


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A client of the desk, signed in as its owner."""
    return client_of(desk)


def token(client: TestClient) -> dict[str, str]:
    """Return the header with the token of a client's session, without which nothing is changed."""
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined] # the client has any application
    session = desk.sessions.find(client.cookies[COOKIE])
    assert session is not None
    return {"X-Desk-Token": session.form_token()}


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """Serve a desk on a free port of this machine, and give its address."""
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The address of the desk, served on a port."""
    with served(desk) as at:
        yield at


def chromium() -> str | None:
    """Return the path of the system's Chromium, or None."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path is not None), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def browsing(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """What opens a browser window of its own, with options such as ``color_scheme`` and ``viewport``."""
    windows: list[BrowserContext] = []

    def window(**options: object) -> BrowserContext:
        windows.append(browser.new_context(**options))  # type: ignore[arg-type] # handed on as they are
        return windows[-1]

    yield window
    for one in windows:
        one.close()


@pytest.fixture
def window(desk: Desk, address: str, browsing: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page in the browser, come in by the desk's link; the test fails where the browser reported an error."""
    faults: list[str] = []
    page = browsing(locale="en-GB", timezone_id="Europe/Madrid").new_page()
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/enter/{desk.sessions.link()}")
    yield page
    assert not faults
