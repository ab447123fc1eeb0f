"""The page of mechanisms: a table and a drawing of what the papers say within limits, or of what answers a question."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from corpus.errors import ExociteError
from qa.mechanisms.table import MOST_SHOWN
from qa.results import MechanismResponse
from qa.scope import Scope
from qa.service import Service
from web.dependency import TheService
from web.graph import graph_of
from web.limits import Address, parameters
from web.problems import problem_of
from web.rendering import render
from web.shown import Line, Shown, downloads

router = APIRouter(include_in_schema=False)

PAGE: Final = 50
"""Mechanisms on one page."""


class MechanismAddress(Address):
    """What the address of the page of mechanisms holds: as the chat page, and where a page of the table begins."""

    offset: str = ""


TheMechanismAddress = Annotated[MechanismAddress, Query()]


@router.get("/mechanisms")
def mechanisms(service: TheService, address: TheMechanismAddress) -> Response:
    """What the papers say of mechanisms: the limits, a table whose every cell leads to its words, and a drawing."""
    context = {"limits": address, "typed": address.q or "", "papers": service.shelf().papers}
    try:
        scope = address.scope()
        found = _found(service, address, scope)
    except ExociteError as error:
        problem = problem_of(error)
        page = render("mechanisms.html", problem=problem, found=None, shown=None, **context)
        return HTMLResponse(page, problem.kind.status)
    shown = _page(found, address, scope)
    return HTMLResponse(render("mechanisms.html", problem=None, found=found, shown=shown, **context))


def _found(service: Service, address: Address, scope: Scope) -> MechanismResponse:
    asked = (address.q or "").strip() or None
    return service.mechanisms(asked, scope=scope, limit=MOST_SHOWN)


def _page(found: MechanismResponse, address: MechanismAddress, scope: Scope) -> Shown:
    offset = int(address.offset) if address.offset.isdecimal() and len(address.offset) < len(str(MOST_SHOWN)) else 0
    entries = found.mechanisms
    pages = [offset - PAGE if offset else None, offset + PAGE if offset + PAGE < len(entries) else None]
    own = [("q", found.question)] if found.question else []
    before, after = (
        None if page is None else "/mechanisms?" + urlencode([*own, *parameters(scope), ("offset", max(0, page))])
        for page in pages
    )
    lines = tuple(Line(entry) for entry in entries[offset : offset + PAGE])
    return Shown(lines, graph_of(entries), downloads(found.question, scope), (before, after))
