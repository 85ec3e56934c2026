"""What entries hold: records to the content of an entry and back, and the names that claims and reports have here.

Two papers may print one text, and two files may use the number 17 for their first report, so neither a claim's own id
nor a report's is unlike all others in a ledger. The names made here are, and they are the same in every ledger that
holds the page.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sayso.entries import Decision
from sayso.events import Heading
from sayso.ledger.chain import content_hash, digest
from sayso.plain import from_plain, to_plain
from sayso.records import Claim, Page, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.entries import Entry

Content = dict[str, Any]

_TAME = re.compile(r"[A-Za-z0-9._-]{1,60}")


def page_name(sha256: str, url: str | None) -> str:
    """Return what tells one page from every other: its bytes and its address.

    Where bytes have no address they are one page, from whichever file they were read.
    """
    return digest("sayso-page-1", sha256, url)


def report_name(own_id: str, page: str, record: str | None = None) -> str:
    """Return the id that a report has in ledgers, made from its own and the name of its page.

    A record of a data set has one made from what names it in all releases: a later release is a later version of it.
    """
    made = digest("sayso-report-1", own_id, page) if record is None else digest("sayso-record-1", record)
    return "r-" + made[:32]


def claim_name(own_id: str, report: str) -> str:
    """Return the id that a claim has in ledgers: it begins with the claim's own, and its report is told at its end."""
    own = own_id if _TAME.fullmatch(own_id) else "c-" + digest("sayso-claim-1", own_id)[:16]
    return f"{own}-{report.removeprefix('r-')[:16]}"


def added_name(harm: object, start: object, end: object, text_sha256: str) -> str:
    """Return the own id of a claim that a person adds."""
    return "a-" + digest("sayso-added-1", text_sha256, harm, start, end)[:16]


def reader_name(program: str, model: str) -> str:
    """Return one word for the program and the model that read a report."""
    return digest("sayso-reader-1", program, model)[:32]


def page_content(page: Page, sha256: str) -> Content:
    """Return all of a page but its bytes, which stand apart under their hash."""
    return {**to_plain(replace(page, body=b"")), "body": {"sha256": sha256, "size": len(page.body)}}


def page_of(content: Content, body: bytes) -> Page:
    """Return the page that an entry holds, with its bytes."""
    return replace(from_plain(Page, {**content, "body": ""}), body=body)


def report_content(report: Report, page_entry: str) -> Content:
    """Return the content of a report's entry."""
    plain = to_plain(report)
    if report.record is None:
        del plain["record"]  # as it was written before there were records
    return {"page": page_entry, "report": plain}


def report_of(content: Content) -> Report:
    """Return the report that an entry holds."""
    return from_plain(Report, content["report"])


def report_digest(content: Content) -> str:
    """Return what is equal for two entries of one report that say the same."""
    return digest("sayso-report-record-1", content["report"])


def reading_digest(content: Content) -> str:
    """Return what is equal for two readings that read the same; where they were read, which problems tell, is not."""
    return digest("sayso-reading-record-1", *(content[key] for key in _WHAT_WAS_READ))


def claims_hash(written: Iterable[str]) -> str:
    """Return the hash by which a reading vouches for its claims, which have entries of their own.

    Args:
        written: The claims, each as `canonical` writes it.
    """
    return digest("sayso-claims-1", [content_hash(claim) for claim in written])


def reading_content(reading: Reading, report_entry: str, claims_sha256: str) -> Content:
    """Return the content of a reading's entry, without its report and its claims."""
    plain = to_plain(replace(reading, report=_NO_REPORT, claims=()))
    return {**plain, "report": report_entry, "claims": len(reading.claims), "claims_sha256": claims_sha256}


def claim_written(claim: str, reading_entry: str) -> str:
    """Return the content of a claim's entry as `canonical` writes it, from the claim as it writes that."""
    return f'{{"claim":{claim},"reading":"{reading_entry}"}}'


def claim_of(content: Content, report: str) -> Claim:
    """Return the claim that an entry holds, under the name that it has here."""
    if "claim" in content:
        return from_plain(Claim, {**content["claim"], "id": claim_name(content["claim"]["id"], report)})
    return from_plain(Claim, {**content["set"], "id": claim_name(str(content["set"].get("id")), report)})


def decision_content(decision: Decision) -> Content:
    """Return the content of a decision's entry; who and when stand on the entry itself."""
    return {"kind": decision.kind, "on": list(decision.on), "why": decision.why, "set": dict(decision.set)}


def decision_of(entry: Entry) -> Decision:
    """Return the decision that an entry holds."""
    return from_plain(Decision, {**(entry.content or {}), "by": entry.author, "id": entry.id, "at": entry.time})


def heading_content(report: Content, name: str) -> Content:
    """Return a report's plain values without its text, under the name that it has here, as a voice of its own."""
    return {**{key: report[key] for key in _HEADING}, "id": name, "voice": name}


_HEADING = tuple(field.name for field in fields(Heading) if field.name not in {"id", "voice"})
_WHAT_WAS_READ = ("program", "model", "report", "claims_sha256", "attributions")
_NO_REPORT = Report("", "")
