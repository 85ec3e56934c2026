"""Ray, as far as it is asked for anything: inputs are cut and parts are read as operators of Ray Data.

Both operators take rows and give rows of text; what is large, pages and readings, never passes through Ray's store but
goes from the worker to the part's file. Ray Data starts its actors anew where they are ended, on another node if theirs
is gone, and gives them the part again that they had.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.plain import from_plain, to_plain
from sayso.problems import Problem, UsageError
from sayso.scale.folder import Folder, How, Planned
from sayso.scale.parts import Outcome, Part
from sayso.scale.planning import File, plan_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.pages.ranges import Sizes
    from sayso.settings import Web

_STORE = 100_000_000
"""Bytes of shared memory for a Ray of our own: only rows of text pass through it."""

_LEAN = {
    # Ray's many threads would each keep memory of their own that was given back.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
}
_ALONE = {
    "RAY_AUTH_MODE": "token",
    # On one machine all of Ray's servers then listen on loopback alone.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker is told: where the parts go, what reads them, and how to ask for addresses."""

    folder: str
    how: How
    web: Web


class Engine:
    """A connection to Ray.

    Attributes:
        workers: How many processes read at once.
    """

    def __init__(self, ray: Any, workers: int) -> None:  # noqa: ANN401 - the library's own types are not for mypy
        self._ray = ray
        self.workers = workers

    def plan(self, inputs: Sequence[File], sizes: Sizes) -> Iterator[tuple[int, Planned | Problem]]:
        """Cut files into parts.

        Yields:
            For each file its place among the inputs, and its plan or why there is none, as they become ready.
        """
        rows = [{"number": number, "file": json.dumps(to_plain(one))} for number, one in enumerate(inputs)]
        if not rows:
            return
        data = self._data().from_items(rows, override_num_blocks=len(rows))
        for row in data.map(_plan, fn_args=(json.dumps(to_plain(sizes)),), num_cpus=1).iter_rows():
            value = json.loads(row["planned"])
            yield row["number"], from_plain(Problem, value) if "code" in value else from_plain(Planned, value)

    def read(self, tasks: Sequence[Sequence[Part]], work: Work) -> Iterator[Outcome]:
        """Read parts.

        Args:
            tasks: Parts that may be read at the same time; those within one task are read one after another.
            work: What every worker is told.

        Yields:
            What became of each part, as they become ready.
        """
        rows = [{"parts": json.dumps([to_plain(part) for part in parts])} for parts in tasks]
        if not rows:
            return
        data = self._data()
        pool = data.ActorPoolStrategy(size=min(self.workers, len(rows)), max_tasks_in_flight_per_actor=1)
        told = {key: json.dumps(value if isinstance(value, str) else to_plain(value)) for key, value in _told(work)}
        read = data.from_items(rows, override_num_blocks=len(rows)).flat_map(
            Worker, fn_constructor_kwargs=told, compute=pool, num_cpus=1
        )
        for row in read.iter_rows():
            yield from_plain(Outcome, json.loads(row["outcome"]))

    def _data(self) -> Any:  # noqa: ANN401 - likewise
        import ray.data

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.enable_operator_progress_bars = False
        # A part whose row is lost is still to be done when the pass is over, and is read in the next.
        context.max_errored_blocks = -1
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return ray.data


@contextmanager
def _silence() -> Iterator[None]:
    """Let nothing through that is written to standard error past Python; what goes wrong comes as an exception."""
    with Path(os.devnull).open("wb") as nowhere:
        kept = os.dup(2)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _told(work: Work) -> list[tuple[str, Any]]:
    return [("folder", work.folder), ("how", work.how), ("web", work.web)]


class Worker:
    """An actor that reads parts; its model and gazetteer stay open from one to the next."""

    def __init__(self, folder: str, how: str, web: str) -> None:
        from sayso.scale.reading import Reader
        from sayso.settings import Web

        path = Path(json.loads(folder))
        self._reader = Reader(Folder(path), from_plain(How, json.loads(how)), from_plain(Web, json.loads(web)))

    def __call__(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Read the parts of one task, and say of each what became of it."""
        parts = [from_plain(Part, value) for value in json.loads(row["parts"])]
        for outcome in self._reader.read(parts):
            yield {"outcome": json.dumps(to_plain(outcome))}


def _plan(row: dict[str, Any], sizes: str) -> dict[str, Any]:
    from sayso.pages.ranges import Sizes

    planned = plan_file(from_plain(File, json.loads(row["file"])), from_plain(Sizes, json.loads(sizes)))
    return {"number": row["number"], "planned": json.dumps(to_plain(planned))}


@contextmanager
def started(address: str | None, workers: int | None) -> Iterator[Engine]:
    """Connect to a Ray cluster, or start a Ray of our own on this machine for as long as this lasts.

    Args:
        address: The cluster's, as ``ray start`` tells it, or ``auto`` for the one that this machine is part of; None to
            start one on this machine alone, which listens on loopback and asks for a token.
        workers: How many processes read at once; as many as there are processors when left out.

    Raises:
        UsageError: Ray is not installed, or there is no such cluster.
    """
    from sayso.pool import usable_cores

    # What somebody set for reasons of their own holds, but nobody is told of a run and nobody listened to by accident.
    os.environ.update(_LEAN | _QUIET | os.environ | {"RAY_USAGE_STATS_ENABLED": "0"} | ({} if address else _ALONE))
    try:
        import ray
    except ImportError:
        told = "This needs Ray: pip install 'sayso[scale]'. Without it, `sayso add --jobs 0` uses all of this machine."
        raise UsageError(told) from None
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        if address is None:
            number = workers or usable_cores()
            with _silence():
                ray.init("local", num_cpus=number, include_dashboard=False, object_store_memory=_STORE, **quiet)
        else:
            with _silence():
                ray.init(address, **quiet)
            number = workers or int(ray.cluster_resources().get("CPU", 1))
    except (ConnectionError, ValueError, RuntimeError) as error:
        where = f"The Ray cluster at {address}" if address else "Ray"
        reason = " ".join(str(error).split())[:300]
        raise UsageError(f"{where} cannot be used: {reason}") from None
    # It prints among what we print what befell workers; the parts say what came of that.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        try:
            yield Engine(ray, max(1, number))
        except ray.exceptions.RayError as error:
            reason = " ".join(str(error).split())[:300]
            told = f"Ray gave up: {reason}. What is done is kept; run the same command again to go on."
            raise UsageError(told) from None
        finally:
            ray.shutdown()
