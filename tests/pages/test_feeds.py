"""Feeds are taken apart, whatever state they are in, and the list of feeds says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.pages.feed_list import Source, sources
from sayso.pages.feeds import Entry, entries
from sayso.records import Fetched, Given
from tests.web_server import serving

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.problems import Problem

URL = "https://review.example/feeds/news"


def read(body: bytes | str, content_type: str = "application/xml") -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    headers = (("Content-Type", content_type),)
    fetched = Fetched(URL, URL, (), 200, headers, "2024-05-01T10:00:00+00:00", "192.0.2.1")
    return entries(body.encode() if isinstance(body, str) else body, fetched, Source(URL))


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Harbour Review &amp; Mail</title><link>https://review.example/</link>
<item><title>Flood &amp;amp; fire in &lt;b&gt;Tamrit&lt;/b&gt;</title><link>/2022/11/08/flood?a=1&amp;b=2</link>
<guid isPermaLink="false">r-1</guid><pubDate>Tue, 08 Nov 2022 23:30:00 +0300</pubDate></item>
<item><title><![CDATA[<i>Two</i> die]]></title><link>https://review.example/b</link>
<guid>https://review.example/b?guid</guid><pubDate>Tue, 08 Nov 2022 20:30:00 GMT</pubDate></item>
<item><title>No address</title><description>Words alone.</description></item>
<item><title>Mail</title><link>mailto:desk@review.example</link></item>
<item><link>https://review.example/c</link><pubDate>yesterday</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://mail.example/z/">
<title type="html">The &lt;em&gt;Mail&lt;/em&gt;</title>
<entry><id>tag:mail.example,2022:1</id><title>One dies</title><link rel="self" href="self"/>
<link rel="alternate" href="y"/><published>2022-11-08T10:00:00+03:00</published>
<updated>2022-11-09T10:00:00+03:00</updated></entry>
<entry><id>tag:mail.example,2022:2</id><title>Two die</title><link href="/x"/>
<updated>2022-11-09T10:00:00+03:00</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wire.example/"><title>Wire</title></channel>
<item rdf:about="https://wire.example/1"><title>Three die</title><link>https://wire.example/1</link>
<dc:date>2022-11-08T10:00:00+03:00</dc:date></item></rdf:RDF>"""


def test_rss() -> None:
    found, problems = read(RSS)
    outlet = "The Harbour Review & Mail"
    first, second, third = (f"https://review.example/{path}" for path in ("2022/11/08/flood?a=1&b=2", "b", "c"))
    assert found == (
        Entry("r-1", first, Given("Flood & fire in Tamrit", first, outlet, "2022-11-08T23:30:00+03:00")),
        Entry("https://review.example/b?guid", second, Given("Two die", second, outlet, "2022-11-08T20:30:00+00:00")),
        Entry(third, third, Given(None, third, outlet, "yesterday")),
    )
    assert [(problem.code, problem.lost) for problem in problems] == [("entry-without-page", False)]
    assert "2 of 5" in problems[0].what


def test_atom_gives_the_day_of_publication_and_not_that_of_the_last_change() -> None:
    found, problems = read(ATOM)
    assert [(one.id, one.url) for one in found] == [
        ("tag:mail.example,2022:1", "https://mail.example/z/y"),
        ("tag:mail.example,2022:2", "https://mail.example/x"),
    ]
    assert [one.given.published for one in found] == ["2022-11-08T10:00:00+03:00", None]
    assert {one.given.outlet for one in found} == {"The Mail"}
    assert problems == ()


def test_rss_1_0() -> None:
    (one,), problems = read(RDF)
    assert (one.url, one.given.published) == ("https://wire.example/1", "2022-11-08T10:00:00+03:00")
    assert problems == ()


def test_encodings_of_header_and_declaration() -> None:
    words = (
        "<rss version='2.0'><channel><item><title>Дев'ять</title><link>http://a.example/</link></item></channel></rss>"
    )
    for body, content_type in (
        (words.encode("windows-1251"), "text/xml; charset=windows-1251"),
        (b'<?xml version="1.0" encoding="koi8-u"?>' + words.encode("koi8-u"), "application/rss+xml"),
        (f'<?xml version="1.0" encoding="utf-16"?>{words}'.encode("utf-16"), "application/xml"),
    ):
        (one,), _ = read(body, content_type)
        assert one.given.title == "Дев'ять"


