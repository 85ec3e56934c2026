"""Web pages of our own invention, for measuring speed: varied as news pages are, and mostly not about harm.

The same seed gives the same pages. A page is some 45 KB, half of it scripts, styles and menus, and packs to a
third: words drawn by chance pack less well than prose.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_IN = 20
"""One page in so many speaks of harm."""

_HEADS = (
    *("bar", "dres", "gol", "har", "il", "kor", "lir", "mar", "nor", "ost"),
    *("plo", "quen", "ros", "sar", "tam", "ul", "vel", "wen", "yar", "zor"),
)
_TAILS = (
    *("an", "den", "eth", "field", "ford", "gate", "holm", "ia", "in", "ka"),
    *("lin", "mere", "mora", "na", "nia", "ova", "stad", "tek", "ton", "vik"),
)
_WORDS = Path(__file__).with_name("invented_words.txt").read_text(encoding="utf-8").split()
_ORGANS = (
    "health ministry|district council|provincial governor|fire service|police|army|Red Cross branch|mayor|hospital"
)
_HARM = (
    "At least {a} people were killed and {b} wounded in {town} on {day}, the {organ} said.",
    "The {organ} of {town} put the number of dead at {a}; {b} others were injured, among them {c} children.",
    "More than {b} residents fled {town} overnight, according to the {organ}.",
    "{c} workers are missing after the collapse; rescuers pulled {a} bodies from the rubble, the {organ} said.",
    "A spokesman for the {organ} denied that {a} soldiers had been captured near {town}.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SCRIPT = (
    "window.{x}=window.{x}||[];function {y}(e,t){{if(!e||t.missing)return null;var n=e.capture?1:{n};return n+{m}}}",
    "document.addEventListener('{x}',function({y}){{{y}.execute&&{y}.execute({n});}},{{capture:true,passive:!{m}}});",
    'var {x}={{"{y}":{n},"id":"{z}","url":"https:\\/\\/cdn.{z}.example\\/{y}\\/{m}.js","dead":false}};',
)


def pages(count: int, seed: int = 7) -> Iterator[bytes]:
    """Make pages.

    Args:
        count: How many.
        seed: What they are drawn from.

    Yields:
        The bytes of each in UTF-8; each `ONE_IN`-th has words of harm in its text.
    """
    for number in range(count):
        yield _page(random.Random(f"{seed}:{number}"), told=number % ONE_IN == ONE_IN - 1)  # noqa: S311 - the same in every run


def _page(draw: random.Random, *, told: bool) -> bytes:
    outlet, title = f"{name(draw)} {draw.choice(('Post', 'Herald', 'Review', 'Radio'))}", sentence(draw)[:-1]
    paragraphs = [paragraph(draw) for _ in range(draw.randint(6, 60))]
    if told:
        for _ in range(draw.randint(1, 4)):
            paragraphs.insert(draw.randint(0, 4), harm(draw))
    marks = draw.choice(
        (("<p>", "</p>"), ('<p class="body-text">', "</p>"), ('<div class="par">', "</div>"), ("<p>", ""))
    )
    article = "\n".join(f"{marks[0]}{marked(draw, one)}{marks[1]}" for one in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2023-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}T08:00:00Z">
{scripts(draw, draw.randint(20, 120))}<style>{styles(draw, draw.randint(40, 240))}</style></head>
<body><header><nav><ul>{menu(draw, draw.randint(40, 160))}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By {name(draw)} {name(draw)}</p>
{article}
</article></main><aside><h2>Related</h2><ul>{menu(draw, draw.randint(5, 30))}</ul></aside>
{scripts(draw, draw.randint(10, 60))}<footer>{sentence(draw)}</footer></body></html>""".encode()


def name(draw: random.Random) -> str:
    """Return a name of a place or person."""
    return (draw.choice(_HEADS) + draw.choice(_TAILS)).title()


def sentence(draw: random.Random) -> str:
    """Return a sentence without harm."""
    words = [draw.choice(_WORDS) if draw.random() < 0.9 else name(draw) for _ in range(draw.randint(6, 24))]
    return f"{' '.join(words).capitalize()}{draw.choice(('.', '.', '.', ', 2019.', '’s.'))}"


def paragraph(draw: random.Random) -> str:
    """Return some such sentences."""
    return " ".join(sentence(draw) for _ in range(draw.randint(2, 5)))


def harm(draw: random.Random) -> str:
    """Return a sentence that tells of people who came to harm, and another."""
    a, b, c = draw.randint(2, 60), draw.randint(5, 900), draw.randint(2, 30)
    organ, day = draw.choice(_ORGANS.split("|")), draw.choice(_DAYS)
    told = draw.choice(_HARM).format(a=a, b=b, c=c, town=name(draw), organ=organ, day=day)
    return f"{told} {sentence(draw)}"


def marked(draw: random.Random, words: str) -> str:
    """Return words, some of them as a link."""
    if draw.random() < 0.3:
        first, _, rest = words.partition(" ")
        return f'<a href="/{draw.randrange(10**6)}/{first.lower()}.html">{first}</a> {rest}'
    return words


def menu(draw: random.Random, count: int) -> str:
    """Return items of a menu."""
    return "".join(
        f'<li class="menu-item item-{draw.randrange(999)}"><a href="https://{name(draw).lower()}.example/'
        f'{draw.choice(_WORDS)}/{draw.randrange(10**6)}">{draw.choice(_WORDS).title()} {draw.choice(_WORDS)}</a></li>\n'
        for _ in range(count)
    )


def scripts(draw: random.Random, count: int) -> str:
    """Return a script of some lines."""
    lines = (
        draw.choice(_SCRIPT).format(
            x=draw.choice(_WORDS),
            y=draw.choice(_WORDS),
            z=name(draw).lower(),
            n=draw.randrange(999),
            m=draw.randrange(9),
        )
        for _ in range(count)
    )
    return f"<script>{chr(10).join(lines)}</script>\n"


def styles(draw: random.Random, count: int) -> str:
    """Return some rules of style."""
    return "".join(
        f".{draw.choice(_WORDS)}-{draw.choice(_WORDS)}"
        f"{{margin:{draw.randrange(40)}px;color:#{draw.randrange(1 << 24):06x}}}\n"
        for _ in range(count)
    )
