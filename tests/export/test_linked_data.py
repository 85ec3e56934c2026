"""Annotations, schema.org's claims and provenance, read with the libraries of those who use them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from prov.model import ProvDocument
from pyld import jsonld

from sayso.events import Dossier, Heading, Kept, Relation
from sayso.records import Claim, Span
from tests.export import told

OA = "http://www.w3.org/ns/oa#"
SDO = "http://schema.org/"
# The published contexts are documents of others with licences of their own, so they are not copied here: these are the
# terms that we use, each with the address and the type that the W3C's context (w3c/web-annotation, jsonld/anno.jsonld)
# and schema.org's (release 29.0, schemaorgcontext.jsonld) give it. A term that is not among them has no meaning to a
# reader, and `used` finds it.
TERMS: dict[str, Any] = {
    "oa": OA,
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "describing": "oa:describing",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
}
SCHEMA_CLASSES = (
    *("Claim", "NewsArticle", "Organization", "Person", "Thing", "SoftwareApplication", "Event", "Place"),
    *("GeoCoordinates", "PostalAddress"),
)
SCHEMA_PROPERTIES = (
    *("name", "text", "author", "appearance", "claimInterpreter", "about", "headline", "publisher"),
    *("location", "geo", "address", "latitude", "longitude", "addressCountry"),
)
SCHEMA: dict[str, Any] = {name: {"@id": f"{SDO}{name}"} for name in (*SCHEMA_CLASSES, *SCHEMA_PROPERTIES)}
SCHEMA |= {name: {"@id": f"{SDO}{name}", "@type": f"{SDO}Date"} for name in ("datePublished", "startDate", "endDate")}
SCHEMA |= {"url": {"@id": f"{SDO}url", "@type": "@id"}}
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {"@context": TERMS},
    # Under its vocabulary a word that schema.org does not have gets an address there all the same.
    "https://schema.org/": {"@context": {"type": "@type", "id": "@id", "@vocab": SDO, **SCHEMA}},
}
OURS = "sayso:"
_MEANT = ("type", "@type", "motivation", "purpose")
"""Keys whose values are terms themselves."""


def used(value: object) -> set[str]:
    """Return all terms of a document but for those that JSON-LD and our own context define."""
    if isinstance(value, list):
        return {term for one in value for term in used(one)}
    if not isinstance(value, dict):
        return set()
    found = {key for key in value if not key.startswith(("@", OURS))}
    found |= {str(value[key]) for key in _MEANT if key in value and not str(value[key]).startswith(OURS)}
    return found | {term for key, one in value.items() if key != "@context" for term in used(one)}


def loaded(address: str, _options: object) -> dict[str, Any]:
    """Give a context that lies here; nothing is fetched."""
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXTS[address], "contentType": "x"}


def expanded(name: str, *dossiers: Dossier) -> list[dict[str, Any]]:
    body, _ = told.written(name, *dossiers)
    found: list[dict[str, Any]] = jsonld.expand(json.loads(body), {"documentLoader": loaded})
    return found


def test_annotations_expand_to_the_w3cs_terms() -> None:
    (page,) = expanded("web-annotation", *told.everything())
    (items,) = (value[0]["@list"] for key, value in page.items() if key.endswith("#items"))
    assert len(items) == sum(len(one.claims) for one in told.everything())
    first = items[0]
    assert first["@type"] == [f"{OA}Annotation"]
    selectors = first[f"{OA}hasTarget"][0][f"{OA}hasSelector"]
    assert {one["@type"][0] for one in selectors} == {f"{OA}TextQuoteSelector", f"{OA}TextPositionSelector"}


@pytest.mark.parametrize(("name", "known"), [("web-annotation", TERMS), ("schema-claim", SCHEMA)])
def test_every_term_is_one_of_the_vocabulary(name: str, known: dict[str, Any]) -> None:
    everything = told.everything()
    terms = used(json.loads(told.written(name, *everything)[0]))
    assert terms <= known.keys(), "JSON-LD passes over what its context does not name, and says nothing"
    unused = known.keys() - terms - {"oa", "id", "Person", "SoftwareApplication", "Thing", "url", "headline", "endDate"}
    assert not unused, "the list says more than is used"


def test_selectors_find_the_words_in_the_report() -> None:
    body, _ = told.written("web-annotation", *told.everything())
    texts = {reading.report.text_sha256: reading.report.text for reading in told.readings().values()}
    quoted = 0
    for item in json.loads(body)["items"]:
        text = texts[item["target"]["sayso:textSha256"]]
        position = item["target"]["selector"][-1]
        for quote in item["target"]["selector"][:-1]:
            quoted += 1
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") in text
            assert max(len(quote.get("prefix", "")), len(quote.get("suffix", ""))) <= 32
    assert quoted > 30


def test_positions_count_code_points() -> None:
    text = "\U0001f56f\U0001f56f Two died."
    claim = Claim("c-1", 3, 6, "Two", "killed", "count", 2, 2, "exact", None, sentence=Span(0, len(text)))
    body, _ = told.written("web-annotation", Dossier(None, (Kept(claim, Heading("r-1"), sentence=text),)))
    quote, position = json.loads(body)["items"][0]["target"]["selector"]
    assert (position["start"], position["end"]) == (3, 6)
    assert quote["prefix"] == "\U0001f56f\U0001f56f "


def test_a_masked_name_is_found_by_its_position_alone() -> None:
    body, _ = told.written("web-annotation", told.plovdiv())
    alone = [one for one in json.loads(body)["items"] if len(one["target"]["selector"]) == 1]
    people = [one for one in told.plovdiv().claims if one.claim.kind == "individual"]
    assert len(alone) == len(people) > 0


def test_a_claim_of_schema_org_has_no_rating() -> None:
    graph = expanded("schema-claim", *told.everything())
    claims = [one for one in graph if one.get("@type") == [f"{SDO}Claim"]]
    assert len(claims) == sum(len(one.claims) for one in told.everything())
    body = told.written("schema-claim", *told.everything())[0]
    assert b"ClaimReview" not in body
    assert b"ating" not in body.replace(b"operating", b"")
    first = claims[0]
    assert first[f"{SDO}author"][0][f"{SDO}name"][0]["@value"] == "Velmora Ministry of Defence"
    article = first[f"{SDO}appearance"][0]
    assert article["@type"] == [f"{SDO}NewsArticle"]
    assert article[f"{SDO}datePublished"][0]["@type"] == f"{SDO}Date"
    assert first["urn:sayso:terms:low"][0]["@value"] == 17


def test_what_somebody_rejected_is_no_claim_of_its_report() -> None:
    first = told.dresk().claims[0]
    assert first.ruling is not None
    rejected = replace(first, ruling=replace(first.ruling, verdict="rejected"))
    body, problems = told.written("schema-claim", replace(told.dresk(), claims=(rejected, *told.dresk().claims[1:])))
    assert first.claim.id not in [one["@id"].rpartition(":")[2] for one in json.loads(body)["@graph"]]
    assert f"1 ({first.claim.id})" in problems["rejected"].what


@pytest.fixture
def provenance() -> ProvDocument:
    ids = [one.claim.id for one in told.dresk().claims]
    relations = (Relation("supersedes", ids[7], ids[0], "the same source, a day later, another figure"),)
    body, _ = told.written("prov", told.changed(told.dresk(), relations=relations), told.plovdiv(), told.loose())
    return ProvDocument.deserialize(content=body.decode(), format="json")


def test_provenance_is_read_by_the_prov_library(provenance: ProvDocument) -> None:
    strike, fire, _loose = provenance.bundles
    kinds = [record.get_type().localpart for record in strike.get_records()]
    assert kinds.count("Entity") == len(told.dresk().claims) + 3
    assert kinds.count("Derivation") == len(told.dresk().claims) + 1
    assert {"Agent", "Activity", "Attribution", "Generation", "Association", "Usage"} <= set(kinds)
    assert "prov:Revision" in strike.get_provn()
    assert "i-plovdiv-1" in str(fire.identifier)


def test_provenance_goes_through_the_prov_library_unchanged(provenance: ProvDocument) -> None:
    out = io.StringIO()
    provenance.serialize(out, format="json")
    assert ProvDocument.deserialize(content=out.getvalue(), format="json") == provenance
