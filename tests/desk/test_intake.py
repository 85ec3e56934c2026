"""What was brought to the desk is read, whatever ends the desk in between."""

from __future__ import annotations

import http.cookiejar
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from sayso.desk.brought import Keeping
from sayso.desk.intake import MOST_TRIES, Intake
from sayso.ledger import Ledger, writing
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.desk.desk import Desk

FERRY = "The coast guard said on Monday that {} people were killed when a ferry sank off Ostrel.\n"


class Running:
    """A desk of its own program, and what a browser sends to it."""

    def __init__(self, desk: subprocess.Popen[str]) -> None:
        assert desk.stdout is not None
        self.desk = desk
        self.told = [desk.stdout.readline()]
        while not self.told[-1].strip().startswith("http://"):
            assert self.told[-1], self.told
            self.told.append(desk.stdout.readline())
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._address, _, _ = self.told[-1].strip().partition("/enter/")
        self._read(self.told[-1].strip())

    def bring(self, number: int) -> None:
        """Paste words; the answer comes once they are taken in."""
        page = self._read(f"{self._address}/inbox/new")
        found = re.search(r'name="desk-token" content="([0-9a-f]+)"', page)
        assert found
        sent = {"desk_token": found[1], "text": FERRY.format(number), "title": f"Ferry {number}"}
        self._read(f"{self._address}/inbox/paste", urllib.parse.urlencode(sent).encode())

    def _read(self, address: str, sent: bytes | None = None) -> str:
        with self._opener.open(address, sent, timeout=60) as answer:
            return str(answer.read().decode())


@contextmanager
def running(ledger: Path) -> Iterator[Running]:
    command = [sys.executable, "-m", "sayso", "desk", "--port", "0", "--ledger", str(ledger), "--by", "Ana Ruiz"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as desk:
        try:
            yield Running(desk)
        finally:
            desk.kill()


def test_nothing_that_was_taken_in_is_lost_by_a_kill(tmp_path: Path) -> None:
    """The desk is killed while it reads and more waits; the next one reads each thing once."""
    path = tmp_path / "desk.sayso"
    Ledger.create(path).close()
    numbers = range(11, 15)
    with Ledger.open(path) as other, running(path) as first:
        with writing.batch(other._place, other._clock):  # noqa: SLF001 - nothing can be written down meanwhile
            for number in numbers:
                first.bring(number)
            first.desk.send_signal(signal.SIGKILL)
            first.desk.wait()
        with closing(Keeping(str(path))) as keeping:
            assert [one.name for one in keeping.left()] == [f"Ferry {number}" for number in numbers]
        assert not list(other.reports())
    with running(path) as second, Ledger.open(path) as ledger, closing(Keeping(str(path))) as keeping:
        assert second.desk.stdout is not None
        assert "Goes on with 4" in "".join(second.desk.stdout.readline() for _ in range(2))
        while keeping.left():
            assert second.desk.poll() is None
            time.sleep(0.1)
        headings = list(ledger.reports())
        assert sorted(one.title or "" for one in headings) == [f"Ferry {number}" for number in numbers]
        assert {entry.author for entry in ledger.log()} == {"Ana Ruiz"}


@pytest.fixture
def url(ledger_url: str) -> str:
    """A ledger on each database."""
    Ledger.create(ledger_url).close()
    return ledger_url


def test_who_brought_what_and_when_is_kept(url: str) -> None:
    with closing(Keeping(url)) as keeping, closing(Keeping(url)) as again:
        first = keeping.put("ferry.txt", "Ana Ruiz", body=b"\x00\xff bytes as they came")
        second = keeping.put("https://review.example/1", "Ben Okoye", url="https://review.example/1")
        assert again.left() == [first, second]
        assert again.size() == 21
        assert again.begin(first.number) == (None, b"\x00\xff bytes as they came")
        assert again.begin(second.number) == ("https://review.example/1", None)
        assert [one.tries for one in keeping.left()] == [1, 1]
        keeping.forget(first.number)
        assert again.begin(first.number) is None
        assert keeping.put("c", "Ana Ruiz", body=b"").number > second.number


def test_what_ends_the_desk_again_and_again_waits_for_a_person(url: str) -> None:
    """And can be read once more, or let go of."""
    with closing(Keeping(url)) as keeping, closing(Intake(url)) as taking, Ledger.open(url) as ledger:
        bad, good = (keeping.put(f"{one}.txt", "Ana Ruiz", body=FERRY.format(one).encode()) for one in (21, 22))
        for _ in range(MOST_TRIES):
            keeping.begin(bad.number)
        assert taking.resume(ledger) == 2
        assert taking.wait(60)
        states = {one.number: (one.state, one.read, one.by) for one in taking.all()}
        assert states == {bad.number: ("failed", 0, "Ana Ruiz"), good.number: ("done", 1, "Ana Ruiz")}
        assert [one.number for one in keeping.left()] == [bad.number]
        assert taking.again(ledger, bad.number)
        assert not taking.forget(bad.number)
        assert taking.wait(60)
        assert [one.state for one in taking.all()] == ["done", "done"]
        assert not keeping.left()


def test_what_failed_can_be_let_go_of(desk: Desk) -> None:
    client = client_of(desk)
    for _ in range(MOST_TRIES):
        desk.intake._keeping.put("x", "Ana Ruiz", body=b"")  # noqa: SLF001 - as if left by another desk
    (number, *_) = [one.number for one in desk.intake._keeping.left()]  # noqa: SLF001 - likewise
    for _ in range(MOST_TRIES):
        desk.intake._keeping.begin(number)  # noqa: SLF001 - likewise
    desk.intake.resume(desk.ledger)
    assert desk.intake.wait(60)
    assert "Let go of it" in client.get("/inbox/new").text
    for status in (303, 404):
        sent = {"number": number, "what": "forget"}
        assert client.post("/inbox/readings", headers=token(client), data=sent).status_code == status
    assert not desk.intake._keeping.left()  # noqa: SLF001 - likewise
