"""robots.txt as RFC 9309 has it, and as hostile hosts write it."""

from __future__ import annotations

import tracemalloc

import pytest

from sayso.pages.robots import read_rules

URL = "https://review.example"


def may(rules: str, path: str) -> bool:
    return read_rules(200, rules.encode()).may_fetch(URL + path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("user-agent: SAYSO\ndisallow: /", "/a", False),
        ("User-agent: sayso/1.0\nDisallow: /", "/a", True),
        ("User-agent: Sayso\nUser-agent: other\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sayso\nAllow: /", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: * # all\r\nDisallow: /a # b\r\n", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /%D1%85", "/х", False),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:  # noqa: FBT001 - a column of the table
    assert may(rules, path) is allowed


def test_delays() -> None:
    assert read_rules(200, b"User-agent: *\nCrawl-delay: 7.5\n").delay == 7.5
    assert read_rules(200, b"User-agent: sayso\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9").delay == 3
    for nonsense in (b"-3", b"nan", b"inf", b"soon"):
        assert read_rules(200, b"User-agent: *\nCrawl-delay: " + nonsense).delay == 0


def test_a_host_in_trouble_is_closed_and_one_without_rules_is_open() -> None:
    assert read_rules(503, b"").closed
    assert read_rules(429, b"").closed
    assert read_rules(404, b"").may_fetch(URL)
    assert not read_rules(404, b"").closed


def test_hostile_rules_fill_no_memory() -> None:
    """A rule is kept once for each name above it: here that would be three million times."""
    names = "".join(f"User-agent: a{n}\nUser-agent: s{'*' * (n % 9)}\n" for n in range(1_000))
    rules = "".join(f"Disallow: /{n}*a\n" for n in range(3_000))
    stars = "User-agent: *\nDisallow: /" + "*a" * 900 + "\n"
    tracemalloc.start()
    try:
        assert read_rules(200, (names + rules + stars).encode()).may_fetch(f"{URL}/{'b' * 3000}")
        read_rules(200, b"Disallow: " + b"x" * 5_000_000)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
