"""A reader that reads otherwise has another name, so that ledgers know what to read again."""

from __future__ import annotations

import json

from tests.claim.reading_name import PIN, found


def test_what_is_read_changes_only_with_the_name_of_the_reader() -> None:
    pinned, now = json.loads(PIN.read_text(encoding="utf-8")), found()
    if now["reads"] != pinned["reads"]:
        assert now["reader"] != pinned["reader"], (
            "claims are read otherwise than before: raise the number in `Rules.name` (or the model's name), "
            "then run `python -m tests.claim.reading_name`"
        )
    assert now == pinned, "run `python -m tests.claim.reading_name`"
