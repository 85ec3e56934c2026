"""Large web pages of our own invention, as the web at large has them: five layouts, each of 100 KB and more.

Eight in a hundred hold a word of harm; by default all of these tell of people who came to harm, else only some do and
the others use such words of projects, batteries and plays. The same seed gives the same pages.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bench.invented_pages import harm, marked, menu, name, paragraph, scripts, sentence, styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IN_A_HUNDRED = 8
"""Pages in a hundred that hold a word of harm."""
LEAST = 100_000
"""Bytes of a page at least."""

_HARMLESS = (
    "The {thing} died for good in {year}, and nobody at {place} has tried to bring it back.",
    "Critics said the new {thing} was dead on arrival; the {place} played it {number} times all the same.",
    "It nearly killed the {thing}, {name} said, but {number} readers wrote in to save it.",
    "The {thing} has been missing from the shelves at {place} since {year}.",
    "Her first play, Death of a {thing}, opened at {place} in {year}.",
)
_THINGS = ("battery", "format", "engine", "parcel", "column", "project", "server", "piano")


def pages(count: int, telling: int = IN_A_HUNDRED, seed: int = 11) -> Iterator[bytes]:
    """Make pages.

    Args:
        count: How many.
        telling: How many in a hundred tell of people who came to harm; the rest of `IN_A_HUNDRED` only use such words.
        seed: What they are drawn from.

    Yields:
        The bytes of each in UTF-8.
    """
    for number in range(count):
        draw = random.Random(f"{seed}:{number}")  # noqa: S311 - the same in every run
        place = number % 100 * 37 % 100  # spread over each hundred
        told = harm if place < telling else _harmless if place < IN_A_HUNDRED else None
        yield _page(draw, told)


def _page(draw: random.Random, told: Callable[[random.Random], str] | None) -> bytes:
    body = draw.choice((_news, _blog, _shop, _forum, _listing))(draw, told)
    outlet, title = f"{name(draw)} {draw.choice(('Online', 'Weekly', 'Market', 'Board'))}", sentence(draw)[:-1]
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">'
    )
    furniture = [f"<header><nav><ul>{menu(draw, draw.randint(40, 160))}</ul></nav></header>"]
    while len(head) + len(body) + sum(map(len, furniture)) < LEAST:
        furniture.append(draw.choice(_FURNITURE)(draw))
    split = draw.randint(1, len(furniture))
    before, behind = "".join(furniture[:split]), "".join(furniture[split:])
    return f"{head}</head><body>{before}{body}{behind}<footer>{sentence(draw)}</footer></body></html>".encode()


_FURNITURE: tuple[Callable[[random.Random], str], ...] = (
    lambda draw: scripts(draw, draw.randint(40, 200)),
    lambda draw: f"<style>{styles(draw, draw.randint(60, 240))}</style>",
    lambda draw: f'<div class="links"><h3>{name(draw)}</h3><ul>{menu(draw, draw.randint(20, 80))}</ul></div>',
    lambda draw: "".join(f'<div class="card" data-id="{draw.randrange(10**8)}"><img src="/{n}.jpg" alt=""></div>'
                         for n in range(draw.randint(10, 60))),
)  # fmt: skip


def _telling(draw: random.Random, told: Callable[[random.Random], str] | None, least: int, most: int) -> list[str]:
    texts = [paragraph(draw) for _ in range(draw.randint(least, most))]
    if told is not None:
        for _ in range(draw.randint(1, 3)):
            texts.insert(draw.randint(0, min(6, len(texts))), f"{told(draw)} {sentence(draw)}")
    return texts


def _news(draw: random.Random, told: Callable[[random.Random], str] | None) -> str:
    article = "\n".join(f"<p>{marked(draw, one)}</p>" for one in _telling(draw, told, 8, 60))
    return f"<main><article><h1>{sentence(draw)}</h1><p>By {name(draw)} {name(draw)}</p>{article}</article></main>"


def _blog(draw: random.Random, told: Callable[[random.Random], str] | None) -> str:
    posts = "".join(f'<div class="entry"><div>{marked(draw, one)}</div></div>' for one in _telling(draw, told, 10, 80))
    return f'<div id="wrap"><div id="content"><h2>{sentence(draw)}</h2>{posts}</div></div>'


def _shop(draw: random.Random, told: Callable[[random.Random], str] | None) -> str:
    rows = "".join(
        f'<div class="product"><h3>{name(draw)} {draw.randrange(900)}</h3><span class="price">'
        f"${draw.randrange(999)}.{draw.randrange(10, 99)}</span><p>{one}</p></div>"
        for one in _telling(draw, told, 20, 60)
    )
    return f'<section class="grid">{rows}</section>'


def _forum(draw: random.Random, told: Callable[[random.Random], str] | None) -> str:
    posts = "".join(
        f'<table class="post"><tr><td>{name(draw)}<br>Posts: {draw.randrange(9000)}</td><td>{one}</td></tr></table>'
        for one in _telling(draw, told, 15, 60)
    )
    return f'<div class="thread"><h1>{sentence(draw)}</h1>{posts}</div>'


def _listing(draw: random.Random, told: Callable[[random.Random], str] | None) -> str:
    rows = "".join(
        f"<tr><td>{name(draw)}</td><td>{draw.randrange(10**5)}</td><td>{draw.randint(1950, 2024)}</td></tr>"
        for _ in range(draw.randint(100, 400))
    )
    texts = "".join(f"<p>{one}</p>" for one in _telling(draw, told, 4, 20))
    return f"<h1>{sentence(draw)}</h1>{texts}<table>{rows}</table>"


def _harmless(draw: random.Random) -> str:
    return draw.choice(_HARMLESS).format(
        thing=draw.choice(_THINGS),
        place=name(draw),
        name=name(draw),
        number=draw.randint(2, 900),
        year=draw.randint(1950, 2024),
    )
