"""A report record to a report. Its text is taken verbatim, so that offsets index exactly what was given."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from sayso.problems import Problem

if TYPE_CHECKING:
    from sayso.records import Page

_SURROGATE = re.compile("[\ud800-\udfff]")
_FIELDS = ("title", "url", "outlet", "published", "language")


def fields(page: Page) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read the fields of a record.

    Args:
        page: A page of media type ``application/json`` whose body is one record.

    Returns:
        The fields that hold a string, ``text`` among them unless a problem is `lost`, and the problems met. An `id`
        may be an integer. A byte order mark at the start of the text is not part of it; a lone surrogate is replaced
        by U+FFFD, one for one.
    """
    record = _parsed(page)
    if isinstance(record, Problem):
        return {}, (record,)
    text = record.get("text")
    if not isinstance(text, str):
        what = 'The record has no "text".' if text is None else 'The "text" of the record is not a string.'
        return {}, (Problem("not-a-record", page.where, what, "Give the report's words as a string.", lost=True),)
    problems: list[Problem] = []
    found = {"text": text.removeprefix("\ufeff")}
    for name in ("id", *_FIELDS):
        value = record.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            found[name] = value
        elif value is not None and value != "":
            what = f'The "{name}" of the record is not a string with something in it, so it was left out.'
            problems.append(Problem("wrong-type", page.where, what, f'Give "{name}" as a string, or leave it out.'))
    for name, value in found.items():
        found[name], replaced = _SURROGATE.subn("\ufffd", value)
        if replaced:
            what = f'{replaced} lone surrogates in "{name}" were replaced by U+FFFD.'
            remedy = "Write the record again from its source; half a character was cut off there."
            problems.append(Problem("lone-surrogate", page.where, what, remedy))
    return found, tuple(problems)


def _parsed(page: Page) -> dict[str, Any] | Problem:
    try:
        body = page.body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogatepass")
        record = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        reason = f": {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        what = f"The record is not valid JSON in UTF-8{reason}."
        return Problem("broken-json", page.where, what, "Write the record again from its source.", lost=True)
    if not isinstance(record, dict):
        what = "This is JSON but no report record: it is not an object in braces."
        return Problem("not-a-record", page.where, what, 'Give an object with a "text".', lost=True)
    return record


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
