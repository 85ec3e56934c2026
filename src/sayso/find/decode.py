"""Bytes of a file to text: byte order marks, encodings, damage done by earlier programs. Never an exception.

Records are not decoded here: their text is taken verbatim (`sayso.find.record`).
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from sayso.problems import Problem

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_GUESSABLE = (
    *(f"cp{number}" for number in range(1250, 1259)),
    "koi8_r",
    "koi8_u",
    "cp866",
    "cp932",
    "euc_jp",
    "cp949",
    "gb18030",
    "big5",
)
"""What a file that says nothing may be in; the fewer, the better a guess on few bytes."""

_DECLARABLE = (
    *_GUESSABLE,
    *(f"iso8859-{number}" for number in range(2, 17) if number != 12),
    *("shift_jis", "euc_kr", "gb2312", "gbk", "big5hkscs", "mac_roman", "mac_cyrillic", "cp874", "tis_620"),
    *("cp437", "cp850", "cp852", "cp855", "iso2022_jp"),
)
"""Python codecs a page may ask for; others (punycode, escapes) are no encodings of text, or slow on hostile input."""

_SAMPLE = 64 * 1024
_FEW_HIGH_BYTES = 0.03
"""Below this share of bytes above 127 a text is in a Western language: only its quotation marks and accents are."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SMALL_SHARE = 0.001

_NEIGHBOURS = re.compile(r"[^\x00-\x7f]{2}")
"""Wrongly decoded UTF-8 always leaves such neighbours; most English text has none, and ftfy's measure is slow."""


def decode(body: bytes, where: str, *declared: str | None) -> tuple[str, tuple[Problem, ...]]:
    """Turn the bytes of a file into text.

    A byte order mark decides; then UTF-8, which other text is hardly ever valid as; then what is declared; then
    a guess, which is reported. Text that an earlier program decoded wrongly is repaired, control characters are
    dropped, and both are reported.

    Args:
        body: The bytes.
        where: The file's name, for problems.
        declared: The encodings that are stated for it, the most trusted first: by the server, then by the page itself.

    Returns:
        The text without its byte order mark, and the problems met, none of them `lost`.
    """
    text, problems = _decoded(body, where, declared)
    unreadable = text.count("\ufffd")
    if unreadable > len(text) * _SMALL_SHARE:
        what = f"{unreadable} of {len(text)} characters could not be decoded."
        remedy = "Fetch the file again, or save it as UTF-8."
        problems.append(Problem("undecodable", where, what, remedy))
    # Repair comes first: control characters may be the remains of wrongly decoded letters.
    repaired = _repaired(text)
    if repaired != text:
        what = "The text had been decoded wrongly by an earlier program and was repaired."
        remedy = "Compare it with the original where single letters matter."
        problems.append(Problem("mojibake", where, what, remedy))
    clean, dropped = _CONTROL.subn("", repaired) if _CONTROL.search(repaired) else (repaired, 0)
    if dropped:
        what = f"{dropped} control characters were dropped."
        problems.append(Problem("control-characters", where, what, "Check that this is the right file."))
    return clean, tuple(problems)


def _decoded(body: bytes, where: str, declared: tuple[str | None, ...]) -> tuple[str, list[Problem]]:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), []
    for candidate in ("utf-8", *map(_codec, declared)):
        try:
            if candidate:
                return body.decode(candidate), []
        except (UnicodeDecodeError, LookupError):
            continue
    text = body.decode("utf-8", "replace")
    multibyte = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", body[:_SAMPLE]))
    if multibyte > 2 * text[:_SAMPLE].count("\ufffd"):
        return text, []
    guess = _guess(body)
    what = f"The file does not say its encoding; it was read as {guess}."
    problem = Problem("encoding-guessed", where, what, "Save it as UTF-8 if letters look wrong.")
    return body.decode(guess, "replace"), [problem]


def _codec(declared: str | None) -> str | None:
    """Return the Python codec for a declared encoding, or None where it is none that text comes in."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859-1"}:
        return "cp1252"  # as browsers read it: https://encoding.spec.whatwg.org/#names-and-labels
    return name if name in _declarable() else None


@cache
def _declarable() -> frozenset[str]:
    """Return the names that Python itself has for them; each codec is loaded for it, so only where one is declared."""
    return frozenset(codecs.lookup(name).name for name in _DECLARABLE)


def _guess(body: bytes) -> str:
    sample = body[:_SAMPLE]
    if len(body) > _SAMPLE:
        # A cut inside a character would rule its encoding out.
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample
    high = len(sample.translate(None, bytes(range(128))))
    if high < len(sample) * _FEW_HIGH_BYTES:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_GUESSABLE), preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"


def _repaired(text: str) -> str:
    """Undo a wrong decoding where the text shows the marks of one (ftfy's own measure), line by line."""
    if text.isascii() or not _NEIGHBOURS.search(text):
        return text
    from ftfy import TextFixerConfig, fix_text
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text
    only_encoding = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return str(fix_text(text, only_encoding))
