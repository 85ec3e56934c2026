"""Puts the actors and what the words say of the victims to the claims of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.events import Victims
from sayso.incident.actors import Context
from sayso.incident.victims import victims_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Actor, Kept
    from sayso.incident.actors import Actors
    from sayso.records import Claim

_MOST_NAMES = 200
"""Names and sentences of a report that are looked at for full names; a roll of losses has thousands."""


def with_actors(claims: Sequence[Kept], actors: Actors, names: Iterable[str] = ()) -> tuple[Kept, ...]:
    """Return the claims of one report with their actors and victims filled in.

    What a claim already has stays: a person may have ruled on it. Where a report is a body's own statement, as its
    outlet tells, what it says in its own voice is said by that body.

    Args:
        claims: The claims of one report, all of them, since one names in full what another shortens.
        actors: Who is meant by a name.
        names: Further words for sources in the same report, such as those of attributions that hold no claim.
    """
    known, sentences = _told(claims, names)
    return tuple(_filled(one, actors, known, sentences) for one in claims)


def why_source(one: Kept, claims: Sequence[Kept], actors: Actors) -> str:
    """Return why the source of a claim is taken for whom it is, or for nobody, as a sentence.

    Args:
        one: The claim.
        claims: The claims of its report.
        actors: Who is meant by a name.
    """
    if one.claim.source:
        return actors.resolve(one.claim.source, Context(one.claim.country, *_told(claims))).reason
    if _publisher(one, actors) is not None:
        return f"The report is {one.report.outlet}'s own statement."
    return "The report says so in its own voice."


def _told(claims: Sequence[Kept], names: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names and the sentences that a report has."""
    said = [name for one in claims for name in (one.claim.source, *one.claim.via, one.claim.perpetrator) if name]
    outlets = [one.report.outlet for one in claims if one.report.outlet]
    texts = [text for one in claims for text in (one.report.title, one.sentence) if text]
    return tuple(dict.fromkeys([*said, *names, *outlets]))[:_MOST_NAMES], tuple(dict.fromkeys(texts))[:_MOST_NAMES]


def _filled(kept: Kept, actors: Actors, names: tuple[str, ...], sentences: tuple[str, ...]) -> Kept:
    claim = kept.claim
    speaking = Context(claim.country, names, sentences)
    doing = Context(claim.country, names, sentences, "perpetrator")
    source = actors.resolve(claim.source, speaking).actor if claim.source else _publisher(kept, actors)
    return replace(
        kept,
        source=kept.source or source,
        via=tuple(
            one or actors.resolve(name, speaking).actor
            for one, name in zip(_as_many(kept.via, claim), claim.via, strict=True)
        ),
        perpetrator=kept.perpetrator or (actors.resolve(claim.perpetrator, doing).actor if claim.perpetrator else None),
        victims=victims_of(claim, actors, doing) if kept.victims == Victims() else kept.victims,
    )


def _publisher(kept: Kept, actors: Actors) -> Actor | None:
    """Return the body whose own statement a report is; an outlet that reports on others is none."""
    if not kept.report.outlet:
        return None
    found = actors.resolve(kept.report.outlet).actor
    return found if found is not None and found.body and found.kind != "media" else None


def _as_many(via: tuple[Actor | None, ...], claim: Claim) -> tuple[Actor | None, ...]:
    return via if len(via) == len(claim.via) else (None,) * len(claim.via)
