"""The stories on the shelf: what each holds, what it is found by, what it is joined with; and totals by period."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, bindparam, delete, func, insert, or_, select

from sayso.ledger import shelf_tables as shelf
from sayso.ledger import tables
from sayso.ledger.shelf_tables import packed, parts, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import BindParameter, Connection, Select, Table

Content = dict[str, Any]


def _next_to(*, before: bool) -> Select[tuple[int, str]]:
    """Return what asks for the stories next to a place under a key; made once, since it is asked for most of all."""
    table = shelf.story_keys
    day: BindParameter[int] = bindparam("day")
    most = bindparam("most", type_=Integer)
    published, story = table.c.published, table.c.story
    here = and_(table.c.key == bindparam("of_key"), published <= day if before else published >= day)
    if before:
        past = or_(published < day, and_(published == day, story < bindparam("id")))
        order = published.desc(), story.desc()
    else:
        past = or_(published > day, and_(published == day, story > bindparam("id")))
        order = published.asc(), story.asc()
    return select(published, story).where(here, past).order_by(*order).limit(most)


_NEXT = {before: _next_to(before=before) for before in (True, False)}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as it is kept.

    Attributes:
        story: Its id.
        report: The report it is of.
        place: Its place among the stories of its report.
        published: A number by which it is put in order under its keys, before its id.
        claims: Ids of its claims.
        keys: Numbers under which it is found, 64 bits with a sign.
        content: What it holds; None where that was redacted.
    """

    story: str
    report: str
    place: int
    published: int
    claims: tuple[str, ...]
    keys: tuple[int, ...]
    content: Content | None


