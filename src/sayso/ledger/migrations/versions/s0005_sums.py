"""What is added up over all incidents: where and when they were, and how much each source says.

A step is never changed once it was released: databases out there were made by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_CONTESTED = 4545580036423815964
"""The term of contested incidents."""


def _number(name: str, *, key: bool = False, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, primary_key=key, autoincrement=False, nullable=not needed)


def _id(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, primary_key=key, nullable=False)


def upgrade() -> None:
    """Make the tables, fill them from what is there, and see to it that the sums stay those of the rows."""
    op.create_table(
        "source_sums",
        *(_number("source", key=True), *(_number(name) for name in ("incidents", *_SUMMED))),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident_marks",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("scope", "harm")),
        *(_number("spot", key=True), _id("day", key=True), _id("incident", key=True), _id("last_day")),
        *(_number("contested"), _number("most", needed=False)),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for statement in (_SOURCES, _MARKS, _MARKS_OF_HARMS):
        op.get_bind().exec_driver_sql(statement)
    op.create_index("ix_source_sums_claims", "source_sums", ["claims", "source"])
    by_day = ["scope", "harm", "day", "last_day", "contested", "most"]
    op.create_index("ix_incident_marks_day", "incident_marks", by_day)
    op.create_index("ix_incident_marks_incident", "incident_marks", ["incident", "harm"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


_SUMMED = ("claims", "revised", "contradicted")
_SOURCES = (
    "INSERT INTO source_sums (source, incidents, claims, revised, contradicted)"
    " SELECT source, count(*), sum(claims), sum(revised), sum(contradicted) FROM incident_sources GROUP BY source"
)
_SPOT = (
    "CASE WHEN lat IS NULL OR lon IS NULL THEN -1 ELSE"
    " CAST(round((lat + 90) * 100000) AS BIGINT) * 100000000 + CAST(round((lon + 180) * 100000) AS BIGINT) END"
)
_DISPUTED = (
    "CASE WHEN EXISTS (SELECT 1 FROM incident_terms"  # noqa: S608 - of constants
    f" WHERE term = {_CONTESTED} AND incident_terms.day = incidents.day"
    " AND incident_terms.incident = incidents.incident) THEN 1 ELSE 0 END"
)
_INTO = (
    "INSERT INTO incident_marks (scope, harm, spot, day, incident, last_day, contested, most)"  # noqa: S608 - likewise
    f" SELECT scope, HARM, {_SPOT}, day, incidents.incident, last_day, {_DISPUTED}, most FROM incidents"
)
_MARKS = (
    f"{_INTO.replace('HARM', chr(39) * 2)} LEFT JOIN incident_harms"
    " ON incident_harms.incident = incidents.incident AND harm = 'killed'"
)
_MARKS_OF_HARMS = f"{_INTO.replace('HARM', 'harm')} JOIN incident_harms ON incident_harms.incident = incidents.incident"

_MORE = (
    "INSERT INTO source_sums (source, incidents, claims, revised, contradicted)"
    " VALUES (NEW.source, 1, NEW.claims, NEW.revised, NEW.contradicted) ON CONFLICT (source) DO UPDATE SET"
    " incidents = source_sums.incidents + 1, claims = source_sums.claims + excluded.claims,"
    " revised = source_sums.revised + excluded.revised,"
    " contradicted = source_sums.contradicted + excluded.contradicted;"
)
_LESS = (
    "UPDATE source_sums SET incidents = incidents - 1, claims = claims - OLD.claims,"
    " revised = revised - OLD.revised, contradicted = contradicted - OLD.contradicted WHERE source = OLD.source;"
    " DELETE FROM source_sums WHERE source = OLD.source AND incidents = 0;"
)
_SQLITE = (
    f"CREATE TRIGGER source_speaks AFTER INSERT ON incident_sources BEGIN {_MORE} END",
    f"CREATE TRIGGER source_silent AFTER DELETE ON incident_sources BEGIN {_LESS} END",
)
_POSTGRESQL = (
    f"CREATE FUNCTION sayso_source_speaks() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {_MORE} RETURN NULL; END $$",
    f"CREATE FUNCTION sayso_source_silent() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {_LESS} RETURN NULL; END $$",
    "CREATE TRIGGER source_speaks AFTER INSERT ON incident_sources FOR EACH ROW EXECUTE FUNCTION sayso_source_speaks()",
    "CREATE TRIGGER source_silent AFTER DELETE ON incident_sources FOR EACH ROW EXECUTE FUNCTION sayso_source_silent()",
)
