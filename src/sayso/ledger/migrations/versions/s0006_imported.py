"""Which reports in the inbox are records that were imported.

A step is never changed once it was released: databases out there were made by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_IMPORTED = (
    "UPDATE inbox SET imported = 1 WHERE report IN (SELECT readings.report FROM readings"
    " JOIN entries ON entries.number = readings.number WHERE readings.since IS NOT NULL AND readings.until IS NULL"
    ' AND entries.content LIKE \'%"program":"sayso import %\')'
)


def upgrade() -> None:
    """Make the column, and fill it from what is there."""
    op.add_column("inbox", sa.Column("imported", _NUMBER, nullable=False, server_default="0"))
    op.get_bind().execute(sa.text(_IMPORTED))
    op.create_index("ix_inbox_imported", "inbox", ["imported", "number"])
