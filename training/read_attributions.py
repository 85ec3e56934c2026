"""Write the model's attributions of PolNeAR's held-out part, for ``python -m bench attributions --pred``.

``python -m training.read_attributions --polnear FOLDER --model FOLDER > pred.jsonl``
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench import sets
from bench.heldout import held_out
from sayso.claim.linking import Read, Settings, characters, triples
from sayso.claim.sentences import split
from sayso.encoder import Encoder


def main() -> None:
    """Read the command line and print a JSON line for each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    encoder = Encoder(options.model)
    settings = Settings(**json.loads((options.model / "model.json").read_text(encoding="utf-8"))["linking"])
    kept_apart = held_out("polnear")
    for item in sets.attribution_set(options.polnear).items:
        if item.report.id in kept_apart:
            text = item.report.text
            encoded = encoder.encode(text, [(s.span.start, s.span.end) for s in split(text)])
            windows = [Read(w.cut, w.outputs["tags"], w.outputs["links"]) for w in encoded.windows]
            said = [
                {role: characters(encoded.pieces, getattr(one, role)) for role in ("source", "cue", "content")}
                for one in triples(windows, settings)
            ]
            print(json.dumps({"report": {"id": item.report.id}, "claims": [], "attributions": said}))


if __name__ == "__main__":
    main()
