"""Invented agency reports, what papers make of them, and pairs that only look like copies; all drawn from a seed.

Places, people, bodies and agencies do not exist. `reports` gives texts of different events; `PRINTS` are the ways in
which a paper prints one of them, each naming the kinds of change that must be told; `lookalikes` gives pairs that are
no copies: two reports of one event, and two bulletins of one monitor.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.find.origins import credit_of
from sayso.records import Report, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DATA = tomllib.loads(Path(__file__).with_name("printed.toml").read_text(encoding="utf-8"))
_WORDS: dict[str, list[str]] = _DATA["words"]
_FRAMES: dict[str, list[str]] = _DATA["frames"]
_MONTHS = _WORDS["months"]


def drawing(seed: str | int) -> random.Random:
    """Return what examples are drawn with: the same draws for the same seed on every machine."""
    return random.Random(seed)  # noqa: S311 - nothing secret is drawn


@dataclass(frozen=True, slots=True)
class Scene:
    """What one report is about, by the names of its slots."""

    slots: dict[str, str]


def scene(draw: random.Random) -> Scene:
    """Draw an event: places, people, bodies, figures."""
    means = draw.choice(_WORDS["means"])
    bodies = draw.sample(_WORDS["bodies"], 2)
    return Scene({
        "place": _name(draw), "place2": _name(draw), "region": _name(draw), "means": means,
        "where": draw.choice(_WORDS["wheres"]), "body": bodies[0], "body2": bodies[1],
        "day": draw.choice(_WORDS["days"]), "month": draw.choice(_MONTHS), "a": str(draw.randint(2, 89)),
        "b": str(draw.randint(2, 300)),
    })  # fmt: skip


def report(
    draw: random.Random, about: Scene | None = None, *, sentences: int | None = None, of_its_own: float = 0.0
) -> Report:
    """Draw an agency's report on an event, some 150 to 450 words long.

    Args:
        draw: What to draw with.
        about: The event; another for each report when left out.
        sentences: How many sentences it has.
        of_its_own: The share of sentences whose wording no other report is likely to have.
    """
    about = about or scene(draw)
    agency, day = draw.choice(_WORDS["agencies"]), draw.randint(1, 28)
    number = sentences or draw.randint(9, 22)
    told = [_told(draw, about, draw.choice(_FRAMES["leads"]))]
    free = round((number - 1) * of_its_own)
    told += [_told(draw, about, frame) for frame in draw.sample(_FRAMES["sentences"], number - 1 - free)]
    told += [_told(draw, about, _free(draw)) for _ in range(free)]
    told[1:] = draw.sample(told[1:], number - 1)
    city, month = about.slots["place2"].upper(), draw.randint(1, 10)
    body = _paragraphs(draw, told)
    title = f"{about.slots['means'].capitalize()} in {about.slots['place']} kills {about.slots['a']}"
    return _report(
        f"{city}, {_MONTHS[month - 1]} {day} ({agency}) - {body}", title, agency, f"2023-{month:02}-{day:02}"
    )


def reports(seed: int, number: int) -> Iterator[Report]:
    """Yield reports of as many different events."""
    draw = drawing(seed)
    for at in range(number):
        yield replace(report(draw, of_its_own=0.8), id=f"{seed}-{at}")


def lookalikes(draw: random.Random) -> Iterator[tuple[str, Report, Report]]:
    """Yield pairs that are no copies, each with the name of its kind."""
    about = scene(draw)
    yield "one event, two reports", report(draw, about), _retold(draw, about)
    yield "one event, two agencies", report(draw, about, sentences=10), report(draw, about, sentences=10)
    monitor = f"{_name(draw)} Rights Monitor"
    yield "one monitor, two bulletins", _bulletin(draw, monitor), _bulletin(draw, monitor)
    region = _name(draw)
    yield "one monitor and region, two bulletins", _bulletin(draw, monitor, region), _bulletin(draw, monitor, region)
    one, other, paper = report(draw, sentences=4), report(draw, sentences=4), draw.choice(_WORDS["papers"])
    yield "one footer", _with_footer(one, paper), _with_footer(other, paper)
    short = report(draw, sentences=2)
    yield "short", replace(short, text=short.text[:150]), replace(short, text=short.text[:150], outlet="The Ledger")


def _name(draw: random.Random) -> str:
    return (
        draw.choice(_WORDS["first"])
        + draw.choice(("", draw.choice(_WORDS["second"])))
        + draw.choice(_WORDS["second"])
        + draw.choice(_WORDS["last"])
    )


def _free(draw: random.Random) -> str:
    """Draw a sentence's frame word by word."""

    def some(*slots: str) -> str:
        return " ".join(draw.choice(_WORDS[slot]) for slot in slots)

    half, more = some("who", "did", "what", "how"), some("then", "who", "did", "what")
    return f"{half}, {more}" + draw.choice((".", " near {place}.", ", said {given} {family}.", " with {c} others."))


def _told(draw: random.Random, about: Scene, frame: str) -> str:
    own = {"given": draw.choice(_WORDS["given"]), "family": _name(draw), "c": str(draw.randint(2, 97))}
    said = frame.format(**about.slots, **own)
    return said[0].upper() + said[1:]


def _paragraphs(draw: random.Random, told: list[str]) -> str:
    text = told[0]
    for sentence in told[1:]:
        text += ("\n\n" if draw.random() < 0.6 else " ") + sentence
    return text


def _report(text: str, title: str | None, outlet: str, published: str | None) -> Report:
    credit = credit_of(text)
    return Report(
        id="",
        text=text,
        title=title,
        outlet=outlet,
        published=published,
        language="en",
        origin=credit.name if credit else None,
        origin_span=credit.span if credit else None,
    )


