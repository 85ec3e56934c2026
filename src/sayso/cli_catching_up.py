"""Catching up with a ledger: what was added since is put together into incidents before a command answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from sayso.cli_opening import shown

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_MANY = 1000


def catch_up(ledger: Ledger, jobs: int = 1) -> None:
    """Put together what was added since the last time; say so where it takes a while, or cannot be done.

    Args:
        ledger: The ledger.
        jobs: Processes that the user allows; with two or more a second one helps where very much is new.
    """
    from sayso import gathering

    if ledger.read_only:
        if gathering.is_behind(ledger):
            what = "The ledger cannot be written to, and reports in it are not yet put together into incidents."
            typer.echo(f"sayso: {shown(ledger.name)}: {what} Work on a copy to see those, too.", err=True)
        return
    shown_any = False

    def tell(done: int) -> None:
        nonlocal shown_any
        if done >= _MANY and sys.stderr.isatty():
            shown_any = True
            typer.echo(f"\rPutting reports together into incidents: {done:,}", err=True, nl=False)

    gathering.catch_up(ledger, tell, jobs=jobs)
    if shown_any:
        typer.echo("", err=True)
