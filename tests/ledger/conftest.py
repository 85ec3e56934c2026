"""A ledger of each test's own, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.ledger import Ledger
from tests.ledger.invented import ticking

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """Return an empty ledger, once on SQLite and once on PostgreSQL."""
    with Ledger.create(ledger_url, clock=ticking()) as made:
        yield made