class Stories:
    """Stories on the shelf, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories(self, ids: Sequence[str]) -> dict[str, StoryRow]:
        """Return stories by id."""
        return {row.story: row for part in parts(ids) for row in self._stories(shelf.stories.c.story.in_(part))}

    def stories_of_reports(self, reports: Sequence[str]) -> dict[str, list[StoryRow]]:
        """Return by report its stories in their order."""
        found: dict[str, list[StoryRow]] = {report: [] for report in reports}
        for part in parts(reports):
            for row in sorted(self._stories(shelf.stories.c.report.in_(part)), key=lambda row: row.place):
                found[row.report].append(row)
        return found

    def stories_told_in(self, reports: Sequence[str]) -> list[str]:
        """Return the ids of the stories that some reports tell."""
        table = shelf.stories
        of = select(table.c.story).where
        found = (self._connection.scalars(of(table.c.report.in_(part))) for part in parts(reports))
        return [story for some in found for story in some]

    def _stories(self, within: Any) -> Iterator[StoryRow]:  # noqa: ANN401 - a condition
        rows = self._connection.execute(select(shelf.stories).where(within)).all()
        claims: dict[str, list[str]] = {row.story: [] for row in rows}
        table = shelf.story_claims
        hollow = [row.story for row in rows if row.content is None]
        if hollow:
            for row in self._connection.execute(select(table).where(table.c.story.in_(hollow))):
                claims[row.story].append(row.claim)
        for row in rows:
            content = None if row.content is None else unpacked(row.content)
            keys = array("q", row.keys)
            ids = tuple(content["claims"] if content else sorted(claims[row.story]))
            yield StoryRow(row.story, row.report, row.place, row.published, ids, tuple(keys), content)

    def story_ids(self) -> list[str]:
        """Return the ids of all stories, in order."""
        return list(self._connection.scalars(select(shelf.stories.c.story).order_by(shelf.stories.c.story)))

    def story_of_claim(self, claim: str) -> str | None:
        """Return the story that a claim is in."""
        table = shelf.story_claims
        return self._connection.scalar(select(table.c.story).where(table.c.claim == claim))

    def claims_beginning(self, prefix: str, limit: int) -> list[str]:
        """Return ids of claims of stories that begin so."""
        column = shelf.story_claims.c.claim
        within = select(column).where(column >= prefix, column < prefix + "\x7f").order_by(column)
        return list(self._connection.scalars(within.limit(limit)))

    def under(self, keys: Sequence[int]) -> dict[int, int]:
        """Return how many stories stand under keys; those with none are left out."""
        table = shelf.story_keys
        found: dict[int, int] = {}
        for part in parts(keys):
            query = select(table.c.key, func.count()).where(table.c.key.in_(part)).group_by(table.c.key)
            found.update((row[0], row[1]) for row in self._connection.execute(query))
        return found

    def all_under(self, keys: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Yield key, order and id of all stories under some keys, in order."""
        table = shelf.story_keys
        for part in parts(keys):
            query = select(table).where(table.c.key.in_(part)).order_by(table.c.key, table.c.published, table.c.story)
            yield from ((row.key, row.published, row.story) for row in self._connection.execute(query))

    def beside(self, key: int, at: tuple[int, str], limit: int, *, before: bool) -> list[tuple[int, str]]:
        """Return the stories next to a place under a key, the nearest first; what stands at the place is left out."""
        asked = {"of_key": key, "day": at[0], "id": at[1], "most": limit}
        rows = self._connection.execute(_NEXT[before], asked)
        return [(row.published, row.story) for row in rows]

    def put_stories(self, rows: Iterable[StoryRow]) -> None:
        """Put stories on the shelf that are not there."""
        rows = list(rows)
        self._insert(
            shelf.stories,
            [
                {
                    "story": row.story,
                    "report": row.report,
                    "place": row.place,
                    "published": row.published,
                    "keys": array("q", row.keys).tobytes(),
                    "content": None if row.content is None else packed(row.content),
                }
                for row in rows
            ],
        )
        self._insert(shelf.story_claims, [{"claim": claim, "story": row.story} for row in rows for claim in row.claims])
        entered = [{"key": key, "published": row.published, "story": row.story} for row in rows for key in row.keys]
        # In the order of the table, so that a large one is written page by page.
        self._insert(shelf.story_keys, sorted(entered, key=lambda one: (one["key"], one["published"], one["story"])))

    def drop_stories(self, rows: Iterable[StoryRow]) -> None:
        """Take stories off the shelf, with their claims, keys and joins."""
        rows = list(rows)
        for part in parts([row.story for row in rows]):
            self._connection.execute(delete(shelf.stories).where(shelf.stories.c.story.in_(part)))
            self._connection.execute(delete(shelf.story_joins).where(shelf.story_joins.c.story.in_(part)))
        for claims in parts([claim for row in rows for claim in row.claims]):
            self._connection.execute(delete(shelf.story_claims).where(shelf.story_claims.c.claim.in_(claims)))
        table = shelf.story_keys
        for row in rows:
            for keys in parts(row.keys):
                place = (table.c.published == row.published, table.c.story == row.story)
                self._connection.execute(delete(table).where(table.c.key.in_(keys), *place))

    def joins(self, stories: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return by story what it is joined with, and each join's score."""
        table = shelf.story_joins
        found: dict[str, dict[str, float]] = {story: {} for story in stories}
        for part in parts(stories):
            for row in self._connection.execute(select(table).where(table.c.story.in_(part))):
                found[row.story][row.other] = row.score
        return found

    def set_joins(self, scores: Mapping[tuple[str, str], float | None]) -> None:
        """Put joins on the shelf in the place of those that are there; a score of None takes one off."""
        table = shelf.story_joins
        by_story: dict[str, list[str]] = {}
        for story, other in scores:
            by_story.setdefault(story, []).append(other)
        for story, others in by_story.items():
            for part in parts(others):
                self._connection.execute(delete(table).where(table.c.story == story, table.c.other.in_(part)))
        rows = [{"story": a, "other": b, "score": score} for (a, b), score in scores.items() if score is not None]
        self._insert(table, rows)

    # ── totals over a period ─────────────────────────────────────────────────────────────────────────────────────

    def period(self, key: int) -> dict[str, tuple[str, Content | None]]:
        """Return by claim the report and the content of what stands under a period's key."""
        table = shelf.period_claims
        rows = self._connection.execute(select(table).where(table.c.key == key))
        return {row.claim: (row.report, None if row.content is None else unpacked(row.content)) for row in rows}

    def periods_of_report(self, report: str) -> list[int]:
        """Return the keys of the periods that a report has claims under."""
        table = shelf.period_claims
        return sorted(self._connection.scalars(select(table.c.key).where(table.c.report == report).distinct()))

    def periods_of_claim(self, claim: str) -> list[int]:
        """Return the keys of the periods that a claim stands under."""
        table = shelf.period_claims
        # By way of its report: under no index do claims of periods stand by themselves.
        reports = select(tables.claims.c.report).where(tables.claims.c.claim == claim)
        found = select(table.c.key).where(table.c.report.in_(reports), table.c.claim == claim)
        return sorted(self._connection.scalars(found))

    def drop_totals(self, totals: Iterable[tuple[int, str]]) -> None:
        """Take claims from under keys of periods, each given as its key and the claim."""
        table = shelf.period_claims
        claims: dict[int, list[str]] = {}
        for key, claim in totals:
            claims.setdefault(key, []).append(claim)
        for key, of_key in claims.items():
            for part in parts(of_key):
                self._connection.execute(delete(table).where(table.c.key == key, table.c.claim.in_(part)))

    def put_totals(self, totals: Mapping[tuple[int, str], tuple[str, Content]]) -> None:
        """Put claims under keys of periods, in the place of those that are there; each with its report."""
        self.drop_totals(totals)
        rows = [
            {"key": key, "claim": claim, "report": report, "content": packed(content)}
            for (key, claim), (report, content) in totals.items()
        ]
        self._insert(shelf.period_claims, rows)

    def _insert(self, table: Table, rows: list[Content]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)
