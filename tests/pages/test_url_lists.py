"""Lists of addresses are told by their content, fetched in order and once, and reported by line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.files import in_bytes, pages
from sayso.pages.url_lists import Layout, layout
from sayso.problems import Problem
from sayso.records import Given, Page
from tests.web_server import Server, answer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as one:
        for name, value in one.variables().items():
            monkeypatch.setenv(name, value)
        for name in "abcd":
            one.pages[f"/{name}"] = answer(f"{name}: One died.".encode())
        yield one


def event(number: int, url: str) -> str:
    """Return a row of GDELT's event table: 61 columns without a header, the address in the last."""
    cells = [str(number), "20230315", "202303", "2023", *[""] * 54, "20230315101500", 'Tamrit, "Lower', url]
    return "\t".join([*cells[:4], *[""] * (61 - len(cells)), *cells[4:]])


def graph(url: str) -> str:
    """Return a row of GDELT's knowledge graph: 27 columns, the address in the fifth, a picture's in the nineteenth."""
    cells = ["20230315-1", "20230315101500", "1", "review.example", url, *[""] * 22]
    cells[18] = "https://review.example/picture.jpg"
    return "\t".join(cells)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/1\nhttps://a.example/2\n", Layout("\t", 0)),
        ("https://a.example/1", Layout("\t", 0)),
        (
            "\ufeffURL,MobileURL,Date,Title\nhttps://a.example/1,,2023,A\nhttps://a.example/2,https://m.a.example/2,2023,B\n",
            Layout(",", 0, ("url", "mobileurl", "date", "title")),
        ),
        ("outlet;url\nMail;https://a.example/1,2\n", Layout(";", 1, ("outlet", "url"))),
        ('title,url\n"A, b",https://a.example/1\n"C\nd",https://a.example/2\n', Layout(",", 1, ("title", "url"))),
        ("\n".join(event(n, f"https://a.example/{n}") for n in range(30)), Layout("\t", 60)),
        ("\n".join(graph(f"https://a.example/{n}") for n in range(9)), Layout("\t", 4)),
        ("links\nhttps://a.example/1\n\nhttps://a.example/2\n", Layout("\t", 0, ("links",))),
    ],
)
def test_lists_are_told_by_their_content(text: str, expected: Layout) -> None:
    assert layout(text.encode()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nine people died in Tamrit, the mayor said. See https://a.example/1\n",
        "Nine died.\nhttps://a.example/1\nMore to follow.\n",
        "id,url,text\n1,https://a.example/1,One died.\n",
        "a,b\n1,2\n",
        "- https://a.example/1\n- https://a.example/2\n",
        "https:// a\n",
        "ftp://a.example/1\n",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert layout(text.encode()) is None


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: ("https://a.example/" + text).encode()))
def test_nothing_ends_the_telling(body: bytes) -> None:
    layout(body)


def test_addresses_are_fetched_once_and_named_by_line(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "urls.csv"
    rows = [
        "url,title,outlet,published,note",
        f'{server.url("/a")},"A, b",Mail,2022-11-08,x',
        f"{server.url('/gone')},,,,",
        "",
        "none,,,,",
        "http://10.0.0.1/,,,,",
        f'{server.url("/b")},"two',
        'lines",,,',
        f"{server.url('/a#again')},,,,",
        ",,,,x",
        "http://user:word@a.example/,,,,",
        *(f"{server.url('/c')},,,," for _ in range(20)),
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    found = list(pages([str(path)]))
    assert [(one.where.removeprefix(str(path)), getattr(one, "code", "page")) for one in found] == [
        (":2", "page"),
        (":3", "no-page"),
        (":5", "not-an-address"),
        (":6", "refused-address"),
        (":7", "page"),
        (":10", "not-an-address"),
        (":11", "not-an-address"),
        (":12", "page"),
    ]
    assert all(one.lost and one.remedy for one in found if isinstance(one, Problem))
    first = found[0]
    assert isinstance(first, Page)
    assert (first.url, first.given) == (server.url("/a"), Given(title="A, b", outlet="Mail", published="2022-11-08"))
    assert [one.path for one in server.requests] == ["/robots.txt", "/a", "/gone", "/b", "/c"]


def test_tables_of_gdelt_are_fetched(server: Server, tmp_path: Path) -> None:
    events, knowledge = tmp_path / "20230315.export.CSV", tmp_path / "20230315.gkg.csv"
    events.write_text(
        "\n".join(event(n, server.url(path)) for n, path in enumerate(["/a", "/a", "/b"])), encoding="utf-8"
    )
    knowledge.write_bytes(graph(server.url("/c")).encode() + b"\xff\n")
    found = [one for one in pages([str(events), str(knowledge)]) if isinstance(one, Page)]
    assert [(one.where.rpartition("/")[2], one.body[:1]) for one in found] == [
        ("20230315.export.CSV:1", b"a"),
        ("20230315.export.CSV:3", b"b"),
        ("20230315.gkg.csv:1", b"c"),
    ]


def test_standard_input_may_be_a_list(server: Server) -> None:
    found = list(pages(["-"], stdin=io.BytesIO(f"{server.url('/a')}\n{server.url('/b')}\n".encode())))
    assert [one.where for one in found] == ["standard input:1", "standard input:2"]


def test_a_list_that_nobody_named_makes_nobody_ask_the_web(server: Server, tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text(server.url("/a"), encoding="utf-8")
    for name in (tmp_path, tmp_path / "*.txt"):
        (problem,) = pages([str(name)])
        assert isinstance(problem, Problem)
        assert (problem.code, problem.lost) == ("address-list", False)
    server.pages["/list"] = answer(f"{server.url('/a')}\n{server.url('/b')}\n".encode())
    (problem,) = pages([server.url("/list")])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.lost) == ("address-list", True)
    assert [one.path for one in server.requests] == ["/robots.txt", "/list"]
    assert [type(one) for one in in_bytes(b"https://a.example/", "x")] == [Problem]
