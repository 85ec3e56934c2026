"""The commands for incidents: lists, one incident with all that it rests on, and what people rule on them."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_inputs, cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_opening import shown
from sayso.cli_streams import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.entries import Decision
    from sayso.events import Dossier
    from sayso.gathering.asking import Found
    from sayso.ledger.shelf import Shelf


class Order(StrEnum):
    """What comes first in a list of incidents."""

    NEWEST = "newest"
    TOLL = "toll"
    REPORTS = "reports"


_Incident = Annotated[
    str,
    typer.Argument(
        metavar="INCIDENT", show_default=False, help="An incident's id, or as much of its beginning as tells it."
    ),
]


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (incidents, incident, merge, apart, split, move):
        app.command()(command)


def incidents(  # noqa: PLR0913 - each is an option of the command line
    *,
    at: cli_opening.At = None,
    place: cli_opening.Place = None,
    box: cli_opening.Box = None,
    since: cli_opening.Since = None,
    until: cli_opening.Until = None,
    harm: cli_opening.Harm = None,
    party: cli_opening.Party = None,
    least: cli_opening.Least = None,
    contested: cli_opening.Contested = False,
    totals: Annotated[
        bool, typer.Option("--totals", help="Totals over a period, which belong to no single event, instead.")
    ] = False,
    sort: Annotated[Order, typer.Option(help="What comes first.")] = Order.NEWEST,
    limit: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, show_default=False, help="How many: 20 for people, all with --json."),
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="INCIDENT", help="Only those that come after this one, to page on.")
    ] = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """List the incidents of the ledger: which claims speak of one event.

    What was added since is put together first. Names of people harmed are in no list.

    \b
    Examples:
      sayso incidents
      sayso incidents --place dresk --since 2023-03-01 --contested
      sayso incidents --harm injured --least 50 --sort toll
      sayso incidents --box 36.5,47,38.5,49 --json > incidents.jsonl
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import incident_list
    from sayso.gathering.asking import find, listed
    from sayso.gathering.wanting import past, wanted

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        asked = wanted(
            place=place,
            box=box,
            since=since,
            until=until,
            harm=harm,
            party=party,
            least=least,
            contested=contested,
            totals=totals,
            sort=sort.value,
        )
        catch_up(ledger)
        if after is not None:
            with ledger.shelf() as shelf:
                asked = past(asked, find(shelf, after))
        if as_json:
            out.writelines(incident_list.line(one.incident, one.own_ids) + "\n" for one in listed(ledger, asked, limit))
            return
        size = 20 if limit is None else limit
        found = [one.incident for one in listed(ledger, asked, size + 1)]
        with ledger.shelf() as shelf:
            number = shelf.count(asked.scope)
        what = "total over a period" if totals else "incident"
        what = what if number == 1 else "totals over periods" if totals else "incidents"
        narrowed = contested or any(one is not None for one in (place, box, since, until, harm, party, least))
        whole = after is None and len(found) <= size
        fit = "" if not narrowed or not found else f", {len(found)} of which fit" if whole else ", of which these fit"
        out.write(f"{shown(ledger.name)}: {number:,} {what}{fit}\n\n")
        last = incident_list.write(found[:size], out)
        if not found:
            out.write("None fits what was asked for.\n" if number else "No report in it tells of any.\n")
        elif len(found) > size:
            out.write(f"\nMore of them: --after {last}\n")


def incident(
    name: _Incident,
    *,
    at: cli_opening.At = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Write its pictures to a file instead.")
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="Write sentences in place of drawings, for screen readers.")
    ] = False,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Show one incident: who said what when, in which words, why it is held to be one event, and what waits for you.

    The id of a claim will do as well.

    \b
    Examples:
      sayso incident i-3fa2c4
      sayso incident i-3fa2c4 --svg dresk.svg
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import incident_view
    from sayso.export.withheld import withheld
    from sayso.gathering.asking import dossier

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        catch_up(ledger)
        found = dossier(ledger, name)
        told = found.dossier if names else withheld(found.dossier)
        if svg is not None:
            with cli_opening.written(svg) as file:
                file.write(incident_view.svg(told).encode())
        elif as_json:
            out.write(_as_json(found, told) + "\n")
        else:
            incident_view.write(told, [(one.join, one.other) for one in found.proposals], out, as_list=as_list)


