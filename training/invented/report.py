"""Puts invented sentences together into reports of many styles, labelled as the gold is."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from training.invented.drafts import Draft, days
from training.invented.frames import Frame, frames
from training.invented.places import words
from training.invented.scene import Scene
from training.invented.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUIET, _RARE, _TOTAL = 0.47, 0.5, 0.12  # chances of a sentence without claim, of a rarer harm, of a running total
_SPECIAL, _WIDE = 6, frozenset(("war", "disaster"))
_STYLES = ("wire", "wire", "wire", "latin", "tabloid", "blog", "ticker", "plain", "plain", "plain", "upper")


@dataclass(slots=True)
class _Plan:
    """How a report looks."""

    style: str
    sentences: int
    paragraphs: int
    separator: str


def invented(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield invented reports with exact labels, in the shape of the gold files.

    Args:
        number: How many.
        seed: The same seed gives the same reports, and the first of them do not depend on `number`.

    Yields:
        ``id``, ``published``, ``outlet``, ``text`` and ``claims``, each claim with the fields of ``docs/claims.md``.
    """
    for index in range(number):
        draw = Random(f"{seed}/{index}")  # noqa: S311 - nothing here is secret
        yield _report(f"invented-{seed}-{index}", draw)


def _report(name: str, draw: Random) -> dict[str, Any]:
    themes = words("themes")
    theme = draw.choices(list(themes), [data["weight"] for data in themes.values()])[0]
    style = draw.choice(_STYLES)
    culture = draw.choice([name for name in words("names") if name != "anglo"])
    if style == "latin" or (style == "upper" and draw.random() < 0.5):
        culture = "latin"
    if theme == "shooting":
        culture = "anglo"
    published = date(1986, 1, 1) + timedelta(days=draw.randrange(14_600))
    if style in ("latin", "upper"):
        published = date(1986, 1, 1) + timedelta(days=draw.randrange(2_000))
    scene = Scene(draw, culture, theme, published)
    sentences = draw.randint(3, 9)
    paragraphs = sentences if style == "tabloid" else min(draw.randint(1, 4), sentences)
    plan = _Plan(style, sentences, paragraphs, "\n" if draw.random() < 0.3 else "\n\n")
    writer = Writer(scene, draw)
    _compose(writer, plan, draw)
    upper = style == "upper"
    text = writer.text.upper() if upper else writer.text
    claims = [_claim(draft, text, scene, upper=upper) for draft in writer.drafts]
    claims.sort(key=lambda claim: (claim["start"], -claim["end"], claim["harm"]))
    return {
        "id": name,
        "published": published.isoformat(),
        "outlet": scene.outlet,
        "text": text,
        "claims": claims,
    }


def _compose(writer: Writer, plan: _Plan, draw: Random) -> None:
    """Write headline, dateline, lead and the rest."""
    used: set[str] = set()
    if plan.style == "ticker":
        for minute in sorted(draw.sample(range(360, 1380), plan.sentences)):
            writer.paragraph("\n")
            writer.text += f"{minute // 60:02}:{minute % 60:02} "
            writer.sentence(_chosen(writer, used, draw, ("head", "any", "lead", "start")))
        writer.text += "\n"
        return
    if draw.random() < 0.35:
        writer.sentence(_chosen(writer, used, draw, ("head",)))
        writer.paragraph(plan.separator)
    writer.text += _dateline(writer.scene, plan.style, draw)
    writer.sentence(_chosen(writer, used, draw, ("lead", "lead", "any")))
    breaks = set(draw.sample(range(1, plan.sentences), plan.paragraphs - 1))
    for index in range(1, plan.sentences):
        if index in breaks:
            writer.paragraph(plan.separator)
            places: tuple[str, ...] = ("any", "start")
        else:
            writer.text += " "
            places = ("any", "follow")
        writer.sentence(_chosen(writer, used, draw, places))
    writer.text += "\n" if draw.random() < 0.8 else ""


