"""Why a name was taken for a place, or was not, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.claim.gazetteer import Entry, Gazetteer

ADJECTIVE = "These words tell a country and name no place."
FACILITY = "Buildings and streets are kept as written and not looked up."
UNKNOWN = "No place of this name is known."
_MAINLY = 0.5


def settled(entry: Entry, others: Sequence[Entry], *, held: bool, shares: Mapping[str, float], among: Gazetteer) -> str:
    """Say why an entry was taken.

    Args:
        entry: What was taken.
        others: What else the name may stand for.
        held: Whether the words say what the place lies in.
        shares: Each country's share of what the report's other names say.
        among: The gazetteer, for the names of countries and regions.
    """
    where = _where(entry, among)
    if held:
        return f"The words say that it lies in {where}." if entry.kind != "country" else "A country's name."
    if not others:
        return "A country's name." if entry.kind == "country" else f"The only place known by this name, in {where}."
    if shares.get(entry.country or "", 0.0) >= _MAINLY:
        return f"The report's other places are mainly in {among.country(entry.country) or where}."
    if shares.get(entry.country or "", 0.0) > 0:
        return f"The report also speaks of {among.country(entry.country) or where}, and this place fits best."
    return f"The largest of {len(others) + 1} places known by this name, in {where}."


def between(entry: Entry, foreign: Sequence[Entry], among: Gazetteer) -> str:
    """Say that entries of several countries fit about as well."""
    lands = {among.country(one.country) or one.name for one in (entry, *foreign)}
    return f"Places in {_listed(sorted(lands))} fit about as well, so it was left open."


def several(entry: Entry, close: Sequence[Entry], among: Gazetteer) -> str:
    """Say that several entries of one country fit about as well."""
    land = among.country(entry.country) or entry.name
    return f"{len(close) + 1} places of this name in {land} fit about as well; only the country is taken."


def lone(entry: Entry, among: Gazetteer) -> str:
    """Say that a place is too small to be taken by its name alone."""
    where = _where(entry, among)
    return (
        f"The best match is a place of {entry.population:,} people in {where}, and nothing in the report points there."
    )


def elsewhere(entry: Entry, among: Gazetteer) -> str:
    """Say that the words put the place where no entry lies."""
    return f"The places known by this name, such as one in {_where(entry, among)}, lie outside of what the words say."


def around(town: str, told: str) -> str:
    """Say which town lies around a place, by how it is told: by ``text``, ``title``, ``outlet`` or ``station``."""
    if told == "outlet":
        return f"No words of the report name a town around it; the outlet is named after {town}."
    if told == "station":
        return f"No words of the report name a town around it; the outlet is of {town}."
    if told == "title":
        return f"The town that the report's title names is {town}."
    return f"The town around it, as the report tells it, is {town}."


def told_there(town: str) -> str:
    """Say which town of a region or country the report tells of."""
    return f"The town there that the report tells of is {town}."


def _where(entry: Entry, among: Gazetteer) -> str:
    parts = [among.region(entry.country, entry.admin1) if entry.kind == "city" else None, among.country(entry.country)]
    return ", ".join(part for part in parts if part) or entry.name


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
