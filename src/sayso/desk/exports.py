"""Exports as downloads: written while they are sent, so that memory does not grow with what goes out."""

from __future__ import annotations

import io
import queue
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, cast

from fastapi import Path, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from sayso.desk.asked import Filter, Words
from sayso.desk.blind import check_incident, closed_reports
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.export import formats
from sayso.export.writing import Choices
from sayso.exporting import Chosen, dossiers
from sayso.gathering.asking import find
from sayso.reconcile import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.desk.visit import Visit

pages = Pages()

FormatName = Annotated[str, Field(max_length=40)]
_PIECES = 16
_PIECE = 64 * 1024
_PATIENCE = 60.0
"""Seconds that an export waits for a browser that takes nothing more."""

_KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".geojson": "application/geo+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".html": "text/html; charset=utf-8",
}


class Asked(Filter):
    """Which incidents go out, and how.

    Attributes:
        format: The format's name.
        policy: The counting rule; the format's own when left out.
    """

    format: FormatName
    policy: Words = None


@pages.file("/export")
def export(visit: Seen, asked: Annotated[Asked, Query()]) -> StreamingResponse:
    """Return the incidents that a filter leaves in a format; all of the ledger where it leaves nothing out."""
    _whole(visit)
    here = asked.alone()
    wanted = here.wanted() if here.narrows else None
    return _sent(visit, asked.format, asked.policy, Chosen(wanted), "incidents")


@pages.file("/incident/{incident}/export")
def export_one(
    visit: Seen,
    incident: Annotated[str, Path(max_length=200)],
    asked_format: Annotated[FormatName, Query(alias="format")],
    policy: Annotated[Words, Query()] = None,
) -> StreamingResponse:
    """Return one incident in a format."""
    _whole(visit)
    check_incident(visit, incident)
    with visit.ledger.shelf() as shelf:
        name = find(shelf, incident)
    return _sent(visit, asked_format, policy, Chosen(ids=(name,)), name)


def _whole(visit: Visit) -> None:
    """Refuse an export of incidents that do not take in all entries: nobody would see what is missing in the file."""
    behind = visit.desk.catching_up.look(visit.ledger)
    if behind is not None:
        what = f"{behind.entries:,} entries of the ledger are not yet put together into incidents."
        remedy = "Wait until they are; the page of incidents tells how far it is." if behind.working else "Ask again."
        raise Refusal(503, what, remedy)


def _sent(visit: Visit, name: str, policy: str | None, chosen: Chosen, called: str) -> StreamingResponse:
    made = formats.named(name)
    chosen = replace(chosen, policy=named(policy or made.policy).name, closed=closed_reports(visit))
    choices = Choices(names=visit.session.names)

    def write(out: BinaryIO) -> None:
        for problem in formats.write(name, dossiers(visit.ledger, chosen), out, choices):
            visit.say(f"The export as {name}: {problem.what} {problem.remedy}")

    file = f"sayso-{called}-{datetime.now(UTC):%Y-%m-%d}-{name}{made.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
    kind = _KINDS.get(made.ending, "application/octet-stream")
    return StreamingResponse(written(write), media_type=kind, headers=headers)


def written(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """Return what is written to a stream, piece by piece, while it is being written.

    Args:
        write: Writes all of it. What it raises before the first piece is raised at once; what it raises later breaks
            the download off, so that a browser does not take a part for the whole.
    """
    flow = _Flow()
    thread = threading.Thread(target=flow.run, args=(write,), daemon=True)
    thread.start()
    pieces = flow.pieces()
    first = next(pieces, b"")
    return _first_then(first, pieces)


def _first_then(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Flow(io.RawIOBase):
    """A stream whose writer waits where its reader is slower."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: queue.Queue[bytes | Exception | None] = queue.Queue(_PIECES)
        self._held = bytearray()
        self._at = 0
        self._left = False

    def run(self, write: Callable[[BinaryIO], None]) -> None:
        """Let somebody write, and say when it is over."""
        try:
            write(cast("BinaryIO", self))
            self._hand_on(bytes(self._held))
            self._hand_on(None)
        except _LeftError:
            pass
        except Exception as error:  # noqa: BLE001 - raised where the pieces are read
            with suppress(_LeftError):
                self._hand_on(error)

    def pieces(self) -> Iterator[bytes]:
        """Yield what was written; the writer is told to end where nobody reads on."""
        try:
            while (piece := self._waiting.get()) is not None:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self._left = True

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any bytes, as files take them
        """Take bytes, all of them."""
        taken = bytes(data)
        self._held += taken
        self._at += len(taken)
        if len(self._held) >= _PIECE:
            piece, self._held = bytes(self._held), bytearray()
            self._hand_on(piece)
        return len(taken)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._at

    def _hand_on(self, piece: bytes | Exception | None) -> None:
        for _ in range(int(_PATIENCE)):
            if self._left:
                break
            with suppress(queue.Full):
                self._waiting.put(piece, timeout=1)
                return
        raise _LeftError


class _LeftError(OSError):
    """Nobody reads what is written any more."""
