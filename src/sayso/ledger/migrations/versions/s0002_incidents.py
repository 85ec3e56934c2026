"""Incidents, and what they are put together from.

A step is never changed once it was released: databases out there were made by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_REAL: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _table(name: str, *columns: sa.schema.SchemaItem, rowid: bool = True) -> None:
    op.create_table(name, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def _number(name: str, *, key: bool = False, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, primary_key=key, autoincrement=False, nullable=not needed)


def _id(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, primary_key=key, nullable=False)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _bytes(name: str, *, needed: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=not needed)


def _real(name: str, *, needed: bool = False) -> sa.Column[float]:
    return sa.Column(name, _REAL, nullable=not needed)


def upgrade() -> None:
    """Make the tables, and see to it that a redaction empties what was worked out from what it takes."""
    _table(
        "gathered",
        *(_number("row", key=True), _number("upto"), _number("turn"), _text("made_by"), _bytes("ruled", needed=True)),
    )
    _table(
        "stories",
        *(_id("story", key=True), _id("report"), _number("place"), _number("published")),
        *(_bytes("keys", needed=True), _bytes("content")),
    )
    _table("story_claims", _id("claim", key=True), _id("story"), rowid=False)
    _table("story_keys", _number("key", key=True), _number("published", key=True), _id("story", key=True), rowid=False)
    _table("story_joins", _id("story", key=True), _id("other", key=True), _real("score", needed=True), rowid=False)
    _table("period_claims", _number("key", key=True), _id("claim", key=True), _id("report"), _bytes("content"))
    _table("report_voices", _id("report", key=True), _id("text"), _id("voice"), rowid=False)
    _table("text_bands", _number("band", key=True), _id("text", key=True), rowid=False)
    _table(
        "incidents",
        *(_id("incident", key=True), _text("scope"), _number("period", needed=False), _id("day"), _id("last_day")),
        *(_real("lat"), _real("lon"), _number("reports")),
    )
    _table("incident_contents", _id("incident", key=True), _bytes("content"))
    _table("incident_stories", _id("story", key=True), _id("incident", key=True), rowid=False)
    _table("incident_terms", _number("term", key=True), _id("day", key=True), _id("incident", key=True), rowid=False)
    _table("incident_harms", _text("harm", key=True), _number("most", key=True), _id("incident", key=True), rowid=False)
    for name, table, *columns in _INDEXES:
        op.create_index(name, table, columns)
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


_INDEXES = (
    ("ix_stories_report", "stories", "report"),
    ("ix_period_claims_report", "period_claims", "report"),
    ("ix_report_voices_text", "report_voices", "text"),
    ("ix_report_voices_voice", "report_voices", "voice"),
    ("ix_text_bands_text", "text_bands", "text"),
    ("ix_incidents_newest", "incidents", "scope", "day", "incident", "last_day"),
    ("ix_incidents_most_reports", "incidents", "scope", "reports", "incident"),
    ("ix_incidents_period", "incidents", "period"),
    ("ix_incident_stories_incident", "incident_stories", "incident"),
    ("ix_incident_terms_incident", "incident_terms", "incident"),
    ("ix_incident_harms_incident", "incident_harms", "incident"),
)

# What a redaction takes is emptied here in the same statement, and made again from what is left later.
_EMPTIED = (
    (
        "DELETE FROM incident_terms WHERE incident IN (MADE);"
        " UPDATE incident_contents SET content = NULL WHERE incident IN (MADE);"
        " UPDATE stories SET content = NULL WHERE story IN (TOLD);"
        " UPDATE period_claims SET content = NULL WHERE report = NEW.target OR claim = NEW.target;"
    )
    .replace(
        "MADE",
        "SELECT incident FROM incident_stories WHERE story IN (TOLD)"
        " UNION SELECT incident FROM incidents WHERE period IN"
        " (SELECT key FROM period_claims WHERE report = NEW.target OR claim = NEW.target)",
    )
    .replace(
        "TOLD",
        "SELECT story FROM stories WHERE report = NEW.target"
        " UNION SELECT story FROM story_claims WHERE claim = NEW.target",
    )
)
_AFTER = "CREATE TRIGGER redacted_gathered AFTER INSERT ON redacted"
_SQLITE = (f"{_AFTER} BEGIN {_EMPTIED} END",)
_BODY = f"$$BEGIN {_EMPTIED} RETURN NEW; END $$"
_POSTGRESQL = (
    f"CREATE FUNCTION sayso_redacted_gathered() RETURNS trigger LANGUAGE plpgsql AS {_BODY}",
    f"{_AFTER} FOR EACH ROW EXECUTE FUNCTION sayso_redacted_gathered()",
)
