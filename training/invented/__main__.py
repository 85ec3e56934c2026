"""``python -m training.invented --number 2000 --seed 5 > out.jsonl``."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from training.invented.report import invented


def main() -> None:
    """Write invented reports to standard output, one JSON object a line."""
    parser = argparse.ArgumentParser(prog="python -m training.invented", description=main.__doc__)
    parser.add_argument("--number", type=int, default=2000, help="how many reports")
    parser.add_argument("--seed", type=int, default=5, help="the same seed gives the same reports")
    parser.add_argument("--out", type=Path, help="write to this file instead")
    asked = parser.parse_args()
    with asked.out.open("w", encoding="utf-8") if asked.out else nullcontext(sys.stdout) as out:
        for report in invented(asked.number, asked.seed):
            out.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
