"""Which parts of a web page are not its report, as far as their tags, roles, classes and headings tell.

The words below are those that sites and their software use in class names; a class counts by its whole words, so
``comment-list`` and ``commentList`` speak of comments and ``commentary`` does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

UNSEEN = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "embed", "canvas"),
        *("select", "textarea", "input", "datalist", "audio", "video", "map", "amp-consent", "amp-sidebar"),
    },
)
"""Elements that show no words, or none that belong to a text."""

_TAGS = frozenset({"nav", "footer", "aside", "menu", "button", "dialog", "amp-ad"})
_ROLES = frozenset(
    {"navigation", "contentinfo", "search", "dialog", "menu", "menubar", "banner", "complementary", "note"}
)
_WORDS = frozenset(
    {
        *("comment", "comments", "disqus", "respond", "discuss", "discussion", "replies", "related", "recirc"),
        *(
            "recirculation",
            "recommended",
            "recommendation",
            "recommendations",
            "teaser",
            "teasers",
            "promo",
            "newsletter",
        ),
        *(
            "signup",
            "subscribe",
            "subscription",
            "paywall",
            "share",
            "sharing",
            "sharedaddy",
            "social",
            "sidebar",
            "nav",
        ),
        *(
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "footer",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
        ),
        *("banner", "ad", "ads", "advert", "advertisement", "sponsor", "sponsored", "outbrain", "taboola", "popular"),
        *("mostread", "trending", "tags", "toc", "navbox", "catlinks", "pager", "pagination", "readmore", "noprint"),
        *("skip", "hatnote", "preheader", "unsubscribe", "masthead", "relatedposts", "reflist", "references", "search"),
        *("copyright", "disclaimer", "legal", "caption", "credit", "credits"),
    },
)
_PAIRS = frozenset(
    {
        *(("most", "read"), ("most", "viewed"), ("read", "more"), ("read", "next"), ("more", "from"), ("sign", "up")),
        *(("site", "header"), ("site", "info"), ("site", "sub"), ("author", "bio"), ("screen", "reader")),
        *(("infobox", "image"), ("owner", "name"), ("message", "info")),
    },
)
_NEVER = frozenset({"html", "body", "main", "caption"})
_ABOUT = frozenset({"no", "has", "with", "without", "open", "hide", "show"})
"""Words before one of those above that tell of a page's layout, not of what an element holds: ``has-sidebar``."""

_CAPTIONS = frozenset({"caption", "title", "infobox"})
"""Words beside which ``caption`` is the name of a table, not of a picture."""

_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_REFERENCE = re.compile(r"\[\s*(?:\d{1,4}|[a-z]|note \d{1,3}|citation needed|edit)\s*\]", re.IGNORECASE)
_REFERENCE_WORDS = frozenset({"reference", "editsection", "mw-editsection", "backlink"})
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

HEADING = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|be interested)"
    r"|related(?: (?:stories|articles|posts|news|topics|coverage))?|read (?:next|more|also)|see also|also read"
    r"|more (?:from|news|stories|posts|reports)\b.*|most (?:read|viewed|popular)"
    r"|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:reply|comment)"
    r"|recommended(?: for you)?|trending(?: now)?|popular(?: now)?|share this(?: \w+)?"
    r"|(?:today's )?(?:top|latest|recent) (?:stories|news|posts|statements|articles|releases)"
    r"|(?:in this section|references|external links|further reading|categories|tags|newsletter|stay informed)"
    r"|à lire aussi|lire aussi|mehr zum thema|lesen sie auch|lea también|leia também|read more on .*)\s*:?",
    re.IGNORECASE,
)
"""Headings of what is not the report: other reports, comments, references."""


def is_unseen(element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    """Say whether a browser shows nothing of an element, as far as the page itself says."""
    if element.tag in UNSEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _NOT_SHOWN.search(style[:300]) is not None


def is_reference(element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    """Say whether an element is a mark of a reference or a link to edit, such as ``[3]`` in an encyclopaedia."""
    tag = element.tag
    if tag not in {"sup", "span"}:
        return False
    names = (element.get("class") or "")[:500].split()
    if any(name in _REFERENCE_WORDS for name in names):
        return True
    return tag == "sup" and _REFERENCE.fullmatch("".join(islice(element.itertext(), 8))[:40].strip()) is not None


def is_outside(element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    """Say whether an element's tag, role, class or id says that it holds no part of the report."""
    tag = element.tag
    if tag == "figure":
        # A picture with its caption, but some systems put tables and quotations into figures too.
        return next(element.iterdescendants("table", "blockquote", "pre"), None) is None
    if tag in _TAGS or element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        return True
    return tag not in _NEVER and _named_so((element.get("class") or "")[:500], (element.get("id") or "")[:100])


@lru_cache(maxsize=4096)
def _named_so(classes: str, id_: str) -> bool:
    for name in (*classes.split(), id_):
        parts = [part.lower() for part in _PARTS.findall(name)]
        if "caption" in parts and any(part in _CAPTIONS - {"caption"} for part in parts):
            continue
        if any(pair in _PAIRS or (pair[1] in _WORDS and pair[0] not in _ABOUT) for pair in pairwise(["", *parts])):
            return True
    return False