def merge(
    names: Annotated[
        list[str], typer.Argument(metavar="INCIDENT INCIDENT...", show_default=False, help="Ids of the incidents.")
    ],
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that incidents are one event; it holds whatever is read later.

    \b
    Example:
      sayso merge i-3fa2c4 i-77c1d0 --by "Ana Ruiz" --why "One strike; the second paper has the day wrong."
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.gathering import rulings
    from sayso.gathering.asking import find

    def decision(shelf: Shelf) -> Decision:
        return rulings.merge(shelf, [find(shelf, one) for one in names], cli_opening.author(by), cli_inputs.whole(why))

    _rule(at, decision, as_json=as_json)


def apart(
    one: _Incident,
    other: _Incident,
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that two incidents are two events: no to a proposal.

    \b
    Example:
      sayso apart i-3fa2c4 i-77c1d0 --by "Ana Ruiz" --why "Morning and evening of one day."
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.gathering import rulings
    from sayso.gathering.asking import find

    def decision(shelf: Shelf) -> Decision:
        return rulings.apart(shelf, find(shelf, one), find(shelf, other), cli_opening.author(by), cli_inputs.whole(why))

    _rule(at, decision, as_json=as_json)


def split(
    name: _Incident,
    claims: Annotated[
        list[str], typer.Argument(metavar="CLAIM...", show_default=False, help="Claims of it that are another event.")
    ],
    *,
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that some claims of an incident are an event of their own.

    \b
    Example:
      sayso split i-3fa2c4 c-0285de52 c-83ef9c76 --by "Ana Ruiz" --why "The bus was hit an hour later."
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.gathering import rulings
    from sayso.gathering.asking import claims_in, find

    def decision(shelf: Shelf) -> Decision:
        of = find(shelf, name)
        return rulings.split(shelf, of, claims_in(shelf, [of], claims), cli_opening.author(by), cli_inputs.whole(why))

    _rule(at, decision, as_json=as_json)


def move(
    claims: Annotated[
        list[str],
        typer.Argument(metavar="CLAIM...", show_default=False, help="Claims that stand in the wrong incident."),
    ],
    *,
    to: Annotated[str, typer.Option(metavar="INCIDENT", show_default=False, help="The incident they belong to.")],
    by: cli_opening.By = None,
    why: cli_opening.Why = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say that claims belong to another incident than the one they stand in.

    \b
    Example:
      sayso move c-0285de52 --to i-77c1d0 --by "Ana Ruiz" --why "It speaks of the barracks, not of the bakery."
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.gathering import rulings
    from sayso.gathering.asking import find, whole_claims

    def decision(shelf: Shelf) -> Decision:
        whole, origins = whole_claims(shelf, claims)
        target = find(shelf, to)
        return rulings.move(shelf, whole, target, origins, cli_opening.author(by), cli_inputs.whole(why))

    _rule(at, decision, as_json=as_json)


def _rule(at: str | None, decision: Callable[[Shelf], Decision], *, as_json: bool) -> None:
    """Write a decision down, put together anew what it touches, and say what came of it."""
    from sayso.gathering import deciding
    from sayso.gathering.asking import incident_of_claim
    from sayso.plain import to_plain

    with cli_opening.opened(at) as ledger:
        made = deciding.decide(ledger, decision, lambda: catch_up(ledger))
        catch_up(ledger)
        with ledger.shelf() as shelf:
            found = [incident_of_claim(shelf, claim) for claim in (*made.on, *_others(made))]
            now = [one for one in dict.fromkeys(found) if one is not None]
            lines = [_summary(name, content) for name, content in shelf.incidents(now).items()]
        if as_json:
            typer.echo(json.dumps({"ledger": ledger.name, "decision": to_plain(made), "incidents": now}))
            return
        for line in sorted(lines):
            typer.echo(line)
        typer.echo(f"Ledger: {shown(ledger.name)}, entry {made.id[:16]}")


def _others(made: Decision) -> Iterator[str]:
    others = made.set.get("from")
    if isinstance(others, list):
        yield from map(str, others)


def _summary(name: str, content: dict[str, object]) -> str:
    claims, reports = content["claims"], content["reports"]
    assert isinstance(claims, list)  # noqa: S101 - as the hall writes it
    assert isinstance(reports, list)  # noqa: S101 - likewise
    return f"{name}  {shown(str(content['name']))}: {_number(len(claims), 'claim')}, {_number(len(reports), 'report')}"


def _number(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _as_json(found: Found, told: Dossier) -> str:
    from sayso.export.dossier_json import record
    from sayso.export.jsonl import dumped
    from sayso.plain import to_plain

    waiting = [
        {"incident": one.other.id, "name": one.other.name, "join": to_plain(one.join)} for one in found.proposals
    ]
    return dumped({**record(told), "proposals": waiting})
