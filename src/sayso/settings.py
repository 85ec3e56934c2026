"""Settings: ``sayso.toml`` and the environment. What makes no sense is a Problem, and the default holds instead.

``docs/web.md`` lists the keys of the web, ``docs/cli.md`` those of the ledger and ``docs/actors.md`` those of actors;
tests hold them against this module.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "sayso.toml"
"""The name of the settings file; it is looked for in the folder one is in."""

NAMED_BY = "SAYSO_SETTINGS"
"""The environment variable that names another settings file."""

_PREFIX = "SAYSO_"
_LEDGER = "SAYSO_LEDGER"
_READ_ELSEWHERE = frozenset((NAMED_BY, "SAYSO_PLACES"))  # the latter names the folder of the user's places
_SIZE_LIMIT = 1_000_000
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")
_CONTACT = re.compile(r"[\x20-\x7e]{0,200}")
_AUTHOR = re.compile(r"[^\x00-\x1f\x7f-\x9f]{0,200}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def _number(default: float, least: float, most: float) -> Any:  # noqa: ANN401 - a dataclass field is typed as its value
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are asked for on the web; times in seconds, sizes in bytes.

    Attributes:
        contact: An address or web page at which whoever runs this can be reached; sent with every request.
        allow: Hosts that may be asked although they are private, each as ``host`` or ``host:port``.
        ports: The ports that may be asked of any host.
        delay: The time between two pages of one host; a longer Crawl-delay of its robots.txt goes before.
        longest_wait: The longest time to wait for one host, whatever it asks for; pages that would need more are
            left out and told.
        timeout: The longest silence while connecting and reading.
        page_time: The longest time that one answer may take.
        page_bytes: The largest page, as sent and as unpacked.
        retries: How often a page is asked for again after a passing failure.
        backoff: The wait before the first of these; it doubles each time. A longer Retry-After goes before.
        redirects: How many redirects are followed.
    """

    contact: str = ""
    allow: tuple[str, ...] = ()
    ports: tuple[int, ...] = field(default=(80, 443, 8080, 8443), metadata={"least": 1, "most": 65535})
    delay: float = _number(2.0, 0, 3600)
    longest_wait: float = _number(120.0, 0, 86400)
    timeout: float = _number(20.0, 0.05, 600)
    page_time: float = _number(60.0, 0.05, 3600)
    page_bytes: int = _number(20_000_000, 1000, 200_000_000)
    retries: int = _number(3, 0, 20)
    backoff: float = _number(1.0, 0, 3600)
    redirects: int = _number(10, 0, 50)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the ledger is, and who writes in it.

    Attributes:
        at: A path, or the address of a database. A settings file that merely lies in the folder one is in may have
            come with an unpacked archive, so it may name only a file in that folder or below; the environment, and a
            file that it names, may name any place.
        by: The author of what is written by hand; the name one is logged in under where it is empty.
    """

    at: str = "ledger.sayso"
    by: str = ""


@dataclass(frozen=True, slots=True)
class ActorFiles:
    """Whom sources and parties are taken for.

    Attributes:
        files: Lists of actors of the user's own, read after the shipped one.
    """

    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, one attribute a table of the file.

    Attributes:
        web: How pages are asked for.
        ledger: Where the ledger is.
        actors: Whom sources and parties are taken for.
        doubtful: The tables in which something could not be used, so that what writes can stop rather than write
            where nobody meant it to.
    """

    web: Web = field(default_factory=Web)
    ledger: Ledger = field(default_factory=Ledger)
    actors: ActorFiles = field(default_factory=ActorFiles)
    doubtful: frozenset[str] = field(default=frozenset(), compare=False)


def load(environment: Mapping[str, str] | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings: defaults, then the file, then the environment, the later before the earlier.

    Args:
        environment: Variables such as ``SAYSO_WEB_DELAY``; those of the process when left out.

    Returns:
        The settings and a problem for each key that is unknown or has no usable value; its default holds.
    """
    variables = os.environ if environment is None else environment
    found = _Found({table: {} for table in _TABLES})
    _from_file(found, variables)
    for name in sorted(variables):
        if name.startswith(_PREFIX) and name not in _READ_ELSEWHERE:
            table, _, key = ("LEDGER_AT" if name == _LEDGER else name.removeprefix(_PREFIX)).lower().partition("_")
            _take(found, (table, key), _Stated(variables[name], f"${name}", in_file=False))
    settings = Settings(
        Web(**found.values["web"]),
        Ledger(**found.values["ledger"]),
        ActorFiles(**found.values["actors"]),
        frozenset(found.doubtful),
    )
    return settings, tuple(found.problems)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A value as somebody stated it, and where."""

    value: object
    where: str
    in_file: bool
    happened_upon: bool = False


@dataclass(slots=True)
class _Found:
    """What was stated so far, by table and key, and what was wrong with the rest."""

    values: dict[str, dict[str, Any]]
    problems: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)

    def refuse(self, table: str, problem: Problem) -> None:
        self.problems.append(problem)
        self.doubtful.add(table)


_TABLES: dict[str, type[Web | Ledger | ActorFiles]] = {"web": Web, "ledger": Ledger, "actors": ActorFiles}


def _from_file(found: _Found, variables: Mapping[str, str]) -> None:
    named = variables.get(NAMED_BY)
    path = Path(named or FILE)
    read = _parsed(path, named=bool(named))
    if isinstance(read, Problem):
        found.problems.append(read)
        found.doubtful.update(_TABLES)
        return
    for table, keys in read.items():
        each = keys if isinstance(keys, dict) else {"": keys}
        for key, value in each.items():
            _take(found, (table, key), _Stated(value, str(path), in_file=True, happened_upon=not named))


