"""The folder that holds the parts: what is planned, done, failed and left, whoever was ended at whatever moment.

::

    how.json            by which program the parts are read; one folder, one reader
    plan.jsonl          a line an input file or host: the parts that it is cut into, in order
    parts/NAME.parquet  what was read in a part; it is there as a whole or not at all
    failed/NAME.json    why a part could not be read
    trying/NAME         how far those came who are reading it, or were ended while they did
    loaded.jsonl        which parts stand in which ledgers

A part is done when its file is there. Nothing else says so, so nothing else can be wrong about it.
"""

from __future__ import annotations

import json
import os
import socket
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.plain import NotPlainError, from_plain, to_plain
from sayso.problems import Problem, UsageError
from sayso.scale.parts import Part, is_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.scale.parts import State

_FORMAT = 1
_SMALL = 1_000_000


@dataclass(frozen=True, slots=True)
class How:
    """What reads the parts of a folder.

    Attributes:
        program: The program with its version.
        model: The model, with the user's own places where there are any.
        attributions: Whether who said what is worked out for whole texts.
        form: The form of the folder.
    """

    program: str
    model: str
    attributions: bool = False
    form: int = _FORMAT

    @classmethod
    def here(cls, *, attributions: bool) -> How:
        """Return what reads on this machine."""
        from sayso import __version__
        from sayso.claim import model

        return cls(f"sayso {__version__}", model(attributions=attributions), attributions)


@dataclass(frozen=True, slots=True)
class Planned:
    """An input and the parts that it is cut into.

    Attributes:
        source: The file's full path, or the host.
        size: The file's size in bytes when it was cut.
        changed: When it was last changed, in nanoseconds since 1970.
        parts: Its parts, in order.
    """

    source: str
    size: int = 0
    changed: int = 0
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Standing:
    """How far a folder is: the parts of its plan, each once, and what became of them."""

    parts: list[Part] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    failed: dict[str, Problem] = field(default_factory=dict)

    def state(self, part: Part) -> State:
        """Say what became of a part."""
        return "done" if part.name in self.done else "failed" if part.name in self.failed else "left"

    @property
    def unread(self) -> list[Part]:
        """The parts that are not done."""
        return [part for part in self.parts if part.name not in self.done]


