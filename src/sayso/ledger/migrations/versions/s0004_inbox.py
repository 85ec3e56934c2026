"""What waits for people, by report.

A step is never changed once it was released: databases out there were made by it.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_DOUBTFUL = 0.7
_AT_ONCE = 200
_HELD = "SELECT number, report, heading FROM reports WHERE until IS NULL AND number > :last ORDER BY number LIMIT :most"
_CLAIMS = (
    "SELECT claims.claim, entries.kind, entries.content FROM claims JOIN entries ON entries.number = claims.number"
    " WHERE claims.report = :report AND claims.since IS NOT NULL AND claims.until IS NULL"
)
_RULINGS = "SELECT claim, ruling FROM rulings WHERE report = :report AND until IS NULL"


def upgrade() -> None:
    """Make the table, and fill it from what is there."""
    columns = [sa.Column(name, _NUMBER, nullable=False) for name in ("claims", "waiting", "doubtful")]
    made = op.create_table(
        "inbox",
        sa.Column("report", _ID, primary_key=True),
        sa.Column("number", _NUMBER, sa.ForeignKey("entries.number"), nullable=False),
        *(sa.Column(name, _ID, nullable=False) for name in ("outlet", "language", "day", "places")),
        *columns,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_number", "inbox", ["number"])
    connection, last = op.get_bind(), 0
    while True:
        rows = connection.execute(sa.text(_HELD), {"last": last, "most": _AT_ONCE}).all()
        if not rows:
            return
        connection.execute(made.insert(), [_row(connection, row) for row in rows])
        last = rows[-1].number


def _row(connection: sa.Connection, row: sa.Row[tuple[int, str, str]]) -> dict[str, object]:
    about = {"report": row.report}
    rulings = {one.claim: json.loads(one.ruling) for one in connection.execute(sa.text(_RULINGS), about)}
    count = waiting = doubtful = 0
    places: set[str] = set()
    for one in connection.execute(sa.text(_CLAIMS), about):
        content = json.loads(one.content)
        claim = content["set"] if one.kind == "decision" else content["claim"]
        match = claim.get("place_match") or {}
        named = (claim.get("place"), match.get("name"), match.get("town"), match.get("region"), claim.get("country"))
        places.update(name.casefold() for name in named if name)
        ruling = rulings.get(one.claim)
        set_to = [each.get("place") for each in ruling["sets"]] if ruling else []
        places.update(name.casefold() for name in set_to if name)
        sure = claim.get("confidence")
        count += 1
        waiting += ruling is None
        doubtful += ruling is None and sure is not None and sure < _DOUBTFUL
    heading = json.loads(row.heading)
    return {
        "report": row.report,
        "number": row.number,
        "outlet": json.dumps((heading["outlet"] or "").casefold()),
        "language": json.dumps(heading["language"] or ""),
        "day": json.dumps((heading["published"] or "")[:10]),
        "places": json.dumps(sorted(places), separators=(",", ":")),
        "claims": count,
        "waiting": waiting,
        "doubtful": doubtful,
    }
