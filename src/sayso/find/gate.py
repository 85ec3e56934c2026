"""The word gate: says cheaply which texts cannot hold a claim, so that nothing costly is spent on them.

It looks for whole words and never reads sentences. Its one duty is recall: a text that holds a claim must pass, and so
must the bytes of every page whose text would. Pages are judged in two steps. The first looks over the bytes as they
stand, at several hundred megabytes a second, and lets too much through: words in scripts, in addresses, in the names of
styles. The second looks at what passed with its tags taken out, which costs a hundredth of finding the report.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from sayso.find.decode import decode
from sayso.find.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Page

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of encodings in which no ASCII word stands as such."""

_INLINE = r"(?:b|i|em|strong|span|font|u|s|a|q|big|small|mark|sup|sub|wbr|abbr|ins|del|cite|time|code)(?:\s[^<>]*)?"

# A word that tags part: a letter, tags that only open or only close, a letter. (</b><i> between two letters is left
# out: menus are full of it, and what stands there is two words.)
_RUN = r"(?:(?:</[a-z][^<>]*>)+|(?:<[a-z][^<>]*>)+)"
# Marks within a word that are not seen: soft hyphens, joiners and their like.
_UNSEEN = (
    r"(?:\xc2?\xad|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf"
    r"|&(?:shy|zwj|zwnj|#173|#xad|#82(?:0[3-7]|88)|#x200[b-f]|#x2060|#65279|#xfeff);)"
)
_INLINE_RUN = rf"(?:</?{_INLINE}>)+"
_PARTED = rf"[a-z](?:{_RUN}|{_UNSEEN})[a-z]"

# ASCII letters written as numbers, in HTML and in JSON.
_AS_REFERENCE = r"&#(?:0*(?:6[5-9]|[78][0-9]|9[07-9]|1[01][0-9]|12[0-2])|x0*(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]));?"
_AS_ESCAPE = r"\\u00([4-7][0-9a-f])"

# What may stand between the words of a phrase, and what may stand before a word though it ends in a letter.
_BETWEEN = r"(?:\s|[^\x00-\x7f]|\\[nrt]|&[a-z]+;|&#[0-9a-fx]+;|<[^<>]*>)+"
_BEFORE = r"(?:^|[^a-z]|\\[nrtbf]|\\u[0-9a-f]{4}|&#x?[0-9a-f]+|&[a-z]+)"