class Folder:
    """The folder of one run or of several that follow each other.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, how: How) -> None:
        """Make the folder for a reader, or go on in one that is there.

        Raises:
            UsageError: Its parts were read in another way, or it is no such folder and not empty.
            OSError: It cannot be made.
        """
        found = self._how()
        if found is None:
            if self.path.is_dir() and any(self.path.iterdir()):
                raise UsageError(f"{self.path} holds other things; name a folder that is empty or not there yet.")
            for name in ("parts", "failed", "trying"):
                (self.path / name).mkdir(parents=True, exist_ok=True)
            write_whole(self.path / "how.json", json.dumps(to_plain(how)).encode())
        elif found != how:
            by = f"{found.program} with {found.model}" + " and attributions" * found.attributions
            raise UsageError(f"The parts in {self.path} are read by {by}; name another folder for this run.")

    @property
    def how(self) -> How:
        """What reads its parts.

        Raises:
            UsageError: It is no such folder.
        """
        found = self._how()
        if found is None:
            raise UsageError(f"{self.path} is no folder of parts; `sayso scale read` makes one.")
        return found

    def _how(self) -> How | None:
        path = self.path / "how.json"
        try:
            with path.open("rb") as stream:
                return from_plain(How, json.loads(stream.read(_SMALL)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (NotPlainError, ValueError, RecursionError) as error:
            raise UsageError(f"{path} cannot be used ({error}); name another folder.") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs away for as long as this one lasts, on systems that can.

        Raises:
            UsageError: Another run is reading into this folder.
        """
        try:
            import fcntl
        except ImportError:
            yield
            return
        with (self.path / "lock").open("wb") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(f"Another run is reading into {self.path}; wait for it, or end it.") from None
            yield

    # ── the plan ─────────────────────────────────────────────────────────────────────────────────────────────────

    def plan(self) -> list[Planned]:
        """Return what is planned, in order.

        Raises:
            UsageError: The plan is damaged.
        """
        try:
            with (self.path / "plan.jsonl").open("rb") as stream:
                return [_planned(line) for line in stream]
        except FileNotFoundError:
            return []
        except (NotPlainError, ValueError, RecursionError) as error:
            told = f"The plan in {self.path} is damaged ({error}); take plan.jsonl away, and read the inputs again."
            raise UsageError(f"{told} Parts that are done stay so.") from None

    def write_plan(self, planned: list[Planned]) -> None:
        """Put a plan in the place of the one before."""
        write_whole(self.path / "plan.jsonl", b"".join(json.dumps(to_plain(one)).encode() + b"\n" for one in planned))

    def standing(self) -> Standing:
        """Return how far the parts of the plan are."""
        found = Standing()
        files = _names(self.path / "parts")
        found.done = {name.removesuffix(".parquet") for name in files if name.endswith(".parquet")}
        named: dict[str, Part] = {}
        for one in self.plan():
            for part in one.parts:
                named.setdefault(part.name, part)
        found.parts = list(named.values())
        for file in _names(self.path / "failed"):
            name = file.removesuffix(".json")
            if name in named and name not in found.done:
                found.failed[name] = self._why(name)
        return found

    # ── one part ─────────────────────────────────────────────────────────────────────────────────────────────────

    def file_of(self, part: str) -> Path:
        """Return where a part stands when it is done."""
        return self.path / "parts" / f"{part}.parquet"

    def fail(self, part: str, problem: Problem) -> None:
        """Write down why a part could not be read."""
        write_whole(self.path / "failed" / f"{part}.json", json.dumps(to_plain(problem)).encode())

    def _why(self, part: str) -> Problem:
        path = self.path / "failed" / f"{part}.json"
        try:
            return from_plain(Problem, json.loads(path.read_bytes()))
        except (OSError, NotPlainError, ValueError) as error:
            return Problem("part-failed", part, f"Why it failed cannot be read: {error}.", "Read it again.", lost=True)

    def settle(self, part: str) -> None:
        """Forget that a part failed and how often it was tried: it is done, or is to be tried afresh."""
        (self.path / "failed" / f"{part}.json").unlink(missing_ok=True)
        (self.path / "trying" / part).unlink(missing_ok=True)

    def deaths(self, part: str) -> Counter[int | None]:
        """Return at which of a part's pages processes that read it were ended, how often; None is before the first."""
        at: list[int | None] = []
        with suppress(FileNotFoundError):
            for line in (self.path / "trying" / part).read_text(encoding="ascii", errors="replace").splitlines():
                if line.startswith("begun"):
                    at.append(None)
                elif line.isdigit() and at:
                    at[-1] = int(line)
        return Counter(at)

    @contextmanager
    def trying(self, part: str) -> Iterator[Trying]:
        """Keep note of how far the reading of a part comes; the note stays where this process is ended."""
        path = self.path / "trying" / part
        with path.open("ab", buffering=0) as stream:
            stream.write(f"begun by {socket.gethostname()} {os.getpid()}\n".encode("ascii", "replace"))
            try:
                yield Trying(stream)
            finally:
                path.unlink(missing_ok=True)

    # ── ledgers ──────────────────────────────────────────────────────────────────────────────────────────────────

    def loaded(self) -> list[tuple[str, str]]:
        """Return the parts that were loaded, each with the head of the ledger when it had been."""
        found = []
        with suppress(FileNotFoundError):
            for line in (self.path / "loaded.jsonl").read_bytes().splitlines():
                # The last line may be half there, of a run that was ended.
                with suppress(ValueError, TypeError, KeyError):
                    value = json.loads(line)
                    found.append((str(value["part"]), str(value["head"])))
        return found

    def mark_loaded(self, part: str, head: str) -> None:
        """Write down that a part stands in a ledger with a head."""
        with (self.path / "loaded.jsonl").open("ab") as stream:
            # After a line that was cut off, on one of its own.
            stream.write(f"\n{json.dumps({'part': part, 'head': head})}\n".encode())


@dataclass(frozen=True, slots=True)
class Trying:
    """How far the reading of a part came."""

    stream: Any

    def reads(self, number: int) -> None:
        """Say which page is read next."""
        self.stream.write(f"{number}\n".encode())


def _planned(line: bytes) -> Planned:
    found = from_plain(Planned, json.loads(line))
    if not all(is_name(part.name) for part in found.parts):
        raise NotPlainError("a part has a name that is none")
    return found


def write_whole(path: Path, body: bytes) -> None:
    """Put bytes under their name at once or not at all."""
    draft = draft_of(path)
    try:
        with draft.open("wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def draft_of(path: Path) -> Path:
    """Return the name under which a file is written before it gets its own: no other process's."""
    return path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - names, not paths
    except FileNotFoundError:
        return []
