"""The commands by which people rule on what was read: each is an entry of the ledger, with who and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_inputs, cli_opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.entries import Decision, DecisionKind
    from sayso.ledger import Ledger, Shown
    from sayso.records import Claim, Report

_Claim = Annotated[
    str,
    typer.Argument(metavar="CLAIM", show_default=False, help="A claim's id, or as much of its beginning as tells it."),
]
_Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FIELD=VALUE", help="A field and what it should be; repeatable. No value empties it."
    ),
]


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (accept, reject, correct, note, withdraw, redact):
        app.command()(command)
    app.command("add-claim")(add_claim)


def accept(
    claim: _Claim,
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that the report does say this; never that it is true."""
    _ruled("accept", claim, by=by, why=why, at=at, as_json=as_json)


def reject(
    claim: _Claim,
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that the report does not say this."""
    _ruled("reject", claim, by=by, why=why, at=at, as_json=as_json)


def correct(
    claim: _Claim,
    *,
    stated: _Set = None,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say what the report says in place of what was read.

    Words (source, victims, perpetrator, means, place, via) are looked up in the report and must stand there; "words"
    are those that say how many, and bring their figures. docs/ledger.md lists all fields.

    \b
    Examples:
      sayso correct c-3-0ab7 --set source="two doctors at the district hospital" --why "The ministry denied it."
      sayso correct c-3-0ab7 --set words="between 30 and 40 bodies"
      sayso correct c-3-0ab7 --set date_from=2023-03-14 --set date_to=2023-03-14 --by "Ana Ruiz"
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import ruling

    def fields(ledger: Ledger, found: Shown) -> dict[str, object]:
        standing, report = _standing(found, claim), _report(ledger, found)
        return ruling.corrections(stated or [], standing, report)

    _ruled("correct", claim, fields, by=by, why=why, at=at, as_json=as_json)


def add_claim(  # noqa: PLR0913 - each is an option of the command line
    report: Annotated[
        str, typer.Argument(metavar="REPORT", show_default=False, help="The id of the report that says it.")
    ],
    *,
    words: Annotated[
        str, typer.Option(metavar="WORDS", show_default=False, help="The words that say how many, as they stand there.")
    ],
    harm: Annotated[
        str, typer.Option(metavar="HARM", show_default=False, help="What befell them, such as killed or missing.")
    ],
    within: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words around them, where they stand there more than once.")
    ] = None,
    stated: _Set = None,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Add a claim that was missed.

    \b
    Example:
      sayso add-claim r-0ab78a7b --words "two ferrymen" --harm missing --set source=police --by "Ana Ruiz"
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import ruling

    def fields(ledger: Ledger, found: Shown) -> dict[str, object]:
        return ruling.addition(words, harm, stated or [], _report(ledger, found), within=within)

    _ruled("add", report, fields, by=by, why=why, at=at, as_json=as_json)


def note(
    on: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="A claim, a report, a page, or any entry.")
    ],
    words: Annotated[str, typer.Argument(metavar="WORDS", show_default=False, help="What to remember.")],
    *,
    by: cli_opening.By = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Write down something about a claim, a report, a page or an entry."""
    _ruled("note", on, by=by, why=words, at=at, as_json=as_json)


def withdraw(
    decision: Annotated[
        str, typer.Argument(metavar="ENTRY", show_default=False, help="The decision's number in the log, or its id.")
    ],
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Take back a decision: it stays in the ledger, and no longer counts."""
    _ruled("withdraw", decision, by=by, why=why, at=at, as_json=as_json)


def redact(
    what: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="A claim, a report, a page's hash, or an entry.")
    ],
    *,
    why: Annotated[str, typer.Option(metavar="WORDS", show_default=False, help="The reason, which is kept.")],
    by: cli_opening.By = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Take out content that law or safety demands gone, with all that was read from it.

    What was taken cannot be had back from this ledger, and does not come in again. Its hashes stay, and so does an
    entry that says what was taken, by whom and why. Copies, backups and dumps made before still have it.

    \b
    Example:
      sayso redact r-0ab78a7b --by "Ana Ruiz" --why "The family asked for it; letter of 3 March."
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    with cli_opening.opened(at) as ledger:
        found = ledger.show(cli_opening.wanted(ledger, what))
        author = cli_opening.author(by)
        if not yes:
            from_where, who = cli_opening.shown(ledger.name), cli_opening.shown(author)
            _ask(f"Take the {found.thing} {found.id} out of {from_where} for good, by {who}?")
        taken = ledger.redact(found.id, by=author, why=why)
        if as_json:
            values = {"ledger": ledger.name, "entry": taken.entry.id, "number": taken.entry.number, "on": found.id}
            typer.echo(json.dumps(values | {"entries": taken.entries, "pages": taken.pages}))
            return
        took = f"{taken.entries:,} {'entry' if taken.entries == 1 else 'entries'}"
        took += f" and the bytes of {taken.pages:,} {'page' if taken.pages == 1 else 'pages'}" if taken.pages else ""
        typer.echo(f"Entry {taken.entry.number}: {cli_opening.shown(author)} took out the content of {took}.")
        typer.echo(f"Ledger: {cli_opening.shown(ledger.name)}")


def _ask(question: str) -> None:
    """Ask on the terminal; where there is none, say what to give instead."""
    import sys

    if not sys.stdin.isatty():
        raise typer.BadParameter("Nobody can be asked here; give --yes to take it out.", param_hint="--yes")
    if not typer.confirm(question, err=True):
        typer.echo("Nothing was taken out.", err=True)
        raise typer.Exit(1)


def _ruled(  # noqa: PLR0913 - what a decision is made of
    kind: DecisionKind,
    on: str,
    fields: Callable[[Ledger, Shown], dict[str, object]] | None = None,
    *,
    by: str | None,
    why: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """Write a decision down, and say so."""
    from sayso import ruling
    from sayso.entries import Decision
    from sayso.export.ledger_log import decided

    with cli_opening.opened(at) as ledger:
        found = ledger.show(cli_opening.wanted(ledger, on))
        sets = fields(ledger, found) if fields is not None else {}
        decision = Decision(kind, (found.id,), cli_opening.author(by), cli_inputs.whole(why), sets)
        made = ledger.decide(decision, check=ruling.fault)
        if as_json:
            _as_json(made, ledger)
            return
        typer.echo(f"{cli_opening.shown(decided(made)).rstrip('.')}.")
        typer.echo(f"Ledger: {cli_opening.shown(ledger.name)}, entry {made.id[:16]}")


def _as_json(made: Decision, ledger: Ledger) -> None:
    from sayso.export.jsonl import dumped
    from sayso.plain import to_plain

    typer.echo(dumped({"ledger": ledger.name, "decision": to_plain(made)}))


def _standing(found: Shown, named: str) -> Claim:
    from sayso.problems import UsageError

    if found.standing is None:
        raise UsageError(f'"{named[:60]}" is no claim that stands; name one by its id, as "sayso search" lists them.')
    return found.standing.claim


def _report(ledger: Ledger, found: Shown) -> Report:
    """Return the report, with its text, that a thing is or stands in."""
    from sayso.problems import UsageError

    heading = found.heading if found.standing is None else found.standing.report
    report = None if heading is None else found.report or ledger.show(heading.id).report
    if report is None:
        raise UsageError("There is no report here whose words could be looked up; name a claim or a report.")
    return report
