"""What the tests of this room share: inputs with all that goes wrong in real ones, read in parts without Ray."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.adding import Adding
from sayso.ledger import Ledger
from sayso.pages import files
from sayso.pages.ranges import Sizes
from sayso.problems import Problem
from sayso.scale.folder import Folder, How, Planned
from sayso.scale.loading import Loading
from sayso.scale.planning import look_up, merged, plan_file, plan_hosts
from sayso.scale.reading import Reader
from sayso.settings import Web
from tests.pages.test_read_warc import archive_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.scale.parts import Outcome

SMALL = Sizes(archive=900, lines=1500)
HOW = How.here(attributions=False)
TOWNS = ("Dresk", "Ostrel", "Lirna", "Tamrit", "Plovar", "Harlan Quay", "Vash", "Odrin", "Selm")
SPEAKERS = ("the district hospital", "a spokesman for the fire service", "two ferrymen", "the Border Monitor")


def record(number: int) -> str:
    """Return a report of its own as a line of JSON."""
    town, speaker = TOWNS[number % len(TOWNS)], SPEAKERS[number % len(SPEAKERS)]
    text = f"{number + 3} people were killed in {town} on Monday, {speaker} said."
    if number % 3 == 0:
        text += f" At least {number + 11} others were wounded, and the road to the harbour stayed shut."
    return json.dumps({"id": f"r{number}", "text": text, "published": "2023-03-15", "outlet": "The Harbour Review"})


def make_inputs(folder: Path, reports: int = 30) -> list[str]:
    """Write records with twins and broken ones among them, an archive that is broken in the middle, and more."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [record(number) for number in range(reports)]
    lines[9:9] = [lines[2], "no record", json.dumps({"id": "none", "text": "The council met."})]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    whole = archive_of(8).bytes
    middle = len(whole) // 2
    (folder / "b.warc.gz").write_bytes(whole[:middle] + b"damaged" + whole[middle + 40 :])
    (folder / "c.warc").write_bytes(archive_of(5, packed=False).bytes)
    (folder / "d.txt").write_text("Twelve people were killed in Lirna, the mayor said.", encoding="utf-8")
    (folder / "e.txt").write_text("", encoding="utf-8")
    return [str(folder / name) for name in ("a.jsonl", "b.warc.gz", "c.warc", "d.txt", "e.txt")]


def planned(folder: Folder, inputs: Sequence[str], sizes: Sizes = SMALL) -> list[Problem]:
    """Begin a folder and plan inputs into it."""
    folder.begin(HOW)
    found = look_up(inputs)
    cut = [plan_file(file, sizes) for file in found.files.values()]
    plans = [one for one in cut if isinstance(one, Planned)] + plan_hosts(found.addresses.values())
    folder.write_plan(merged(folder.plan(), plans))
    return found.problems + [one for one in cut if isinstance(one, Problem)]


def read(folder: Folder, web: Web | None = None) -> list[Outcome]:
    """Read what is not done."""
    return list(Reader(folder, HOW, web or Web()).read(folder.standing().unread))


def loaded(folder: Folder, ledger: Ledger) -> Loading:
    """Load what is done."""
    loading = Loading(folder, ledger)
    assert [one for one in loading.load(folder.standing(), all_there_are=True) if isinstance(one, Problem)] == []
    return loading


def added(url: str, inputs: Sequence[str]) -> None:
    """Add inputs to a new ledger with one process, as `sayso add` does."""
    with Ledger.create(url) as ledger:
        list(Adding(ledger, f"sayso {__version__}").add(files.pages(inputs)))


def entries(ledger: Ledger) -> list[str]:
    """Return the entries in their order, without times and without what is computed from them."""
    assert ledger.verify().problems == ()
    names: dict[str, str] = {}
    found = []
    for line in ledger.dump():
        entry = json.loads(line)
        written = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", json.dumps(entry.get("content", entry)))
        names[str(entry.get("id"))] = f"#{len(names)}"
        for identity in set(re.findall(r'"([0-9a-f]{64})"', written)) & names.keys():
            written = written.replace(f'"{identity}"', f'"{names[identity]}"')
        found.append(f"{entry.get('kind')} {written}")
    return found
