"""The commands of `sayso accounts`: who may sign in at a desk for several people."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.desk.accounts import Accounts

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})

_Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The name, as it stands in the ledger.")]
_Role = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="reader looks; coder also rules on claims; editor also on incidents, and adds reports; "
        "admin also keeps accounts and redacts.",
    ),
]


@app.callback()
def accounts() -> None:
    """Keep the accounts of a desk for several people, which "sayso desk --team" serves.

    They stand beside the ledger, never in it: for a file in another file of that name and ".accounts", for a database
    in tables of the same database. Passwords are asked for on the terminal, or read from standard input.

    \b
    Examples:
      sayso accounts add "Ana Ruiz" --role admin
      sayso accounts list --ledger war.sayso
      sayso accounts role "Ana Ruiz" coder
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are


@app.command()
def add(name: _Name, *, role: _Role = "coder", at: cli_opening.At = None) -> None:
    """Make an account."""
    from sayso.desk.accounts import role_of

    with _opened(at) as kept:
        checked = role_of(role)
        kept.make(name, checked, _password())
        typer.echo(f"{name} can sign in as {checked}.")


@app.command("list")
def list_(*, at: cli_opening.At = None, as_json: cli_opening.AsJson = False) -> None:
    """List the accounts with their roles."""
    with _opened(at) as kept:
        found = kept.all()
        for one in found:
            row = {"name": one.name, "role": one.role, "made": one.made}
            typer.echo(json.dumps(row) if as_json else f"{cli_opening.shown(one.name)}  {one.role}  {one.made[:10]}")
        if not found and not as_json:
            typer.echo('There are no accounts yet; "sayso accounts add" makes one.')


@app.command()
def role(
    name: _Name,
    stated: Annotated[str, typer.Argument(metavar="ROLE", show_default=False, help="reader, coder, editor or admin.")],
    *,
    at: cli_opening.At = None,
) -> None:
    """Give somebody another role; they sign in again."""
    from sayso.desk.accounts import role_of

    with _opened(at) as kept:
        kept.change(name, role=role_of(stated))
        typer.echo(f"{name} is {stated} now.")


@app.command()
def password(name: _Name, *, at: cli_opening.At = None) -> None:
    """Give somebody another password; they sign in again."""
    with _opened(at) as kept:
        kept.change(name, password=_password())
        typer.echo(f"{name} has another password now.")


@app.command()
def remove(name: _Name, *, at: cli_opening.At = None) -> None:
    """Remove an account; what the person ruled stays in the ledger under their name."""
    with _opened(at) as kept:
        kept.remove(name)
        typer.echo(f"The account of {name} is removed.")


@contextmanager
def _opened(at: str | None) -> Iterator[Accounts]:
    """Open the accounts of a ledger that is there."""
    from sayso.desk.accounts import Accounts
    from sayso.desk.beside import Beside

    with cli_opening.opened(at):
        beside = Beside(cli_opening.place(at))
        try:
            yield Accounts(beside)
        finally:
            beside.close()


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    stated: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return stated