def _chosen(writer: Writer, used: set[str], draw: Random, places: tuple[str, ...]) -> Frame:
    """Draw a frame that fits here and has not been used in this report."""
    fitting = [
        frame
        for frame in frames()
        if frame.place in places
        and frame.text not in used
        and (not frame.tags or frame.tags & writer.scene.tags)
        and writer.fits(frame)
        and (frame.sourced or frame.place != "any" or frame.quiet or writer.speaker is None)
    ]
    if places == ("head",):
        wanted = fitting
    else:
        quiet = draw.random() < (_QUIET if "lead" not in places else 0.1)
        rare = draw.random() < _RARE
        wanted = [frame for frame in fitting if frame.quiet == quiet and (quiet or frame.rare == rare)]
        if not quiet and draw.random() < _TOTAL:
            wanted = [frame for frame in fitting if frame.total] or wanted
        taken_up = [frame for frame in wanted if frame.need or frame.place == "follow"]
        if taken_up and draw.random() < 0.2:
            wanted = taken_up
    wanted = wanted or fitting
    # What only fits few events would drown among what fits all.
    frame = draw.choices(wanted, [_SPECIAL if each.tags and not each.tags & _WIDE else 1 for each in wanted])[0]
    used.add(frame.text)
    return frame


def _dateline(scene: Scene, style: str, draw: Random) -> str:
    """Return what stands before the lead in this style."""
    day, month = scene.published.day, calendar.month_name[scene.published.month]
    city, country = scene.region.town(), scene.region.country
    agency = draw.choice(words("words")["sources"]["brand"])
    if style == "wire":
        return draw.choice(
            (
                f"{city.upper()}, {country}, {month} {day} ({agency}) - ",
                f"{city.upper()}, {country} ({agency}) -- ",
                f"{city.upper()} ({agency}) — ",
                f"{city}, {month[:3]} {day} ({agency}) - ",
            )
        )
    if style in ("latin", "upper"):
        dated = f"{day} {month[:3]} {scene.published.year % 100}"
        return draw.choice(
            (f"{city}, {dated} ({agency}) -- ", f"{city}, {dated} -- [Text] ", f"{city} ({country}), {dated} -- ")
        )
    if style == "blog":
        return draw.choice(("Update: ", f"Posted by {scene.region.family()}, {day} {month}. ", "", "Day by day. "))
    return ""


def _by_means(draft: Draft, scene: Scene) -> bool:
    """Say whether the event's weapon or cause is that of the claim: nobody is captured by shells."""
    held = draft.mark.harm in ("captured", "abducted") and not scene.tags & {"raid", "battle"}
    return draft.main and "means" in scene.event.told and not held


def _claim(draft: Draft, text: str, scene: Scene, *, upper: bool) -> dict[str, Any]:
    """Return a claim as the gold writes it."""
    marks, event = draft.mark.marks, scene.event

    def cased(words_: str | None) -> str | None:
        return words_.upper() if words_ and upper else words_

    if draft.number:
        low, high = draft.number.low, draft.number.high
        qualifier, kind = draft.number.qualifier, draft.number.kind
    elif "o" in marks:
        low, high, qualifier, kind = 0, 0, "exact", "zero"
    elif "+" in marks:
        low, high, qualifier, kind = 2, None, "vague", "vague"
    else:
        low, high, qualifier, kind = 1, 1, "exact", "individual" if "1" in marks else "count"
    start, end = days(draft, scene)
    words_ = text[draft.start : draft.end]
    victims = draft.victims or (words_ if kind == "individual" else None)
    return {
        "text": words_,
        "start": draft.start,
        "end": draft.end,
        "harm": draft.mark.harm,
        "kind": kind,
        "low": low,
        "high": high,
        "qualifier": qualifier,
        "source": text[slice(*draft.source)] if draft.source else None,
        "via": [text[slice(*passed)] for passed in draft.via],
        "stance": "denies" if "!" in marks else "doubts" if "?" in marks else "asserts",
        "victims": cased(victims),
        "status": draft.status,
        "perpetrator": cased(draft.perpetrator),
        "means": cased(draft.means or (event.means if _by_means(draft, scene) else None)),
        "place": cased(event.place if draft.main and "place" in event.told else draft.place),
        "country": None,
        "date_from": start.isoformat() if start else None,
        "date_to": end.isoformat() if end else None,
        "scope": "cumulative" if "*" in marks else "incident",
    }
