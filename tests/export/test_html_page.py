"""The page: whole in itself, safe whatever a report says, and readable by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sayso.export import html_page
from sayso.export.writing import Choices
from sayso.records import Trace
from tests.export import told

if TYPE_CHECKING:
    from sayso.events import Dossier

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page as strictly as a person who checks it: every element is closed in order."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Hold a closing tag against the last one opened."""
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of a kind."""
        return [attrs for name, attrs in self.seen if name == tag]


def page(*dossiers: Dossier, choices: Choices | None = None) -> tuple[str, Page]:
    body = told.written("html", *dossiers, choices=choices)[0].decode()
    return body, Page(body)


def test_a_page_loads_and_runs_nothing() -> None:
    body, read = page(*told.everything())
    assert not [tag for tag, _ in read.seen if tag in {"script", "img", "link", "iframe", "form", "object", "base"}]
    assert not [name for _, attrs in read.seen for name in attrs if name.startswith("on") or name == "style"]
    policy = next(attrs["content"] for attrs in read.all("meta") if "http-equiv" in attrs)
    (style,) = re.findall(r"<style>(.*?)</style>", body, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


def test_every_claim_has_its_words_and_every_link_within_leads_somewhere() -> None:
    body, read = page(*told.everything())
    ids = [str(attrs["id"]) for _, attrs in read.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    claims = [one.claim.id for dossier in told.everything()[:3] for one in dossier.claims]
    assert {f"claim-{one}" for one in claims} <= set(ids)
    inner = [str(attrs["href"])[1:] for attrs in read.all("a") if str(attrs["href"]).startswith("#")]
    assert inner
    assert set(inner) <= set(ids)
    assert "<mark>17 conscripts</mark>" in body


def test_headings_go_down_one_step_at_a_time() -> None:
    for dossiers in ([told.dresk()], told.everything()):
        _, read = page(*dossiers)
        levels = [int(tag[1]) for tag, _ in read.seen if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@given(st.text())
def test_whatever_a_report_says_stays_text(words: str) -> None:
    hostile = f'</style><script>{words}"><img src=x onerror=1>'
    base = told.dresk().claims[0]
    claim = replace(
        base.claim,
        id=hostile,
        text=hostile,
        victims=hostile,
        source=hostile,
        via=(hostile,),
        trace=Trace(f"javascript:{words}"),
    )
    report = replace(base.report, title=hostile, outlet=hostile, url=f"https://[{words}", id=hostile)
    kept = replace(base, claim=claim, report=report, source=None, sentence=f"a {hostile} b")
    dossier = told.changed(replace(told.dresk(), claims=(kept,), tolls=()), name=hostile, id=hostile, place=hostile)
    dossier = replace(dossier, texts=((hostile, hostile),))
    _, read = page(dossier, choices=Choices(title=hostile, with_text=True, names=True))
    assert not [tag for tag, _ in read.seen if tag in {"script", "img"}]
    assert all(str(attrs["href"]).startswith(("#", "https://")) for attrs in read.all("a"))


def test_a_page_of_one_incident_is_headed_by_it() -> None:
    body, _ = page(told.dresk())
    assert "<h1>Missile strike on a school used as a barracks, Dresk, 14 March 2023</h1>" in body
    assert "<nav" not in body


def test_the_texts_stand_there_when_asked_for() -> None:
    dossier = replace(told.dresk(), texts=(("r-1", "First line.\nSecond <line>."),))
    assert "<pre" not in page(dossier)[0]
    assert "First line.\nSecond &lt;line&gt;.</pre>" in page(dossier, choices=Choices(with_text=True))[0]


def test_a_page_says_when_it_is_full(monkeypatch: object) -> None:
    many = [told.changed(told.dresk(), id=f"i-{number}") for number in range(3)]
    setter = monkeypatch.setattr  # type: ignore[attr-defined]  # pytest's own
    setter(html_page, "MOST", 2)
    body, problems = told.written("html", *many)
    assert body.count(b"<section") == 2
    assert "1 (i-2)" in problems["page-full"].what
