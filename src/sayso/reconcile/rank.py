"""How far a source's figures are trusted: the levels of ``ranks.toml``, or of a copy of it that a user edits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from sayso.events import ActorKind
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sayso.events import Kept

MOST_TRUSTED, LEAST_TRUSTED = 1, 5
_SIZE_LIMIT = 1_000_000
_BIASES = ("own_losses", "losses", "enemy_losses", "harm_done")
_KINDS: Final = frozenset((*get_args(ActorKind), "unknown"))


class Level(NamedTuple):
    """A level, or what is added to one, and the reason for it."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Ranks:
    """What is thought of sources.

    Attributes:
        kinds: The level of each kind of source; ``unknown`` for those that nobody could place.
        bias: What is added where a source speaks for a side: ``own_losses``, ``losses``, ``enemy_losses``,
            ``harm_done``.
        sources: Levels of single sources, by an actor's id or by the name in the reports, in lower case.
        limits: The highest level that a rule still takes, by the rule's name.
        at_war: Countries where ACLED's larger number stands for a number that is not known.
    """

    kinds: Mapping[str, Level]
    bias: Mapping[str, Level]
    sources: Mapping[str, Level]
    limits: Mapping[str, int]
    at_war: frozenset[str]

    def level(self, kept: Kept) -> Level:
        """Return how far a claim's source is trusted with it, from 1 to 5, and why."""
        base = self._of_source(kept)
        bias = self.bias.get(_bias(kept) or "")
        if bias is None or not bias.number:
            return base
        number = min(max(base.number + bias.number, MOST_TRUSTED), LEAST_TRUSTED)
        return Level(number, f"{base.why}; {bias.why}")

    def _of_source(self, kept: Kept) -> Level:
        name = kept.claim.source
        for known in (kept.source and kept.source.id, kept.source and kept.source.name, name):
            if known and known.casefold() in self.sources:
                return self.sources[known.casefold()]
        if kept.source is not None:
            return self.kinds[kept.source.kind]
        return self.kinds["unknown" if name else "media"]


def side(kept: Kept) -> str | None:
    """Return the side that a claim's source speaks for, or None."""
    return kept.source.side if kept.source else None


def blamed(kept: Kept) -> str | None:
    """Return who is said to have done it, as a side where that is known."""
    if kept.perpetrator is not None:
        return kept.perpetrator.side or kept.perpetrator.id
    return kept.claim.perpetrator


def _bias(kept: Kept) -> str | None:
    """Return the bias that a source which speaks for a side has in this claim, or None."""
    own = side(kept)
    if own is None:
        return None
    if kept.victims.side == own:
        return "own_losses" if kept.claim.status == "combatant" else None
    if kept.claim.status == "combatant":
        return "enemy_losses" if kept.victims.side is not None or blamed(kept) == own else "losses"
    return "harm_done" if blamed(kept) == own else None


@cache
def shipped() -> Ranks:
    """Return the levels that come with the program."""
    text = resources.files(__package__).joinpath("ranks.toml").read_text(encoding="utf-8")
    ranks, problems = _changed(Ranks({}, {}, {}, {}, frozenset()), tomllib.loads(text), "ranks.toml")
    if problems:
        raise ValueError(problems)
    return ranks


def load(path: Path) -> tuple[Ranks, tuple[Problem, ...]]:
    """Read a user's file; what it does not say, or says in a way that makes no sense, stays as shipped.

    Args:
        path: A TOML file with the tables of ``ranks.toml``, all of them optional.

    Returns:
        The levels, and a problem for each key that is unknown or has no usable value.
    """
    try:
        with path.open("rb") as stream:
            body = stream.read(_SIZE_LIMIT + 1)
        if len(body) > _SIZE_LIMIT:
            return shipped(), (_unusable(str(path), f"it is larger than {_SIZE_LIMIT:,} bytes"),)
        stated = tomllib.loads(body.decode("utf-8"))
    except OSError as error:
        return shipped(), (_unusable(str(path), error.strerror or "it cannot be opened"),)
    except (ValueError, RecursionError) as error:
        return shipped(), (_unusable(str(path), f"it is not valid TOML: {error}"),)
    return _changed(shipped(), stated, str(path))


def _unusable(where: str, reason: str) -> Problem:
    what = f"The levels of sources cannot be read: {reason.rstrip('.')}. Those that come with the program hold."
    return Problem("ranks-unreadable", where, what, "Mend the file; docs/policies.md shows how one looks.")


def _changed(ranks: Ranks, stated: Mapping[str, Any], where: str) -> tuple[Ranks, tuple[Problem, ...]]:
    """Put what a file states over what holds so far."""
    kinds, bias, sources = (dict(one) for one in (ranks.kinds, ranks.bias, ranks.sources))
    limits = dict(ranks.limits)
    at_war = ranks.at_war
    problems: list[Problem] = []
    for table, values in stated.items():
        if not isinstance(values, dict):
            problems.append(_odd(where, table, values))
            continue
        for key, value in values.items():
            name = f"{table}.{key}"
            level = _level(value, "add" if table == "bias" else "level")
            if table == "kinds" and key in _KINDS and level:
                kinds[key] = level
            elif table == "bias" and key in _BIASES and level:
                bias[key] = level
            elif table == "sources" and level:
                sources[key.casefold()] = level
            elif table == "limits" and key in (ranks.limits or values) and _whole(value, MOST_TRUSTED):
                limits[key] = value
            elif name == "acled.at_war" and isinstance(value, list) and all(_is_country(one) for one in value):
                at_war = frozenset(value)
            else:
                problems.append(_odd(where, name, value))
    return Ranks(kinds, bias, sources, limits, at_war), tuple(problems)


def _level(value: object, key: str) -> Level | None:
    if not isinstance(value, dict) or not {"why", key} >= value.keys() >= {key}:
        return None
    number = _whole(value[key], 0 if key == "add" else MOST_TRUSTED)
    why = value.get("why", "set by the user")
    return Level(number, why) if number is not None and isinstance(why, str) else None


def _whole(value: object, least: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if least <= value <= LEAST_TRUSTED else None


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()


def _odd(where: str, key: str, value: object) -> Problem:
    what = f"{key[:80]!r} is {str(value)[:60]!r}, which is no setting of sources; what held before still holds."
    remedy = "Give levels as a whole number from 1 to 5 with a reason, as docs/policies.md shows."
    return Problem("unusable-rank", where, what, remedy)
