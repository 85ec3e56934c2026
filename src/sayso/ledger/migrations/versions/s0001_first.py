"""The first schema.

A step is never changed once it was released: databases out there were made by it. That is why the tables stand here
again and are not taken from ``tables.py``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _table(name: str, *columns: sa.schema.SchemaItem, rowid: bool = True) -> None:
    op.create_table(name, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def _number(name: str, *, key: bool = False, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, primary_key=key, autoincrement=False, nullable=not needed)


def _text(name: str, *, key: bool = False, needed: bool = True, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, primary_key=key, nullable=not needed, unique=unique or None)


def _entry(name: str = "number", *, key: bool = True) -> sa.Column[int]:
    return sa.Column(
        name, _NUMBER, sa.ForeignKey("entries.number"), primary_key=key, autoincrement=False, nullable=False
    )


def upgrade() -> None:
    """Make the tables, the search index, and the guards of what is never changed."""
    _table(
        "entries",
        *(_number("number", key=True), _text("id", unique=True), _text("kind"), _text("time"), _text("author")),
        *(_text("content_sha256"), _text("content", needed=False), _text("kept"), _text("link")),
    )
    _table(
        "blobs",
        *(_text("sha256", key=True), _number("size"), _text("packed_sha256"), sa.Column("packed", sa.LargeBinary)),
        rowid=False,
    )
    _table(
        "redacted",
        *(_text("target", key=True), _entry("redaction", key=False), _number("number", needed=False)),
        _text("reading", needed=False),
        rowid=False,
    )
    _table("pages", _entry(), _text("id", unique=True), _text("page"), _text("sha256"))
    _table(
        "reports",
        *(_entry(), _text("id", unique=True), _text("report"), _entry("page", key=False), _text("digest")),
        *(_text("heading"), _text("voice"), _number("since"), _number("until", needed=False)),
    )
    _table(
        "readings",
        *(_entry(), _text("id", unique=True), _text("report"), _text("reader"), _text("digest")),
        *(_number("since", needed=False), _number("until", needed=False)),
    )
    _table(
        "claims",
        *(_entry(), _text("claim"), _text("report"), _entry("text", key=False)),
        *(_number("since", needed=False), _number("until", needed=False)),
    )
    _table("successions", _entry("old"), _entry("new", key=False), _text("report"), _number("since"), _text("how"))
    _table(
        "rulings",
        *(_text("claim", key=True), _number("since", key=True), _number("until", needed=False), _text("report")),
        _text("ruling"),
        rowid=False,
    )
    _table(
        "unfitting",
        *(_text("decision", key=True), _number("since", key=True), _number("until", needed=False), _text("report")),
        *(_text("claim"), _text("reason")),
        rowid=False,
    )
    _table("decisions", _entry(), _text("id", unique=True), _text("kind"), _number("until", needed=False))
    _table(
        "decided",
        *(_entry(), _number("place", key=True), _text("target"), _text("report", needed=False)),
        rowid=False,
    )
    for table, column in _INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


_INDEXED = (
    ("redacted", "reading"),
    ("pages", "page"),
    ("pages", "sha256"),
    ("reports", "report"),
    ("reports", "page"),
    ("readings", "report"),
    ("claims", "claim"),
    ("claims", "report"),
    ("successions", "new"),
    ("successions", "report"),
    ("rulings", "report"),
    ("unfitting", "report"),
    ("decided", "target"),
    ("decided", "report"),
)

_KEPT_ENTRY = " AND ".join(
    f"NEW.{name} = OLD.{name}" for name in ("number", "id", "kind", "time", "author", "content_sha256", "kept", "link")
)
_KEPT_BLOB = "NEW.sha256 = OLD.sha256 AND NEW.size = OLD.size AND NEW.packed_sha256 = OLD.packed_sha256"
_MAY_GO = "EXISTS (SELECT 1 FROM redacted WHERE target = OLD.{key})"
_ENTRY_GOES = f"{_KEPT_ENTRY} AND NEW.content IS NULL AND {_MAY_GO.format(key='id')}"
_BLOB_GOES = f"{_KEPT_BLOB} AND NEW.packed IS NULL AND {_MAY_GO.format(key='sha256')}"
_REFUSED = "the ledger is only ever added to"

# What a redaction takes is named in its own entry, word for word: nothing else can be listed as taken.
_NAMED = "EXISTS (SELECT 1 FROM entries WHERE number = NEW.redaction AND kind = 'redaction' AND {found} > 0)"


def _sqlite_guard(name: str, act: str, table: str, when: str = "1", refused: str = _REFUSED) -> str:
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refused}'); END"


_NEXT = "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entries)"
_THERE = "EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"

_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none, tokenize='ascii')",
    _sqlite_guard("entries_kept", "UPDATE", "entries", f"NOT ({_ENTRY_GOES})"),
    _sqlite_guard("blobs_kept", "UPDATE", "blobs", f"NOT ({_BLOB_GOES})"),
    _sqlite_guard("redacted_kept", "UPDATE", "redacted"),
    *(_sqlite_guard(f"{table}_held", "DELETE", table) for table in ("entries", "blobs", "redacted")),
    # REPLACE would take a row away without any trigger for deleting being told.
    _sqlite_guard("entries_next", "INSERT", "entries", f"{_NEXT} OR {_THERE.format(table='entries', key='id')}"),
    _sqlite_guard("blobs_new", "INSERT", "blobs", _THERE.format(table="blobs", key="sha256")),
    _sqlite_guard("redacted_new", "INSERT", "redacted", _THERE.format(table="redacted", key="target")),
    _sqlite_guard(
        "redacted_named",
        "INSERT",
        "redacted",
        "NOT " + _NAMED.format(found="instr(content, '\"' || NEW.target || '\"')"),
        "no redaction names this",
    ),
    "PRAGMA application_id = 1400468847",
)

_GUARD = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {allowed} THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{refused}';
END $$"""


def _trigger(name: str, act: str, table: str, each: str, function: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"


_POSTGRESQL = (
    "CREATE TABLE search (number bigint PRIMARY KEY REFERENCES entries (number), words tsvector NOT NULL)",
    "CREATE INDEX ix_search_words ON search USING gin (words)",
    _GUARD.format(name="sayso_refuse", allowed="FALSE", refused=_REFUSED),
    _GUARD.format(name="sayso_keep_entry", allowed=_ENTRY_GOES, refused=_REFUSED),
    _GUARD.format(name="sayso_keep_blob", allowed=_BLOB_GOES, refused=_REFUSED),
    _GUARD.format(
        name="sayso_named",
        allowed=_NAMED.format(found="position('\"' || NEW.target || '\"' in content)"),
        refused="no redaction names this",
    ),
    _trigger("entries_kept", "UPDATE", "entries", "ROW", "sayso_keep_entry"),
    _trigger("blobs_kept", "UPDATE", "blobs", "ROW", "sayso_keep_blob"),
    _trigger("redacted_named", "INSERT", "redacted", "ROW", "sayso_named"),
    _trigger("redacted_kept", "UPDATE", "redacted", "ROW", "sayso_refuse"),
    *(
        _trigger(f"{table}_held", "DELETE OR TRUNCATE", table, "STATEMENT", "sayso_refuse")
        for table in ("entries", "blobs", "redacted")
    ),
)
