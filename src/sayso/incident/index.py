"""What the grouping asks of whatever keeps its stories, their keys, their joins, and incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Incident, Kept
    from sayso.incident.told import Story


class Index(Protocol):
    """What a grouping asks of whatever keeps its stories."""

    def put(
        self, story: Story, claims: Sequence[Kept], keys: frozenset[int], held: tuple[bytes, bytes] | None = None
    ) -> None:
        """Keep a story with its claims, and enter it under its keys.

        Args:
            story: The story.
            claims: Its claims.
            keys: Its keys.
            held: Story and claims as an index in memory keeps them, where somebody has done that work.
        """

    def drop(self, story: str) -> None:
        """Forget a story, with its keys and joins."""

    def story(self, story: str) -> Story:
        """Return a story by its id."""

    def claims(self, story: str) -> tuple[Kept, ...]:
        """Return the claims of a story."""

    def claim_ids(self, story: str) -> tuple[str, ...]:
        """Return the ids of the claims of a story, in the order of the text, without all that is kept of it."""

    def report_of(self, story: str) -> str:
        """Return the report that tells a story, without all that is kept of it."""

    def stories(self) -> Iterable[str]:
        """Return the ids of all stories."""

    def of_report(self, report: str) -> tuple[str, ...]:
        """Return the stories of a report."""

    def of_claim(self, claim: str) -> str | None:
        """Return the story of a claim, or None where it is in none."""

    def around(self, story: str) -> Iterable[tuple[list[str], list[str], int]]:
        """Yield the neighbours of a story under each key: those before it, those after it, and how far the key reaches.

        The nearest come first; a key that no other story has may be left out.
        """

    def are_near(self, a: str, b: str) -> bool:
        """Say whether two stories are neighbours under any key."""

    def join(self, a: str, b: str, score: float) -> None:
        """Keep that two stories may be one event."""

    def part(self, a: str, b: str) -> None:
        """Forget that two stories may be one event."""

    def joins(self, story: str) -> Mapping[str, float]:
        """Return the stories that one may be one event with, each with the score."""

    def holds(self, story: str) -> bool:
        """Say whether a story is kept."""

    def keep(self, incident: Incident, stories: Iterable[str]) -> None:
        """Keep an incident, with the stories that have claims in it, in the place of one of the same id."""

    def lose(self, incident: str) -> None:
        """Forget an incident; nothing happens where it is not known."""

    def stories_in(self, incident: str) -> tuple[str, ...]:
        """Return the stories that have claims in an incident, or had when it was kept; none where it is not known."""

    def known(self, incident: str) -> bool:
        """Say whether an incident is kept."""

    def incident(self, incident: str) -> Incident:
        """Return an incident by its id."""

    def incidents(self) -> list[Incident]:
        """Return all incidents, those of periods too, by id."""

    def incidents_of(self, story: str) -> tuple[str, ...]:
        """Return the ids of the incidents in which claims of a story stand."""

    def put_period(self, key: str, claim: Kept) -> None:
        """Keep a claim that counts over a period."""

    def drop_periods(self, report: str) -> tuple[str, ...]:
        """Forget a report's claims over periods, and return the keys under which they stood."""

    def period(self, key: str) -> tuple[Kept, ...]:
        """Return the claims of a period, by id."""

    def keep_period(self, key: str, incident: Incident) -> None:
        """Keep what is made of a period's claims."""

    def lose_period(self, key: str) -> tuple[str, ...]:
        """Forget what was made of a period's claims, and return its id."""