_SCRIPT = re.compile(rb"<(script|style)\b[^>]*+>")
_CODED_LETTER = re.compile(_AS_REFERENCE.encode(), re.IGNORECASE)
_ESCAPED_LETTER = re.compile(_AS_ESCAPE.encode(), re.IGNORECASE)
_LOOKS = 8
_PAIRS = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"))
_TAG_IN_RAW_TEXT = re.compile(
    rb"<(?P<element>title|textarea|xmp|iframe|noembed|noframes|plaintext)\b[^>]*+>[^<]*+<(?!/(?P=element))",
    re.IGNORECASE,
)
_NONE = re.compile(rb"(?!)")
_LONGEST_WORD = 60
_UNSEEN_MARK = re.compile(_UNSEEN.encode(), re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?{_INLINE}>".encode(), re.IGNORECASE)
_RUN_IN_WORD = re.compile(rf"(?<=[a-z]){_RUN}(?=[a-z])".encode(), re.IGNORECASE)
# What a page says of itself in its head stays: headlines are found there.
_TAG = re.compile(rb"</?(?!meta\b)[a-z!][^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(rb"<[^<>]*>")
_LETTERS_BEFORE = re.compile(rb"[a-z]+\Z")
_CELL_TAG = re.compile(rb"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(rb"<br\b[^<>]*>|\\[nr]", re.IGNORECASE)


def may_hold_claim(text: str) -> bool:
    """Say whether `text` holds a word that a claim of harm could rest on.

    Args:
        text: A report's text, in any case and of any length.

    Returns:
        False only where no word of any ``words/*.toml`` stands in the text.

    >>> may_hold_claim("Three people DIED on the bridge.")
    True
    >>> may_hold_claim("The council met on the new bridge.")
    False
    """
    return holds(text, _gate())


def holds(text: str, words: Any) -> bool:  # noqa: ANN401 - google-re2 is not typed
    """Say whether any of some words, made ready by `ready`, stands in `text` as a whole word, in any case."""
    return words.search(text.encode("utf-8", "surrogatepass")) is not None


def page_may_hold_claim(page: Page) -> bool:
    """Say whether the text of `page` could pass `may_hold_claim`, without finding that text.

    Args:
        page: A page of any kind. PDF files always pass: their words are compressed.

    Returns:
        False only where no word of harm stands in what could become the report's text or title.
    """
    if page.media_type not in {"text/html", "text/plain", "application/json"}:
        return True
    body = body_as_ascii_keeps(page)
    if page.media_type == "text/html":
        body = without_scripts(body)
        return _may_hold_word(body) and (_word_stands_in_text(body) or _marked_up_may_hold_word(body))
    return _may_hold_word(body)


def body_as_ascii_keeps(page: Page) -> bytes:
    """Return a page's bytes, made UTF-8 where they stand in an encoding in which ASCII words do not stand as such."""
    body = page.body
    if body.startswith(_WIDE) or b"\0" in body[:1024] or (_has_wide_words() and not _is_utf8(body)):
        return decode(body, page.where, page.charset)[0].encode("utf-8", "surrogatepass")
    return body


def _may_hold_word(body: bytes) -> bool:
    return _byte_gate().search(body) is not None


def _word_stands_in_text(body: bytes) -> bool:
    """Say whether one of the first words found stands between tags rather than in one, as it does on most pages."""
    at = 0
    for _ in range(_LOOKS):
        found = _byte_gate().search(body, at)
        if found is None:
            return False
        at = found.end() - 1
        if b"<" not in body[found.start() : at] and body.rfind(b"<", 0, at) < body.rfind(b">", 0, at):
            return True
    return False


def _marked_up_may_hold_word(body: bytes) -> bool:
    """Judge the words between the tags, taken both as parted and as joined by tags that stand within a line."""
    body = body.lower()
    if not _has_plain_tags(body):
        return True
    body = _in_plain_letters(body)
    if _may_hold_word(_TAG.sub(b" ", body)):
        return True
    # On most pages tags join nothing that could be a part of a word of harm.
    return (_has_wide_words() or _joins_word_of_harm(body)) and any(map(_may_hold_word, _in_all_ways(body)))


def plain_forms(body: bytes) -> Iterator[bytes] | None:
    """Return a page's words in lower case without its tags, in the ways in which tags may part or join them.

    Args:
        body: The page's bytes without its scripts.

    Returns:
        Each way in turn: all tags part words; tags that stand within a line join them; all tags join them. None where
        readers differ on what is a tag.
    """
    body = body.lower()
    return _in_all_ways(_in_plain_letters(body)) if _has_plain_tags(body) else None


def _in_all_ways(body: bytes) -> Iterator[bytes]:
    return (_TAG.sub(b" ", joints.sub(b"", body)) for joints in (_NONE, _INLINE_TAG, _RUN_IN_WORD))


def _has_plain_tags(body: bytes) -> bool:
    """Say whether all readers agree on what is a tag on a page in lower case."""
    unclosed = any(body.rfind(opening) > body.rfind(closing) for opening, closing in _PAIRS)
    return not unclosed and _TAG_IN_RAW_TEXT.search(body) is None


def _in_plain_letters(body: bytes) -> bytes:
    """Return a page without marks that are not seen, and with no letter written as a number."""
    body = _UNSEEN_MARK.sub(b"", body)
    if b"&#" in body:
        body = _CODED_LETTER.sub(lambda found: html.unescape(found[0].decode()).encode(), body)
    if b"\\u" in body:
        body = _ESCAPED_LETTER.sub(lambda found: bytes([int(found[1], 16)]), body)
    return body


def _joins_word_of_harm(body: bytes) -> bool:
    """Say whether letters that only tags part make a word of harm, or one of the words of a phrase of harm."""
    for joint, joined in _joints():
        found = joint.search(body)
        while found is not None:
            before = _LETTERS_BEFORE.search(body, max(0, found.start() - _LONGEST_WORD), found.start() + 1)
            word = joined.match(body, before.start() if before else found.start())
            if word is None or _ANY_TAG.sub(b"", word[0]) in _parts_of_words():
                return True
            found = joint.search(body, max(found.end(), word.end()) - 1)
    return False


def paragraphs(body: bytes) -> list[str]:
    """Return a page's words in paragraphs, as well as its tags tell them by themselves.

    Args:
        body: The page's bytes without its scripts, in UTF-8 or an encoding that keeps ASCII.
    """
    body = _INLINE_TAG.sub(b"", _UNSEEN_MARK.sub(b"", body))
    body = _ESCAPED_LETTER.sub(lambda found: bytes([int(found[1], 16)]), body)
    body = _TAG.sub(b"\0", _CELL_TAG.sub(b" ", _BREAK.sub(b"\n", body)))
    return [html.unescape(one.decode("utf-8", "replace")) for one in body.split(b"\0") if one and not one.isspace()]


def without_scripts(body: bytes) -> bytes:
    """Cut scripts and styles out, which are half of many pages; one that is not plainly closed stays."""
    kept: list[bytes] = []
    at, opening = 0, _SCRIPT.search(body)
    while opening:
        end = body.find(b"</" + opening[1], opening.end())
        if end < 0:
            break
        # Headlines are found in linked data too; a comment's end means that the script began in a comment; and readers
        # differ on what "<<" begins.
        taken = b"ld+json" in opening[0] or body.startswith(b"<", opening.start() - 1)
        if not taken and body.find(b"-->", opening.end(), end) < 0:
            kept.append(body[at : opening.start()])
            at = end
        opening = _SCRIPT.search(body, end)
    return b" ".join((*kept, body[at:])) if kept else body


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def _gate() -> Any:  # noqa: ANN401 - google-re2 is not typed
    return ready(_words())


def ready(words: Iterable[str]) -> Any:  # noqa: ANN401 - google-re2 is not typed
    """Make words or phrases ready to be looked for all at once."""
    import re2

    # RE2's \b knows ASCII letters only, so words are guarded by "no letter of any script".
    return re2.compile(rf"(?:^|[^\pL])(?:{'|'.join(re2.escape(word) for word in words)})(?:[^\pL]|$)", _options(re2))


@cache
def _byte_gate() -> Any:  # noqa: ANN401 - google-re2 is not typed
    """Return the gate over bytes in any encoding that keeps ASCII; what it lets through is more than `_gate` does."""
    import re2

    words = "|".join(_BETWEEN.join(_in_bytes(part) for part in word.split(" ")) for word in _words())
    pattern = rf"{_BEFORE}(?:{words})(?:[^a-z]|$)|{_PARTED}|{_AS_REFERENCE}|{_AS_ESCAPE}"
    return re2.compile(pattern.encode(), _options_of_bytes())


@cache
def word_of_harm() -> Any:  # noqa: ANN401 - google-re2 is not typed
    """Return what finds a word of the gate with what parts it from its neighbours, in bytes in lower case."""
    import re2

    words = "|".join(re2.escape(word) for word in _words())
    return re2.compile(f"(?:^|[^a-z])(?:{words})(?:[^a-z]|$)".encode(), _options_of_bytes())


@cache
def _joints() -> tuple[tuple[Any, re.Pattern[bytes]], ...]:
    """Return for each way in which tags join words what finds two letters that are joined, and the whole word."""
    import re2

    return tuple(
        (
            re2.compile(f"[a-z]{tags}[a-z]".encode(), _options_of_bytes()),
            re.compile(f"[a-z]+(?:{tags}[a-z]+)*+".encode()),
        )
        for tags in (_INLINE_RUN, _RUN)
    )


@cache
def _parts_of_words() -> frozenset[bytes]:
    return frozenset(re.findall(rb"[a-z]+", " ".join(_words()).encode()))


def _options_of_bytes() -> Any:  # noqa: ANN401 - google-re2 is not typed
    import re2

    options = _options(re2)
    options.encoding = re2.Options.Encoding.LATIN1
    return options


def _options(re2: Any) -> Any:  # noqa: ANN401 - google-re2 is not typed
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    return options


def _in_bytes(word: str) -> str:
    """Return a pattern for a word's UTF-8 bytes; RE2 folds the case of ASCII letters alone among bytes."""
    return "".join(
        re.escape(letter)
        if letter.isascii()
        else "(?:" + "|".join(_escaped(form) for form in sorted({letter.lower(), letter.upper()})) + ")"
        for letter in word
    )


def _escaped(letter: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in letter.encode())


@cache
def _has_wide_words() -> bool:
    return not all(word.isascii() for word in _words())


@cache
def _words() -> tuple[str, ...]:
    files = (file for file in resources.files(__package__).joinpath("words").iterdir() if file.name.endswith(".toml"))
    groups = (word_list(file.name.removesuffix(".toml")).get("gate", {}) for file in files)
    return tuple(sorted({word for group in groups for words in group.values() for word in words}))
