"""``web-annotation``: one annotation a claim after the W3C's model, on one page of annotations in JSON-LD.

Positions count Unicode code points of the report's text, which is what the model asks for and what sayso counts, so
they need no change; a program in JavaScript, which counts UTF-16 units, converts them. The text is the one that
`sayso read --with-text` gives, known by its hash. Where a name is left out of the quoted words, the position alone says
where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.ladder import speaker
from sayso.export.withheld import MASK
from sayso.export.writing import Choices, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident, Kept
    from sayso.problems import Problem

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"sayso": "urn:sayso:terms:"})
"""The W3C's terms, and ours for what they have no word for."""

_AROUND = 32
"""Characters before and after the words, as Hypothesis keeps them."""

_FIELDS = (
    *("harm", "kind", "low", "high", "qualifier", "phrase", "source", "stance", "victims", "status", "perpetrator"),
    *("means", "place", "place_id", "lat", "lon", "country", "date_from", "date_to", "scope", "confidence"),
)


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a page of annotations, each as soon as its claim is there."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    with text(out) as stream:
        page: dict[str, object] = {"@context": list(CONTEXT), "id": "urn:sayso:annotations", "type": "AnnotationPage"}
        stream.write(dumped(page)[:-1] + ', "items": [')
        before = "\n"
        for dossier in dossiers:
            for kept in dossier.claims:
                stream.write(before + dumped(_annotation(kept, dossier.incident)))
                before = ",\n"
        stream.write("\n]}\n")
    return ()


def _annotation(kept: Kept, incident: Incident | None) -> dict[str, object]:
    claim, report = kept.claim, kept.report
    words = f"{speaker(kept)}: {wording.stated(claim)} {wording.harm(claim.harm)}"
    facts = {f"sayso:{name}": getattr(claim, name) for name in _FIELDS if getattr(claim, name) is not None}
    ruled = {"sayso:verdict": kept.ruling.verdict, "sayso:ruledBy": kept.ruling.by} if kept.ruling else {}
    return {
        "id": f"urn:sayso:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": words, "format": "text/plain", "language": "en", "purpose": "describing"},
            {"type": "sayso:Claim", **facts, **({"sayso:incident": incident.id} if incident else {}), **ruled},
        ],
        "target": {
            "source": report.url or f"urn:sha256:{report.text_sha256}",
            "sayso:textSha256": report.text_sha256,
            "sayso:pageSha256": report.page_sha256,
            "selector": _selectors(kept),
        },
    }


def _selectors(kept: Kept) -> list[dict[str, object]]:
    claim, sentence = kept.claim, kept.sentence
    position: dict[str, object] = {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}
    if MASK in claim.text:
        return [position]
    quote: dict[str, object] = {"type": "TextQuoteSelector", "exact": claim.text}
    at = claim.start - claim.sentence.start
    if MASK in sentence or at < 0:
        at = sentence.find(claim.text)
    if at >= 0 and sentence.startswith(claim.text, at):
        # What is masked is not in the report, so the words around end at a mask.
        before = sentence[max(at - _AROUND, 0) : at].rpartition("]")[2] if MASK in sentence[:at] else sentence[:at]
        quote |= {"prefix": before[-_AROUND:], "suffix": _up_to_mask(sentence[at + len(claim.text) :])}
    return [quote, position]


def _up_to_mask(words: str) -> str:
    return words.partition(MASK)[0][:_AROUND]
