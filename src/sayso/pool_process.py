"""A process of the pool: pages in, what was read in them out, with one model that stays open in between."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sayso.records import Given, Page


def serve(connection: Connection, given: Given, attributions: bool) -> None:  # noqa: FBT001 - called by the pool alone
    """Read the pages that come until nobody is there to send more.

    Args:
        connection: Where pages come from. None is sent back at the beginning, and then a tuple for each page.
        given: What the user says of inputs that do not say it themselves.
        attributions: Whether to work out who said what for whole texts.
    """
    # Ctrl-C is for the program that sends the pages.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from sayso.pipeline import read_page

    pages: SimpleQueue[Page] = SimpleQueue()
    Thread(target=_receive, args=(connection, pages), daemon=True).start()
    with suppress(OSError):  # whoever sent the pages is gone
        connection.send(None)
        while True:
            connection.send(tuple(read_page(pages.get(), given, attributions=attributions)))


def _receive(connection: Connection, pages: SimpleQueue[Page]) -> None:
    """Take pages in while another is being read, so that whoever sends them never waits for that."""
    try:
        with suppress(EOFError, OSError):
            while True:
                pages.put(connection.recv())
    finally:
        # Whoever sent them is gone, perhaps by force, or there is no memory for the next: nothing more is done here.
        os._exit(1)
