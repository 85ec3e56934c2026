"""The user's own list of actors, as it is edited at the desk: what is said of a body is added to the file's end.

The rest of the file stays as it is, comments included; of two entries of one id the later one holds.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.incident.actor_list import fingerprint, read_actors
from sayso.problems import UsageError
from sayso.settings import load

if TYPE_CHECKING:
    from sayso.incident.actor_list import Listed

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class OwnList:
    """The list that edits are written to.

    Attributes:
        file: The last of the lists that the settings name.
        stamp: What stands for the lists as they are; another one once somebody changed them.
    """

    file: Path
    stamp: str


def own_list() -> OwnList | None:
    """Return the list that edits are written to, or None where the settings name none."""
    files = load()[0].actors.files
    return OwnList(Path(files[-1]), fingerprint(files)) if files else None


def listed(actor: str) -> Listed | None:
    """Return a body as the lists have it, the user's and the shipped one; None where they do not have it."""
    return read_actors(Path(file) for file in load()[0].actors.files)[0].actors.get(actor)


def write(entry: Listed, seen: str, note: str) -> bool:
    """Add an entry to the user's list, or leave the list as it is.

    Args:
        entry: The body.
        seen: What stood for the lists as the person saw them.
        note: Who says so and when, on one line; it stands above the entry.

    Returns:
        False where somebody changed the lists in the meantime, and nothing was written.

    Raises:
        UsageError: There is no list to write to, it cannot be written, or the entry would not be taken.
    """
    with _LOCK:
        there = own_list()
        if there is None:
            raise UsageError("No list of your own is named in sayso.toml, so there is none to write to.")
        if there.stamp != seen:
            return False
        try:
            before = there.file.read_text(encoding="utf-8-sig") if there.file.exists() else ""
        except (OSError, ValueError) as error:
            raise UsageError(f"The list {there.file} cannot be read: {error}.") from None
        _replace(there.file, f"{before.rstrip()}\n\n{_block(entry, note)}".lstrip(), entry)
        return True


def _replace(file: Path, text: str, entry: Listed) -> None:
    """Put a text in the place of a file in one step, once it was read as a list and the entry was found in it."""
    draft: Path | None = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, suffix=".part", delete=False) as out:
            draft = Path(out.name)
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        made, problems = read_actors([draft])
        if made.actors.get(entry.actor.id) != entry:
            why = problems[0].what if problems else "it is not found in it again."
            raise UsageError(f"The entry cannot be added to {file}: {why}")
        if file.exists():
            draft.chmod(file.stat().st_mode & 0o777)
        draft.replace(file)
    except OSError as error:
        raise UsageError(f"The list {file} cannot be written: {error.strerror}.") from None
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _block(entry: Listed, note: str) -> str:
    actor = entry.actor
    stated = {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "side": actor.side,
        "country": actor.country,
        "aliases": list(actor.aliases),
        "short": list(entry.short),
        "speakers": list(entry.speakers),
    }
    # A string of JSON is one of TOML, and so is a list of them.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in stated.items() if value]
    return "\n".join(("[[actor]]", f"# {note}", *lines, ""))