@pytest.mark.parametrize(
    "body", [b"", b"<html><body><p>Nine died.</p></body></html>", b"{}", b"\x89PNG\r\n" * 50, b"\0" * 99]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    found, problems = read(body, "text/html")
    assert found == ()
    assert [(problem.code, problem.lost, problem.where) for problem in problems] == [("not-a-feed", True, URL)]


def test_a_feed_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    found, problems = read(RSS[: RSS.index("Two")])
    assert [one.id for one in found] == ["r-1"]
    assert "broken-feed" in [problem.code for problem in problems]
    assert list(tmp_path.iterdir()) == []


def test_too_many_entries_are_told() -> None:
    items = "".join(f"<item><link>http://a.example/{number}</link></item>" for number in range(2_005))
    found, problems = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert len(found) == 2_000
    assert [(problem.code, problem.lost) for problem in problems] == [("feed-too-long", True)]


LAUGHS = "<!ENTITY a0 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>" for n in range(1, 30))
OUTSIDE = "<!ENTITY a29 SYSTEM 'file:///etc/passwd'>"


def with_entities(entities: str) -> str:
    title = "<channel><title>&a29;</title><item><title>&a29;</title><link>http://a.example/</link></item></channel>"
    return f"<?xml version='1.0'?><!DOCTYPE l [{entities}]><rss version='2.0'>{title}</rss>"


@pytest.mark.parametrize(
    "body",
    [
        with_entities(LAUGHS),
        with_entities(OUTSIDE),
        # Each of the bases stands on the one before: four gigabytes, by and by.
        "<rss version='2.0'><channel>" + "<item xml:base='a/b/c/d/e/f/'><link>../x</link>" * 20_000,
    ],
    ids=["laughs", "outside", "bases"],
)
def test_a_hostile_feed_costs_neither_memory_nor_time_nor_secrets(body: str) -> None:
    found, _ = read(body)
    assert "root:" not in str(found)
    assert all(len(one.given.title or "") < 5_000 for one in found)


def test_reading_a_feed_asks_nobody_for_anything() -> None:
    with serving() as server:
        address = server.url("/x.dtd")
        entities = f"<!ENTITY a29 SYSTEM '{address}'><!ENTITY % b SYSTEM '{address}'> %b;"
        body = with_entities(entities).replace("DOCTYPE l", f"DOCTYPE l SYSTEM '{address}'")
        read(body.replace("?>", f"?><?xml-stylesheet href='{address}'?>", 1))
        assert server.requests == []


def test_nothing_is_imported_from_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("feedparser.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    assert len(read(RSS)[0]) == 3


def listed(folder: Path, text: str) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return sources(path)


def test_a_list_of_feeds(tmp_path: Path) -> None:
    found, problems = listed(
        tmp_path,
        """every = 30
        [[feed]]
        url = "HTTPS://Review.example/news"
        every = 5
        outlet = "The Harbour Review"
        language = "EN"
        [[feed]]
        url = "https://mail.example/atom.xml"
        """,
    )
    assert found == (
        Source("https://review.example/news", 5.0, "The Harbour Review", "en"),
        Source("https://mail.example/atom.xml", 30.0),
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("", "There is no feed", 0),
        ("[[feed]", "not valid TOML", 0),
        ("[[feed]]\nevery = 5", "no address", 0),
        ('[[feed]]\nurl = "ftp://a.example"', "cannot be used", 0),
        ("[[feed]]\nurl = 5", "cannot be used", 0),
        ('feed = ["https://a.example"]', "no table", 0),
        ('feed = "https://a.example"', "no table", 0),
        ('[[feed]]\nurl = "https://a.example"\nevery = "often"', "cannot be used", 1),
        ('[[feed]]\nurl = "https://a.example"\nevery = 0', "cannot be used", 1),
        ('[[feed]]\nurl = "https://a.example"\nevery = nan', "cannot be used", 1),
        ('[[feed]]\nurl = "https://a.example"\nlanguage = "english"', "cannot be used", 1),
        ('[[feed]]\nurl = "https://a.example"\noutlet = ""', "cannot be used", 1),
        ('[[feed]]\nurl = "https://a.example"\nuri = "x"', "no key called 'uri'", 1),
        ('evry = 3\n[[feed]]\nurl = "https://a.example"', "no key called 'evry'", 1),
        ('[[feed]]\nurl = "https://a.example"\n[[feed]]\nurl = "https://A.example/"', "twice", 1),
    ],
)
def test_a_bad_key_is_told_and_the_other_feeds_stay(tmp_path: Path, text: str, said: str, left: int) -> None:
    found, problems = listed(tmp_path, text)
    assert [said in problem.what for problem in problems] == [True]
    assert all(problem.remedy for problem in problems)
    assert len(found) == left
    assert problems[0].lost == (left == 0)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    found, (problem,) = sources(tmp_path / "nowhere.toml")
    assert (found, problem.code) == ((), "unreadable")
