"""Reads lists of actors: the one that comes with the program, and files that users write.

What a file says wrong is a `Problem`, and loses nothing of the rest.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard, get_args

from sayso.events import Actor, ActorKind
from sayso.incident.actor_phrases import slug
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHIPPED = "actors.toml"
_LARGEST = 5_000_000
_MOST = 20_000
_MOST_NAMES = 300
_LONGEST_NAME = 200
_TOLD = 20
_KINDS: Final = get_args(ActorKind)
_KEYS = frozenset({"id", "name", "kind", "side", "country", "aliases", "short", "speakers"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor of a list.

    Attributes:
        actor: The actor; its aliases are names that it has in any report.
        short: Names that it has in a report which names it in full.
        speakers: Persons known for speaking for it.
    """

    actor: Actor
    short: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(slots=True)
class ActorList:
    """What lists of actors say.

    Attributes:
        actors: Actors by id; a later list's takes the place of an earlier one's.
        sides: What the side of a country's state is called, by the country's code, where it is not the country's name.
    """

    actors: dict[str, Listed] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)


def shipped() -> ActorList:
    """Return the list that comes with the program."""
    text = files("sayso.incident").joinpath(SHIPPED).read_text(encoding="utf-8")
    made = ActorList()
    problems = tuple(_take(made, tomllib.loads(text), SHIPPED))
    if problems:
        raise ValueError(problems)
    return made


def read_actors(own: Iterable[Path] = ()) -> tuple[ActorList, tuple[Problem, ...]]:
    """Read the list that comes with the program and the user's files after it.

    Args:
        own: TOML files in the form of ``actors.toml``; an actor of theirs takes the place of an earlier one of its id.

    Returns:
        What they say together, and a problem for each file and each actor that could not be used.
    """
    made = shipped()
    problems: list[Problem] = []
    for file in own:
        problems += _read(made, file)
    return made, tuple(problems)


def fingerprint(own: Iterable[str | Path]) -> str:
    """Return eight hexadecimal digits that change with what some lists hold; empty for no lists."""
    digests = []
    for file in own:
        try:
            with Path(file).open("rb") as stream:
                digests.append(sha256(stream.read(_LARGEST + 1)).hexdigest())
        except (OSError, ValueError):
            digests.append("cannot be read")
    return sha256("\n".join(digests).encode()).hexdigest()[:8] if digests else ""


def _read(made: ActorList, file: Path) -> Iterator[Problem]:
    try:
        with file.open("rb") as stream:
            body = stream.read(_LARGEST + 1)
        if len(body) > _LARGEST:
            yield _unusable(file, f"it is larger than {_LARGEST:,} bytes")
            return
        stated = tomllib.loads(body.decode("utf-8-sig"))
    except OSError as error:
        yield _unusable(file, error.strerror or "it cannot be opened")
    except (ValueError, RecursionError) as error:
        yield _unusable(file, f"it is not valid TOML: {error}")
    else:
        told = list(_take(made, stated, str(file)))
        yield from told[:_TOLD]
        if len(told) > _TOLD:
            what = f"{len(told) - _TOLD} more of its entries were left out."
            yield Problem("bad-actor", str(file), what, "Mend the first ones and try again.")


def _unusable(file: Path, why: str) -> Problem:
    what = f"The list of actors cannot be read: {why.rstrip('.')}. The others hold."
    return Problem("actors-unreadable", str(file), what, "Mend the file; docs/actors.md shows how one looks.")


def _take(made: ActorList, stated: dict[str, Any], where: str) -> Iterator[Problem]:
    """Put what one file states over what is there already."""
    for key in stated.keys() - {"actor", "sides"}:
        yield _bad(where, f"{key[:60]!r} is no part of a list of actors.", "Write actors under [[actor]].")
    sides = stated.get("sides", {})
    for code, side in sides.items() if isinstance(sides, dict) else ():
        if _COUNTRY.fullmatch(code) and _is_name(side):
            made.sides[code] = side
        else:
            yield _bad(where, f"The side of {code[:60]!r} cannot be used.", 'Write it as in SY = "Syrian government".')
    rows = stated.get("actor", [])
    if not isinstance(rows, list) or not isinstance(sides, dict):
        yield _bad(where, "Its actors are no list.", "Write each under a line [[actor]].")
        return
    for number, row in enumerate(rows, start=1):
        if number > _MOST:
            yield _bad(where, f"It holds more than {_MOST:,} actors.", "Leave out those that your reports never name.")
            return
        listed = _listed(row)
        if isinstance(listed, str):
            yield _bad(f"{where}, actor {number}", listed, "Mend this entry, or leave it out.")
        else:
            made.actors[listed.actor.id] = listed


def _listed(row: object) -> Listed | str:
    """Return an entry as an actor, or what is wrong with it as a sentence."""
    if not isinstance(row, dict):
        return "It is no table."
    unknown = sorted(row.keys() - _KEYS)
    if unknown:
        return f"{unknown[0][:60]!r} is no key of an actor; the keys are {', '.join(sorted(_KEYS))}."
    name, kind, side, country = (row.get(key) for key in ("name", "kind", "side", "country"))
    if not _is_name(name):
        return "It has no name, or one that cannot be used."
    number = row.get("id", slug(name))
    if not isinstance(number, str) or not _ID.fullmatch(number):
        return f"Its id {str(number)[:60]!r} is not in kebab-case, such as 'velmora-defence-ministry'."
    if not _is_kind(kind):
        return f"{str(kind)[:60]!r} is no kind of actor; the kinds are {', '.join(_KINDS)}."
    if side is not None and not _is_name(side):
        return "Its side cannot be used."
    if country is not None and not (isinstance(country, str) and _COUNTRY.fullmatch(country)):
        return f"{str(country)[:60]!r} is no two-letter country code (ISO 3166-1)."
    for key in ("aliases", "short", "speakers"):
        names = row.get(key, [])
        if not isinstance(names, list) or len(names) > _MOST_NAMES or not all(map(_is_name, names)):
            return f"Its {key} are no list of names."
    actor = Actor(number, name, kind, side, tuple(row.get("aliases", ())), country)
    return Listed(actor, tuple(row.get("short", ())), tuple(row.get("speakers", ())))


def _is_kind(kind: object) -> TypeGuard[ActorKind]:
    return kind in _KINDS


def _is_name(name: object) -> TypeGuard[str]:
    return isinstance(name, str) and 0 < len(name.strip()) <= _LONGEST_NAME and name.isprintable()


def _bad(where: str, what: str, remedy: str) -> Problem:
    return Problem("bad-actor", where, what, remedy)
