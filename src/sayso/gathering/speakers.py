"""Who speaks in an incident: sources as keys that the shelf can keep, and found again by a body's id or by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.export import ladder
from sayso.gathering import stored
from sayso.ledger.shelf_incidents import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Incident, Kept
    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_sources import Heard


def source_of(kept: Kept) -> int:
    """Return what stands for the source of a claim: a body, else the words for it, else its report's own voice.

    Words tell a kind of source and no more ("doctors"), so those of two reports need not be the same people; they are
    found together all the same, as they are written alike.
    """
    if kept.source and kept.source.body:
        return source_of_body(kept.source.id)
    return source_of_words(ladder.speaker(kept))


def source_of_body(actor: str) -> int:
    """Return what stands for a body, by its id."""
    return stored.number_of(f"a:{actor}")


def source_of_words(words: str) -> int:
    """Return what stands for a source that is no known body, by the words for it.

    >>> source_of_words("The doctors") == source_of_words("doctors")
    True
    """
    return stored.number_of(f"w:{words.casefold().removeprefix('the ')}")


def example(shelf: Shelf, heard: Heard) -> Kept | None:
    """Return one claim of a source, which tells who it is; None where it was taken out in the meantime."""
    period = shelf.period_of(heard.incident)
    if period is not None:
        content = shelf.period(period).get(heard.claim, ("", None))[1]
        return stored.kept_in(content) if content else None
    story = shelf.story_of_claim(heard.claim)
    contents = [row.content for row in shelf.stories([story]).values()] if story else []
    found = [one for content in contents if content for one in content["kept"] if one["claim"]["id"] == heard.claim]
    return stored.kept_in(found[0]) if found else None


def source_rows(incident: Incident, claims: Iterable[Kept]) -> Iterator[SourceRow]:
    """Yield what each source says in an incident.

    Args:
        incident: The incident.
        claims: Claims, among which are those of the incident.
    """
    own = set(incident.claims)
    by_claim = {kept.claim.id: source_of(kept) for kept in claims if kept.claim.id in own}
    revised = {one.other for one in incident.relations if one.kind == "supersedes"}
    contradicted = {
        claim
        for one in incident.relations
        if one.kind == "contradicts" and by_claim.get(one.claim) != by_claim.get(one.other)
        for claim in (one.claim, one.other)
    }
    by_source: dict[int, list[str]] = {}
    for claim, source in sorted(by_claim.items()):
        by_source.setdefault(source, []).append(claim)
    for source, said in sorted(by_source.items()):
        yield SourceRow(
            source, len(said), len(revised.intersection(said)), len(contradicted.intersection(said)), said[0]
        )