def _retold(draw: random.Random, about: Scene) -> Report:
    told = [_told(draw, about, frame) for frame in draw.sample(_FRAMES["retold"], len(_FRAMES["retold"]))]
    return _report(
        _paragraphs(draw, told), f"Dread in {about.slots['place']}", draw.choice(_WORDS["papers"]), "2023-05-02"
    )


def _bulletin(draw: random.Random, monitor: str, region: str | None = None) -> Report:
    about = scene(draw)
    day = draw.randint(1, 28)
    slots = about.slots | {"body3": monitor, "date": f"{day} {about.slots['month']}", "d": str(draw.randint(200, 9000))}
    slots |= {"region": region} if region else {}
    told = [_told(draw, Scene(slots), frame) for frame in _FRAMES["bulletin"]]
    return _report(" ".join(told), "Daily bulletin", monitor, f"2023-04-{day:02}")


def _with_footer(one: Report, paper: str) -> Report:
    return _report(one.text + "\n\n" + _DATA["frames"]["footer"].format(paper=paper), one.title, paper, one.published)


# What papers do. Each takes a report and gives its print.


def _cut_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.”\"])(\s+)(?=[A-Z\"“0-9])", text)


def _dateline(one: Report) -> Span:
    credit = credit_of(one.text)
    if credit is None:
        raise ValueError("The report has no dateline; give one of `reports`.")
    return credit.line


def _printed(draw: random.Random, one: Report, text: str, title: str | None = None) -> Report:
    made = _report(text, title or one.title, draw.choice(_WORDS["papers"]), one.published)
    return replace(made, id=one.id + "-copy")


def as_it_is(draw: random.Random, one: Report) -> Report:
    """Print a report word for word, its lines wrapped otherwise."""
    return _printed(draw, one, re.sub(r"\n\n", "\n\n  ", one.text))


def cut(draw: random.Random, one: Report) -> Report:
    """Print the first third to three quarters."""
    parts = _cut_sentences(one.text)
    keep = max(8, int(len(parts) * draw.uniform(0.33, 0.75)))
    return _printed(draw, one, "".join(parts[: keep - 1 + keep % 2]))


def reordered(draw: random.Random, one: Report) -> Report:
    """Print the paragraphs in another order, the lead first."""
    lead, *rest = re.split(r"\n\n", one.text)
    while len(rest) < 2:
        parts = _cut_sentences(one.text)
        half = len(parts) // 4 * 2 + 1
        lead, rest = parts[0], ["".join(parts[2:half]), "".join(parts[half + 1 :])]
    shifted = rest[1:] + rest[:1]
    return _printed(draw, one, "\n\n".join([lead, *shifted]))


def headed(draw: random.Random, one: Report) -> Report:
    """Print it under another headline."""
    return _printed(draw, one, one.text, f"Grief and anger as {_name(draw)} counts its dead")


def one_figure(draw: random.Random, one: Report) -> Report:
    """Print it with one figure changed."""
    start = _dateline(one).end
    figures = [found for found in re.finditer(r"(?<![\w,])\d+(?![\w,])", one.text) if found.start() >= start]
    at = draw.choice(figures)
    changed = str(int(at[0]) + draw.randint(1, 40))
    return _printed(draw, one, one.text[: at.start()] + changed + one.text[at.end() :])


def put_in(draw: random.Random, one: Report) -> Report:
    """Print it with a figure put into a sentence."""
    parts = _cut_sentences(one.text)
    at = draw.randrange(2, len(parts), 2)
    parts[at] = parts[at].rstrip(".") + f", among them {draw.randint(101, 999)} who were never registered."
    return _printed(draw, one, "".join(parts))


def credited(draw: random.Random, one: Report) -> Report:
    """Print it without its place and day, with a credit line at the end."""
    line = _dateline(one)
    return _printed(
        draw, one, one.text[line.end :].lstrip(" -") + f"\n\n{draw.choice(('Reuters', 'Source: AFP', '(AP)'))}"
    )


def quotes_left(draw: random.Random, one: Report) -> Report:
    """Print it with a quotation put in, left in its own language."""
    quote = '"Мы ничего не слышали, потом всё рухнуло", - сказала она.'
    parts = _cut_sentences(one.text)
    at = draw.randrange(2, len(parts), 2)
    return _printed(draw, one, "".join([*parts[:at], quote + " ", *parts[at:]]))


def edited(draw: random.Random, one: Report) -> Report:
    """Print it with words put into every third sentence, cut by a fifth, under another headline."""
    parts = _cut_sentences(one.text)
    for at in range(2, len(parts), 6):
        parts[at] = parts[at].rstrip(".") + ", it is said."
    return _printed(draw, one, "".join(parts[: max(8, len(parts) * 4 // 5)]), "A day of mourning")


PRINTS: dict[str, tuple[Callable[[random.Random, Report], Report], frozenset[str]]] = {
    "as it is": (as_it_is, frozenset()),
    "cut": (cut, frozenset({"cut"})),
    "reordered": (reordered, frozenset({"moved"})),
    "new headline": (headed, frozenset({"headline"})),
    "one figure changed": (one_figure, frozenset({"figure"})),
    "a figure put in": (put_in, frozenset({"figure"})),
    "credit line": (credited, frozenset({"credit"})),
    "quotation in its own language": (quotes_left, frozenset({"added"})),
    "edited and cut": (edited, frozenset({"reworded", "cut", "headline"})),
}
"""The ways of printing a report, by name, with the kinds of change that must be told of each."""
