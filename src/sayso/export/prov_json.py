"""``prov``: where each claim comes from, after the W3C's provenance model, as PROV-JSON with a bundle an incident.

A report is an entity, attributed to its outlet; a claim is an entity quoted from the report and attributed to its
source; reading and ruling are activities of the program and of people. A claim that supersedes another is its revision.
A bundle is whole in itself, so that a file of any length can be written without keeping it in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from sayso.export import parties, wording
from sayso.export.jsonl import dumped
from sayso.export.writing import Choices, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Kept
    from sayso.problems import Problem

_PREFIX = {"sayso": "urn:sayso:"}
_NO_INCIDENT = "no-incident"

Json = dict[str, object]


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a document, bundle by bundle."""
    del choices  # names are masked before dossiers come here, and there is no place for whole texts
    with text(out) as stream:
        stream.write(dumped({"prefix": _PREFIX})[:-1] + ', "bundle": {')
        before = "\n"
        for place, dossier in enumerate(dossiers):
            name = dossier.incident.id if dossier.incident else f"{_NO_INCIDENT}-{place}"
            stream.write(f"{before}{dumped({_id('incident', name): _bundle(dossier)})[1:-1]}")
            before = ",\n"
        stream.write("\n}}\n")
    return ()


def _id(kind: str, name: str) -> str:
    """Return a qualified name; what such a name cannot hold is written with percent signs."""
    return f"sayso:{kind}/{quote(name, safe='-._')}"


def _bundle(dossier: Dossier) -> Json:
    bundle: dict[str, Json] = {
        kind: {}
        for kind in (
            *("entity", "activity", "agent", "wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo"),
            "wasAssociatedWith",
        )
    }
    program = _id("program", "sayso")
    bundle["agent"][program] = {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": "sayso"}
    for kept in dossier.claims:
        _report(bundle, kept, program)
        _claim(bundle, kept)
    for relation in dossier.incident.relations if dossier.incident else ():
        if relation.kind == "supersedes":
            bundle["wasDerivedFrom"][f"_:revision-{relation.claim}-{relation.other}"] = {
                "prov:generatedEntity": _id("claim", relation.claim),
                "prov:usedEntity": _id("claim", relation.other),
                "prov:type": _qualified("prov:Revision"),
            }
    return {kind: statements for kind, statements in bundle.items() if statements}


def _report(bundle: dict[str, Json], kept: Kept, program: str) -> None:
    """Add a report, its outlet, and the reading of it."""
    report = kept.report
    entity, reading = _id("report", report.id), _id("reading", report.id)
    if entity in bundle["entity"]:
        return
    known = {
        "prov:type": "report",
        "prov:label": report.title,
        "prov:location": report.url,
        "sayso:published": report.published,
        "sayso:page_sha256": report.page_sha256,
        "sayso:text_sha256": report.text_sha256,
    }
    bundle["entity"][entity] = {key: value for key, value in known.items() if value}
    bundle["activity"][reading] = {"prov:type": "reading"}
    bundle["wasAssociatedWith"][f"_:by-{reading}"] = {"prov:activity": reading, "prov:agent": program}
    if report.outlet:
        outlet = _id("outlet", report.outlet)
        bundle["agent"][outlet] = {"prov:type": _qualified("prov:Organization"), "prov:label": report.outlet}
        bundle["wasAttributedTo"][f"_:outlet-{entity}"] = {"prov:entity": entity, "prov:agent": outlet}


def _claim(bundle: dict[str, Json], kept: Kept) -> None:
    """Add a claim, what it is quoted from, who says it, and who ruled on it."""
    claim = kept.claim
    entity = _id("claim", claim.id)
    known = {
        "prov:type": "claim",
        "prov:label": f"{wording.stated(claim)} {wording.harm(claim.harm)}",
        "prov:value": claim.text,
        "sayso:harm": claim.harm,
        "sayso:low": claim.low,
        "sayso:high": claim.high,
        "sayso:start": claim.start,
        "sayso:end": claim.end,
    }
    bundle["entity"][entity] = {key: value for key, value in known.items() if value is not None}
    bundle["wasDerivedFrom"][f"_:quote-{entity}"] = {
        "prov:generatedEntity": entity,
        "prov:usedEntity": _id("report", kept.report.id),
        "prov:type": _qualified("prov:Quotation"),
    }
    bundle["wasGeneratedBy"][f"_:read-{entity}"] = {
        "prov:entity": entity,
        "prov:activity": _id("reading", kept.report.id),
    }
    said_by = kept.source.id if kept.source and kept.source.body else claim.source
    if said_by:
        source = _id("source", said_by)
        bundle["agent"][source] = {"prov:label": parties.speaker(kept)}
        bundle["wasAttributedTo"][f"_:source-{entity}"] = {"prov:entity": entity, "prov:agent": source}
    if kept.ruling:
        ruling, person = _id("ruling", claim.id), _id("person", kept.ruling.by)
        bundle["activity"][ruling] = {"prov:type": "ruling", "prov:label": kept.ruling.verdict, **_at(kept.ruling.at)}
        bundle["agent"][person] = {"prov:type": _qualified("prov:Person"), "prov:label": kept.ruling.by}
        bundle["wasAssociatedWith"][f"_:by-{ruling}"] = {"prov:activity": ruling, "prov:agent": person}
        bundle.setdefault("used", {})[f"_:ruled-{ruling}"] = {"prov:activity": ruling, "prov:entity": entity}


def _qualified(name: str) -> Json:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _at(time: str) -> Json:
    return {"prov:endTime": time} if time else {}
