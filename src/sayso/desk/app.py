"""The application: its pages, what stands before them, and how what goes wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sayso.desk import (
    assets,
    claim_rulings,
    coding,
    compare,
    entering,
    exports,
    history,
    inbox,
    incident,
    incident_rulings,
    incidents,
    judging,
    original,
    people,
    report,
    sources,
    verifying,
)
from sayso.desk.guard import Guard
from sayso.desk.refusals import Refusal, Refused, Unsent, status_of
from sayso.desk.rendering import render
from sayso.desk.visit import needs
from sayso.ledger import LedgerError
from sayso.problems import UsageError

if TYPE_CHECKING:
    from sayso.desk.desk import Desk

PAGES = (
    inbox.pages,
    incidents.pages,
    incident.pages,
    incident_rulings.pages,
    sources.pages,
    compare.pages,
    exports.pages,
    report.pages,
    claim_rulings.pages,
    original.pages,
    coding.pages,
    judging.pages,
    history.pages,
    people.pages,
    verifying.pages,
)
"""Every module of pages, in the order of the page's own list."""


def make_app(desk: Desk) -> FastAPI:
    """Return the application that serves a desk."""
    app = FastAPI(
        title="sayso desk",
        summary="A ledger of who says how many people came to harm.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    app.state.nav = [pages.nav for pages in PAGES if pages.nav is not None]
    for router in (*(pages.router for pages in PAGES), entering.router):
        app.router.routes.extend(router.routes)  # one flat list, which tests can go through
    app.add_api_route(
        "/openapi.json",
        lambda: JSONResponse(app.openapi()),
        dependencies=[Depends(needs("reader"))],
        include_in_schema=False,
    )
    app.add_api_route(assets.AT + "/{digest}/{name:path}", _asset, include_in_schema=False)
    for kind, tell in _TOLD.items():
        app.add_exception_handler(kind, tell)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(desk.hosts), www_redirect=False)
    app.add_middleware(Guard)  # the last that is added stands before all others
    return app


def _asset(digest: str, name: str) -> Response:
    found = assets.find(digest, name)
    if found is None:
        raise Refusal(404, "There is no such file.", "Load the page again; a newer version of the desk may be running.")
    content, kind = found
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _refused(request: Request, refused: Refused) -> Response:
    """Tell why something was not done: to people as a page, to programs as JSON."""
    if not _wants_page(request):
        return JSONResponse(refused.model_dump(), refused.status)
    if refused.status == 401 and request.method == "GET":
        return RedirectResponse("/enter", 303)
    return render(request, "refused.html", refused, refused.status)


def _wants_page(request: Request) -> bool:
    by_script = "HX-Request" in request.headers
    return (by_script or "text/html" in request.headers.get("accept", "")) and not request.url.path.endswith(".json")


def _by_refusal(request: Request, error: Any) -> Response:  # noqa: ANN401 - the framework knows which
    if isinstance(error, Unsent) and _wants_page(request):
        answer = render(request, error.template, error.page, error.status)
        answer.headers.update(error.headers)
        return answer
    return _refused(request, Refused(status=error.status, what=error.what, remedy=error.remedy, href=error.href))


def _by_ledger(request: Request, error: Any) -> Response:  # noqa: ANN401 - likewise
    problem = error.problem
    return _refused(request, Refused(status=status_of(problem.code), what=problem.what, remedy=problem.remedy))


def _by_usage(request: Request, error: Any) -> Response:  # noqa: ANN401 - likewise
    return _refused(request, Refused(status=422, what=str(error), remedy="Go back, change it and send it again."))


def _by_validation(request: Request, error: Any) -> Response:  # noqa: ANN401 - likewise
    parts = [f"{'.'.join(str(step) for step in one['loc'][1:])}: {one['msg']}" for one in error.errors()[:5]]
    what = f"Something asked for is none of what it can be: {'; '.join(parts)}."
    return _refused(request, Refused(status=422, what=what, remedy="Go back, change it and send it again."))


def _by_status(request: Request, error: Any) -> Response:  # noqa: ANN401 - likewise
    if error.status_code == 404:
        told = Refused(status=404, what="There is no page at this address.", remedy="Begin at the list of pages above.")
    else:
        told = Refused(status=error.status_code, what=str(error.detail), remedy="Load the page again.")
    return _refused(request, told)


_TOLD: dict[type[Exception], Any] = {
    Refusal: _by_refusal,
    LedgerError: _by_ledger,
    UsageError: _by_usage,
    RequestValidationError: _by_validation,
    HTTPException: _by_status,
}
