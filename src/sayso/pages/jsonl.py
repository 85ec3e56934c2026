"""Report records in JSON and JSON-lines files: where each begins and ends, and nothing of what it says.

Each record is handed on as the exact bytes that stood in the file, so that the same record has the same hash
whichever file it came in.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_LIMIT = 200_000_000
"""The longest line, in bytes, that is read as a record."""

_SPACE = re.compile(r"[ \t\r\n]*")


def lines(stream: BinaryIO, where: str, first: int = 1) -> Iterator[Page | Problem]:
    """Read records, one a line, without holding more than a line.

    Args:
        stream: A stream at the start of the file.
        where: The name of the file, to which the line number is added.
        first: The number of the line at which the stream begins.

    Yields:
        A page for each record and a problem for each line that is none, in the file's order.
    """
    seen: set[str] = set()
    number = first - 1
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        place = f"{where}:{number}"
        if len(line) > LINE_LIMIT:
            _skip_line(stream, line)
            yield _broken(place, "The line is longer than a record may be", "Split the record into several.")
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        line = line.strip(b" \t\r\n")
        if line:
            yield from _line(line, place, seen)


def document(body: bytes, where: str) -> Iterator[Page | Problem]:
    """Read a JSON file that holds one record, a list of records, or one record a line under a ``.json`` name.

    Args:
        body: The whole file.
        where: The name of the file, to which the place in a list, counted from 0, is added.

    Yields:
        A page for each record and a problem for each item that is none, in the file's order.
    """
    if _is_lines(body):
        yield from lines(io.BytesIO(body), where)
        return
    text = _decoded(body, where)
    if isinstance(text, Problem):
        yield text
        return
    start = _skip_space(text, 0)
    if text.startswith("[", start):
        yield from _items(text, start + 1, where)
        return
    results, end = _item(text, start, where, set())
    if end < len(text) and any(isinstance(result, Page) for result in results):
        yield _broken(where, f"Something stands after the record, from character {end}", "Put the records in a list.")
        return
    yield from results


def is_records(body: bytes) -> bool:
    """Say whether bytes that no file name calls JSON hold report records all the same.

    Text may begin with a bracket too, so only JSON with at least one record counts: a first line that is a record,
    or a whole body that is a record or a list with one.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return False
    first = next(lines(io.BytesIO(body.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]), ""), None)
    return isinstance(first, Page) or any(isinstance(item, Page) for item in document(body, ""))


def _is_lines(body: bytes) -> bool:
    """Say whether the first line is an object by itself and another one starts a line after it."""
    first, _, rest = body.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not (first.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return False
    return isinstance(_value(first.decode("utf-8", "replace"), 0), tuple)


def _line(line: bytes, place: str, seen: set[str]) -> Iterator[Page | Problem]:
    text = _decoded(line, place)
    if isinstance(text, Problem):
        yield text
        return
    results, end = _item(text, 0, place, seen)
    if end < len(text) and any(isinstance(result, Page) for result in results):
        yield _broken(place, f"Something stands after the record, from character {end}", "Put one record on a line.")
        return
    yield from results


def _items(text: str, start: int, where: str) -> Iterator[Page | Problem]:
    """Walk a list from the character after its bracket; what follows a broken item cannot be read."""
    seen: set[str] = set()
    index, at = 0, _skip_space(text, start)
    if text.startswith("]", at):
        yield Problem("no-records", where, "The list holds no records.", "Give a list of report records.", lost=True)
    while not text.startswith("]", at):
        place = f"{where}[{index}]"
        results, at = _item(text, at, place, seen)
        yield from results
        if at == len(text) or not text.startswith((",", "]"), at):
            if any(isinstance(result, Page) for result in results):
                yield _broken(place, "The list breaks off after this record", "Fetch or write the file again.")
            return
        if text.startswith(",", at):
            index, at = index + 1, _skip_space(text, at + 1)
    if _skip_space(text, at + 1) < len(text):
        yield _broken(where, "Something stands after the list of records", "Remove what follows the list.")


def _item(text: str, start: int, place: str, seen: set[str]) -> tuple[list[Page | Problem], int]:
    """Read the value at `start`; return its page or problems and where the next character that counts stands."""
    found = _value(text, start)
    if isinstance(found, str):
        return [_broken(place, found, "Mend the JSON at that place; write null for a value that is not known.")], len(
            text
        )
    value, end = found
    after = _skip_space(text, end)
    if not isinstance(value, dict):
        what = "This is JSON but no report record: it is not an object in braces."
        return [Problem("not-a-record", place, what, 'Give an object with a "text".', lost=True)], after
    if not isinstance(value.get("text"), str):
        what = 'This is JSON but no report record: the key "text" is ' + (
            "not a string." if "text" in value else "missing."
        )
        remedy = 'Give the report\'s words as a string under "text", or name the file .txt if it is a plain text.'
        return [Problem("not-a-record", place, what, remedy, lost=True)], after
    page = Page(text[start:end].encode("utf-8", "surrogatepass"), place, "application/json")
    given = value.get("id")
    if not isinstance(given, str | int) or isinstance(given, bool):
        return [page], after
    double = str(given) in seen
    seen.add(str(given))
    if not double:
        return [page], after
    what = f"The id {json.dumps(str(given)[:80])} stood in this file before."
    return [Problem("duplicate-id", place, what, "Give each report an id of its own; both are kept."), page], after


def _value(text: str, start: int) -> tuple[object, int] | str:
    """Return the JSON value at `start` and its end, or words that say what is wrong with it."""
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return f"This is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        return "This JSON is nested too deeply to be a report record"
    except ValueError:
        # The decoder's other complaints: `_refuse` below, and Python's limit on the digits of an integer.
        return "This holds NaN, Infinity or a number too long to read"


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _decoded(body: bytes, where: str) -> str | Problem:
    # A lone surrogate may stand in the bytes as Python writes it; the next room replaces it and says so.
    try:
        return body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return _broken(where, f"This is not valid UTF-8, from byte {error.start}", "Save the file as UTF-8.")


def _skip_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def _broken(where: str, what: str, remedy: str) -> Problem:
    return Problem("broken-json", where, what.rstrip(".") + ".", remedy, lost=True)
