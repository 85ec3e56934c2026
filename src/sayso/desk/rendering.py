"""Models to pages: one set of templates, which escape whatever they are given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso.desk.assets import asset
from sayso.desk.cards import LABELS, STATE_WORDS
from sayso.desk.visit import TOKEN_FIELD, session_of

if TYPE_CHECKING:
    from fastapi import Request
    from pydantic import BaseModel


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("sayso.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.globals["labels"] = LABELS
    made.globals["state_words"] = STATE_WORDS
    return made


def render(request: Request, template: str, page: BaseModel, status: int = 200) -> HTMLResponse:
    """Return a page.

    Args:
        request: What was asked, for who is signed in and where one is.
        template: The template's file.
        page: What the template shows, as ``page``.
        status: The status of the answer.
    """
    session = getattr(request.state, "session", None) or session_of(request)
    said: list[str] = []
    if session is not None and "HX-Request" not in request.headers:
        said, session.said = session.said, []
    html = (
        _environment()
        .get_template(template)
        .render(
            page=page,
            desk=request.app.state.desk,
            nav=request.app.state.nav,
            person=None if session is None else session.person,
            names=session is not None and session.names,
            said=said,
            path=request.url.path,
            query=request.url.query,
            token_field=TOKEN_FIELD,
            token="" if session is None else session.form_token(),
        )
    )
    return HTMLResponse(html, status)
