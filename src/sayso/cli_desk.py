"""The command that serves the desk."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sayso import cli_opening

if TYPE_CHECKING:
    from sayso.problems import Problem

_PORT = 8631


def register(app: typer.Typer) -> None:
    """Put the command among those of the program."""
    app.command()(desk)


def desk(  # noqa: PLR0913 - each is an option of the command line
    *,
    at: cli_opening.At = None,
    by: cli_opening.By = None,
    port: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, max=65535, help="The port to answer at; 0 takes a free one.")
    ] = _PORT,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    team: Annotated[
        bool, typer.Option("--team", help='For several people, who sign in; "sayso accounts" says who may.')
    ] = False,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="With --team: the address to listen at, if not on this machine alone."),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="With --team: a name under which browsers ask for it; repeatable."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="With --team: browsers reach it over https, through a server before it.")
    ] = False,
) -> None:
    """Serve the ledger to a browser, where people read, judge and publish.

    It prints a link that opens the desk once, in one browser on this machine, and answers nobody else. With --team
    people sign in instead, from wherever they reach it. It ends with Ctrl-C.

    \b
    Examples:
      sayso desk
      sayso desk --ledger war.sayso --by "Ana Ruiz" --open
      sayso desk --team --name desk.example.org --https
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.problems import Problem

    try:
        from sayso.desk import serve
        from sayso.desk.accounts import Accounts
        from sayso.desk.beside import Beside
        from sayso.desk.codings import Codings
        from sayso.desk.desk import Desk
        from sayso.desk.intake import Intake
        from sayso.desk.roles import Person
    except ImportError as error:
        what = f"The desk needs a library that is not installed: {error.name}."
        _refuse(Problem("no-desk", "sayso desk", what, "Install it: pip install 'sayso[desk]'.", lost=True))
    _check(team=team, host=host, names=name or [], https=https)
    with cli_opening.opened(at) as ledger, closing(Intake(cli_opening.place(at))) as intake:
        if team:
            beside = Beside(cli_opening.place(at))
            accounts = Accounts(beside)
            if not accounts.all():
                raise typer.BadParameter('Nobody could sign in; make an account with "sayso accounts add" first.')
            hosts = (*Desk.hosts_here(host), *(name or []))
            made = Desk(ledger, None, accounts, Codings(beside), hosts, secure=https, intake=intake)
        else:
            made = Desk(ledger, Person(cli_opening.author(by), "admin"), intake=intake)

        def ready(address: str) -> None:
            where = "" if team else ", on this machine alone"
            typer.echo(f"The desk over {cli_opening.shown(ledger.name)} answers at {address}{where}.")
            link = address if team else f"{address}/enter/{made.sessions.link()}"
            typer.echo(
                "Open it and sign in. End it with Ctrl-C."
                if team
                else f"Open this link, which works once:\n  {link}\nEnd it with Ctrl-C."
            )
            left = 0 if ledger.read_only else intake.resume(ledger)
            if left:
                typer.echo(f"Goes on with {left} that waited to be read when the desk ended.")
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


def _check(*, team: bool, host: str, names: list[str], https: bool) -> None:
    """Refuse what would let others in, or send passwords in the clear."""
    here = host in {"127.0.0.1", "::1", "localhost"}
    if not team and (not here or names or https):
        raise typer.BadParameter("Without --team the desk answers on this machine alone.", param_hint="--host")
    if not here and not https:
        what = "Passwords would travel in the clear; put a server with https before it, and say so with --https."
        raise typer.BadParameter(what, param_hint="--host")


def _refuse(problem: Problem) -> NoReturn:
    typer.echo(f"sayso: {problem.where}: {problem.what} {problem.remedy}", err=True)
    raise typer.Exit(cli_opening.UNUSABLE)
