"""Coming in and going out: the link that opens a laptop's desk once, and the end of a session."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk.refusals import Refusal, Refused
from sayso.desk.rendering import render
from sayso.desk.sessions import LONGEST
from sayso.desk.visit import COOKIE, Seen, needs

router = APIRouter(include_in_schema=False)


@router.get("/enter")
def enter(request: Request) -> Response:
    """Say how one comes in."""
    told = Refused(
        status=401,
        what="This desk opens by the link that it printed when it was started.",
        remedy='The link works once. To have another, end the program and run "sayso desk" again.',
    )
    return render(request, "refused.html", told, 401)


@router.get("/enter/{key}")
def enter_by_link(request: Request, key: str) -> Response:
    """Open the desk for the one who started it."""
    desk = request.app.state.desk
    if desk.owner is None or not desk.sessions.use_link(key):
        raise Refusal(
            403,
            "This link is not one of this desk, or was used already.",
            'To have another, end the program and run "sayso desk" again.',
        )
    answer = RedirectResponse("/", 303)
    set_cookie(answer, desk.sessions.start(desk.owner), secure=desk.secure)
    return answer


@router.get("/")
def begin(request: Request) -> Response:
    """Go to the page that one begins at, the first of the list."""
    return RedirectResponse(request.app.state.nav[0][0], 303)


@router.post("/leave", dependencies=[Depends(needs("reader"))])
def leave(request: Request) -> Response:
    """End the session."""
    request.app.state.desk.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/names", dependencies=[Depends(needs("reader"))])
def names(
    visit: Seen, show: Annotated[Literal["yes", "no"], Form()], back: Annotated[str, Form(max_length=2000)] = "/"
) -> Response:
    """Show names of people harmed in lists and pictures, or hide them again, as long as the session lasts."""
    visit.session.names = show == "yes"
    visit.say("Names of people harmed are shown." if visit.session.names else "Names of people harmed are hidden.")
    return RedirectResponse(back if re.match(r"/(?![/\\])", back) else "/", 303)


def set_cookie(answer: Response, key: str, *, secure: bool) -> None:
    """Hand a session's key to the browser, out of the reach of scripts and of other sites."""
    answer.set_cookie(COOKIE, key, max_age=int(LONGEST), secure=secure, httponly=True, samesite="strict")
