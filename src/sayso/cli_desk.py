"""The command that serves the desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening

if TYPE_CHECKING:
    from sayso.problems import Problem

_PORT = 8631


def register(app: typer.Typer) -> None:
    """Put the command among those of the program."""
    app.command()(desk)


def desk(
    *,
    at: cli_opening.At = None,
    by: cli_opening.By = None,
    port: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=65535, help="The port to answer at; 0 takes a free one.")
    ] = _PORT,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve the ledger to a browser on this machine, where people read, judge and publish.

    It prints a link that opens the desk once, in one browser, and answers nobody else. It ends with Ctrl-C.

    \b
    Examples:
      sayso desk
      sayso desk --ledger war.sayso --by "Ana Ruiz" --open
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.problems import Problem

    try:
        from sayso.desk import serve
        from sayso.desk.desk import Desk
        from sayso.desk.roles import Person
    except ImportError as error:
        what = f"The desk needs a library that is not installed: {error.name}."
        _refuse(Problem("no-desk", "sayso desk", what, "Install it: pip install 'sayso[desk]'.", lost=True))
        return
    host = "127.0.0.1"
    with cli_opening.opened(at) as ledger:
        made = Desk(ledger, Person(cli_opening.author(by), "admin"))

        def ready(address: str) -> None:
            link = f"{address}/enter/{made.sessions.link()}"
            typer.echo(f"The desk over {cli_opening.shown(ledger.name)} answers at {address}, on this machine alone.")
            typer.echo(f"Open this link, which works once:\n  {link}\nEnd it with Ctrl-C.")
            sys.stdout.flush()
            if show:
                typer.launch(link)

        try:
            serve(made, host, port, ready)
        except OSError as error:
            what = f"Nothing can answer at port {port}: {error.strerror}."
            _refuse(
                Problem("no-port", f"{host}:{port}", what, "Give another by --port; 0 takes a free one.", lost=True)
            )


def _refuse(problem: Problem) -> None:
    typer.echo(f"sayso: {problem.where}: {problem.what} {problem.remedy}", err=True)
    raise typer.Exit(cli_opening.UNUSABLE)
