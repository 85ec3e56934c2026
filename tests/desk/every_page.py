"""Addresses under every route of the desk that answers a GET, for what must hold on all pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.desk.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi.testclient import TestClient

    from sayso.desk.desk import Desk

ALONE = frozenset({"/history", "/verify"})
"""Routes that a test asks for by itself, since they tell of all that was written."""


def addresses(
    desk: Desk, report: str, claims: Sequence[str], incidents: Sequence[str], coding: int
) -> dict[str, list[str]]:
    """Return by path of a route the addresses under it that are looked at.

    Args:
        desk: The desk.
        report: A report.
        claims: Its claims.
        incidents: Incidents, the first of which the report speaks of.
        coding: Work in which the report was given out.
    """
    at, work, asked = (
        f"/report/{report}",
        f"/coding/{coding}",
        ("", "?contested=true", "?harm=killed&least=9000", "?totals=true"),
    )
    rows = client_of(desk, "reader", "Ana Ruiz").get("/sources.json").json()["rows"]
    return {
        "/inbox": [f"/inbox{query}" for query in ("", "?only=waiting", "?only=doubtful", "?place=a", "?of=all")],
        "/inbox/readings": ["/inbox/readings"],
        "/inbox/new": ["/inbox/new"],
        "/report/{report}": [at],
        "/report/{report}/claim/{claim}": [f"{at}/claim/{name}" for name in claims],
        "/report/{report}/claim/{claim}/correct": [f"{at}/claim/{claims[0]}/correct"],
        "/report/{report}/add": [f"{at}/add"],
        "/report/{report}/original": [f"{at}/original"],
        "/report/{report}/original/{number}.png": [f"{at}/original/1.png"],
        "/incidents": [f"/incidents{query}" for query in (*asked, "?sort=toll", "?sort=reports")],
        "/incidents/overview": [f"/incidents/overview{query}" for query in asked],
        "/incidents/behind": ["/incidents/behind"],
        "/incident/{incident}": [f"/incident/{name}" for name in (*incidents, claims[1])],
        "/incident/{incident}/export": [f"/incident/{incidents[0]}/export?format=jsonl"],
        "/export": ["/export?format=csv", "/export?format=prov", "/export?format=incidents-csv&harm=killed"],
        "/sources": ["/sources", "/sources?name=police"],
        "/source/{name:path}": [row["href"] for row in rows],
        "/compare": ["/compare", "/compare?by=sides&theirs=Reuters"],
        "/coding": ["/coding"],
        "/coding/{number}": [work],
        "/coding/{number}/report/{report}": [f"{work}/report/{report}"],
        "/coding/{number}/agreement": [f"{work}/agreement"],
        "/coding/{number}/judge/{report}": [f"{work}/judge/{report}"],
        "/accounts": ["/accounts"],
        "/me": ["/me"],
    }


def seen(client: TestClient, asked: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return what a person is shown, page and twin, without what is another each time."""
    found = {}
    for address in asked:
        path, _, query = address.partition("?")
        twin = f"{path}.json{'?' * bool(query)}{query}"
        for one in (address, twin):
            answer = client.get(one, headers={"accept": "text/html" if one == address else "application/json"})
            assert answer.status_code < 500
            text = re.sub(r'[0-9a-f]{128}|(?<="seen":")[^"]*|(?<=name="seen" value=")[^"]*', "", answer.text)
            found[one] = answer.status_code, text
    return found