def _parsed(path: Path, *, named: bool) -> dict[str, Any] | Problem:
    import tomllib

    try:
        with path.open("rb") as stream:
            body = stream.read(_SIZE_LIMIT + 1)
    except FileNotFoundError as error:
        return _unusable(path, error.strerror) if named else {}
    except OSError as error:
        return _unusable(path, error.strerror)
    if len(body) > _SIZE_LIMIT:
        return _unusable(path, f"it is larger than {_SIZE_LIMIT} bytes")
    try:
        return tomllib.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return _unusable(path, f"it is not valid TOML: {error}")


def _unusable(path: Path, reason: str | None) -> Problem:
    what = f"The settings cannot be read: {str(reason).rstrip('.')}. The defaults hold."
    return Problem("settings-unreadable", str(path), what, "Mend the file; docs/web.md shows how one looks.")


def _take(found: _Found, name: tuple[str, str], stated: _Stated) -> None:
    """Put one stated value among those found, or say what is wrong with it."""
    table, key = name
    known = {one.name: one for one in fields(_TABLES[table])} if table in _TABLES else {}
    if key not in known:
        found.refuse(table, _unknown(name, stated))
        return
    default = getattr(_TABLES[table](), key)
    try:
        value = _value(stated.value if stated.in_file else _unwritten(str(stated.value), default), default, key)
        _check_bounds(value, known[key].metadata)
    except ValueError as error:
        what = f"The setting {table}.{key} is {str(stated.value)[:60]!r}, which cannot be used; {default!r} holds."
        found.refuse(table, Problem("unusable-setting", stated.where, what, f"Give it as {error}."))
        return
    if name == ("ledger", "at") and stated.happened_upon and not _lies_here(str(value)):
        found.refuse(table, _elsewhere(str(value), stated.where))
        return
    found.values[table][key] = value


def _lies_here(place: str) -> bool:
    """Say whether a place is a file in the folder one is in or below it, links followed."""
    if _ADDRESS.match(place):
        return False
    try:
        return Path(place).resolve().is_relative_to(Path.cwd().resolve())
    except (OSError, RuntimeError):
        return False


def _elsewhere(place: str, where: str) -> Problem:
    shown = re.sub(r"(://[^/:@]*):[^@/]*@", r"\1:***@", place)
    what = f"It names a ledger outside this folder, {shown[:200]}, as a file that came with an archive could, too."
    remedy = f"If it is yours, set {NAMED_BY}={where}, or name the ledger by {_LEDGER} or --ledger."
    return Problem("ledger-elsewhere", where, what, remedy)


def _check_bounds(value: Any, bounds: Mapping[str, Any]) -> None:  # noqa: ANN401 - a setting is of any kind
    for number in value if isinstance(value, tuple) else (value,):
        if bounds and not bounds["least"] <= number <= bounds["most"]:
            raise ValueError(f"a number from {bounds['least']:g} to {bounds['most']:g}")


def _unwritten(value: str, default: object) -> object:
    """Turn the text of an environment variable into what the file would hold."""
    if isinstance(default, tuple):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        return [_as_number(part, int) for part in parts] if default and isinstance(default[0], int) else parts
    return value if isinstance(default, str) else _as_number(value, type(default))


def _as_number(value: str, kind: type) -> object:
    try:
        return kind(value)
    except ValueError:
        return value


def _value(value: object, default: object, key: str) -> object:
    """Return a value as the setting takes it; the ValueError's message ends the sentence "Give it as ..."."""
    if isinstance(default, tuple):
        if not isinstance(value, list):
            raise ValueError("a list")  # noqa: TRY004 - a bad value, whatever its type
        return tuple(_value(one, default[0] if default else "", key) for one in value)
    if isinstance(value, bool):
        raise ValueError(_FORMS[type(default)])  # noqa: TRY004 - a bad value, whatever its type
    if isinstance(default, float) and isinstance(value, int | float):
        return float(value)
    if not isinstance(value, type(default)):
        raise ValueError(_FORMS[type(default)])  # noqa: TRY004 - a bad value, whatever its type
    if key == "allow" and not _HOST.fullmatch(str(value)):
        raise ValueError('hosts such as "archive.example" or "127.0.0.1:8000"')
    if key == "contact" and not _CONTACT.fullmatch(str(value)):
        raise ValueError("at most 200 characters of plain ASCII")
    if key == "at" and (not str(value).strip() or "\0" in str(value)):
        raise ValueError('a path or an address such as "postgresql://desk@db.example/ledger"')
    if key == "by" and not _AUTHOR.fullmatch(str(value)):
        raise ValueError("a name of at most 200 characters")
    return value


_FORMS: dict[type, str] = {str: "text", int: "a whole number", float: "a number"}


def _unknown(name: tuple[str, str], stated: _Stated) -> Problem:
    every = [f"{table}.{one.name}" for table, kind in _TABLES.items() for one in fields(kind)]
    called = ".".join(name).rstrip(".")
    near = get_close_matches(called, every, n=1)
    remedy = f"Did you mean {near[0]}?" if near else f"The settings are {', '.join(every)}."
    return Problem("unknown-setting", stated.where, f"There is no setting called {called[:80]!r}.", remedy)
