"""``schema-claim``: one schema.org Claim a claim, in JSON-LD, without a rating.

That a person accepted a claim says that the report says it, never that it is true, so nothing here is a ClaimReview.
schema.org has no words for how claims stand to one another; those are ours. Claims that somebody has rejected are no
claims of their reports, and are left out and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from sayso.export import parties, wording
from sayso.export.jsonl import dumped
from sayso.export.writing import Choices, LeftOut, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.events import ActorKind, Dossier, Incident, Kept
    from sayso.problems import Problem

CONTEXT = ("https://schema.org/", {"sayso": "urn:sayso:terms:"})

_PEOPLE: frozenset[ActorKind] = frozenset({"witness", "official"})


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a graph of claims, each as soon as it is there."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    left_out = LeftOut("schema-claim")
    with text(out) as stream:
        stream.write(dumped({"@context": list(CONTEXT)})[:-1] + ', "@graph": [')
        before = "\n"
        for dossier in dossiers:
            for kept in dossier.claims:
                if kept.ruling and kept.ruling.verdict == "rejected":
                    left_out.add(
                        "rejected",
                        kept.claim.id,
                        "Claims left out, since somebody ruled that their report does not say this",
                        "They are in csv and jsonl, with the ruling.",
                    )
                    continue
                stream.write(before + dumped(_claim(kept, dossier.incident)))
                before = ",\n"
        stream.write("\n]}\n")
    return left_out.problems()


def _claim(kept: Kept, incident: Incident | None) -> dict[str, object]:
    claim, report = kept.claim, kept.report
    whom = wording.whom(claim)
    said = f"{wording.stated(claim)} {wording.harm(claim.harm)}" + (f" ({whom})" if whom else "")
    article = {
        "@type": "NewsArticle",
        "@id": f"urn:sha256:{report.text_sha256}",
        "url": report.url,
        "headline": report.title,
        "datePublished": report.published,
        "publisher": {"@type": "Organization", "name": report.outlet} if report.outlet else None,
    }
    related: dict[str, list[dict[str, str]]] = {}
    for relation in incident.relations if incident else ():
        if relation.claim == claim.id:
            related.setdefault(f"sayso:{relation.kind}", []).append({"@id": f"urn:sayso:claim:{relation.other}"})
    return _known(
        {
            "@type": "Claim",
            "@id": f"urn:sayso:claim:{claim.id}",
            "name": said,
            "text": kept.sentence or claim.text,
            "author": _author(kept),
            "appearance": _known(article),
            "claimInterpreter": _interpreter(kept),
            "about": _event(incident) if incident else None,
            "sayso:harm": claim.harm,
            "sayso:low": claim.low,
            "sayso:high": claim.high,
            "sayso:stance": claim.stance,
            **related,
        }
    )


def _author(kept: Kept) -> dict[str, object] | None:
    """Return who makes the claim; the outlet where the report says it in its own voice."""
    if kept.source:
        kind = "Person" if kept.source.kind in _PEOPLE else "Organization"
        known = {"@id": f"urn:sayso:actor:{kept.source.id}"} if kept.source.body else {}
        return {"@type": kind, **known, "name": parties.speaker(kept)}
    if kept.claim.source:
        return {"@type": "Thing", "name": kept.claim.source}
    return {"@type": "Organization", "name": kept.report.outlet} if kept.report.outlet else None


def _interpreter(kept: Kept) -> dict[str, object]:
    """Return who read the claim in the report: the program, or the person who ruled on it."""
    if kept.ruling:
        return {"@type": "Person", "name": kept.ruling.by}
    return {"@type": "SoftwareApplication", "name": "sayso"}


def _event(incident: Incident) -> dict[str, object]:
    point = {"@type": "GeoCoordinates", "latitude": incident.lat, "longitude": incident.lon}
    place = {
        "@type": "Place",
        "name": incident.place,
        "geo": None if incident.lat is None else point,
        "address": {"@type": "PostalAddress", "addressCountry": incident.country} if incident.country else None,
    }
    return _known(
        {
            "@type": "Event",
            "@id": f"urn:sayso:incident:{incident.id}",
            "name": incident.name,
            "startDate": incident.date_from,
            "endDate": incident.date_to,
            "location": _known(place) if incident.place or incident.country else None,
        }
    )


def _known(record: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in record.items() if value is not None}
