"""Which sources speak in which incidents.

A step is never changed once it was released: databases out there were made by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, primary_key=key, autoincrement=False, nullable=False)


def _id(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, primary_key=key, nullable=False)


def upgrade() -> None:
    """Make the table, and let incidents be put together anew, which fills it."""
    op.create_table(
        "incident_sources",
        *(_number("source", key=True), _id("day", key=True), _id("incident", key=True)),
        *(_number("claims"), _number("revised"), _number("contradicted"), _id("claim")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_sources_incident", "incident_sources", ["incident"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    op.execute("DELETE FROM gathered")


# Likewise gone with what a redaction takes: a hash of words is gone as well as the words.
_EMPTIED = (
    "DELETE FROM incident_sources WHERE incident IN (SELECT incident FROM incident_stories WHERE story IN ("
    "SELECT story FROM stories WHERE report = NEW.target"
    " UNION SELECT story FROM story_claims WHERE claim = NEW.target)"
    " UNION SELECT incident FROM incidents WHERE period IN"
    " (SELECT key FROM period_claims WHERE report = NEW.target OR claim = NEW.target));"
)
_AFTER = "CREATE TRIGGER redacted_sources AFTER INSERT ON redacted"
_SQLITE = (f"{_AFTER} BEGIN {_EMPTIED} END",)
_BODY = f"$$BEGIN {_EMPTIED} RETURN NEW; END $$"
_POSTGRESQL = (
    f"CREATE FUNCTION sayso_redacted_sources() RETURNS trigger LANGUAGE plpgsql AS {_BODY}",
    f"{_AFTER} FOR EACH ROW EXECUTE FUNCTION sayso_redacted_sources()",
)
