"""The pages about papers: what is in the library, adding, removing, one paper, its evidence."""

from __future__ import annotations

import contextlib
import re
from typing import Annotated, Final
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import ExociteError, UnknownDocument
from corpus.pointers import reasons
from corpus.readers import SUFFIXES, max_file_mb
from qa.permalinks import locate
from web.dependency import TheService, TheStop
from web.guard import MAX_BODY
from web.kept import kept_or
from web.leaves import Leaf, sought
from web.limits import TheAddress
from web.pages import read_conversation
from web.problems import Problem, UploadError
from web.rendering import render, span_url
from web.schema import Outcome
from web.sheets import breaks, sheets
from web.source import asked_span, source_view
from web.stream import EVENT_STREAM, Streamed, adding_events
from web.uploads import Incoming, happenings, receive
from web.walk import walk

router = APIRouter(include_in_schema=False)

_PAPERS: Final = 50
"""Papers on one page of the list."""
_PAGE_WIDTH: Final = 1_000
"""Pixels across a page where its address does not say."""
_DOCUMENT_ID: Final = re.compile(r"[a-z0-9-]{1,200}")
_MOST_MB: Final = (MAX_BODY - 2**20) / 1e6
"""Megabytes of files in one request, with room for what parts them."""

Character = Annotated[int, Path(ge=0)]


@router.get("/documents")
def documents(service: TheService, removed: str | None = None, q: str = "", page: str = "") -> Response:
    """The papers in the library, or those that hold some words; a form to add some, and one for each to remove it."""
    gone = removed is not None and _DOCUMENT_ID.fullmatch(removed) is not None
    gone = gone and removed not in service.shelf().papers
    return _shelf(service, removed=removed if gone else None, q=sought(q), page=page)


@router.post("/documents")
def add(
    service: TheService,
    request: Request,
    stop: TheStop,
    file: Annotated[list[UploadFile] | None, File()] = None,
    identifier: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """The same page, saying what became of each file and article; to a running page the same in events."""
    incoming = Incoming.of(file or (), identifier or ())
    if not incoming:
        message = "No file was chosen and no article named; choose one or more files, or name an article, first."
        return _shelf(service, status=422, message=message)
    if EVENT_STREAM in request.headers.get("accept", ""):
        return Streamed(adding_events(happenings(service, incoming, stop), _outcome), stop)
    try:
        return _shelf(service, outcomes=receive(service, incoming, stop))
    except UploadError as error:
        return _shelf(service, problem=error.problem, outcomes=error.problem.outcomes)


@router.post("/documents/{document_id}/remove")
def remove(
    document_id: str, service: TheService, q: Annotated[str, Form()] = "", page: Annotated[str, Form()] = ""
) -> Response:
    """The paper is gone, with everything that was made from it; the list follows, where it was."""
    service.remove(document_id)
    kept = {name: value for name, value in (("page", page), ("q", q)) if value}
    return RedirectResponse(f"/documents?{urlencode({'removed': document_id} | kept)}", 303)


@router.get("/documents/{document_id}")
def source(
    document_id: str,
    service: TheService,
    address: TheAddress,
    start: str | None = None,
    end: str | None = None,
) -> Response:
    """One paper, readable, with exactly the characters `[start, end)` highlighted.

    Where the address holds a question too, the page leads on to the other evidence of its answer.
    """
    reading = service.reading(document_id)
    span, note = asked_span(start, end, len(reading.document.text))
    steps = None
    if address.q is not None:
        with contextlib.suppress(ExociteError):  # the paper is shown whatever becomes of the question
            asked = read_conversation(address.q, address.h, address.scope(), address.follows)
            steps = walk(service, kept_or(service, asked, address.c, address.number), document_id, span)
    shown = reading.layout if service.pages(document_id) else None
    view = source_view(
        reading, span, service.cautions(reading), breaks(shown, reading.document.text) if shown else None
    )
    context = {
        "reading": reading,
        "view": view,
        "note": note,
        "walk": steps,
        "unresolved": reasons(reading.unresolved, reading.references),
        "sheets": sheets(shown, span) if shown else (),
    }
    return HTMLResponse(render("source.html", **context))


@router.get("/documents/{document_id}/pages/{number}.png")
def page(
    document_id: str, number: int, service: TheService, request: Request, width: Annotated[int, Query()] = _PAGE_WIDTH
) -> Response:
    """A page of a paper as it is printed, `width` pixels wide.

    A browser asks again each time whether it may show what it has: once the paper is gone, it may not.
    """
    picture = service.picture(document_id, number, width)
    headers = {"ETag": f'"{picture.tag}"', "Cache-Control": "private, no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(picture.draw(), media_type="image/png", headers=headers)


@router.get("/evidence/{document_id}/{start}-{end}")
def evidence(document_id: str, start: Character, end: Character, service: TheService, text: str = "") -> Response:
    """The evidence of a permalink on its source page; where its text has changed, a page that says so."""
    try:
        reading = service.reading(document_id)
    except UnknownDocument as error:
        msg = (
            f"This link is to evidence from the paper '{document_id}', which is not in this library: it was removed, "
            "or its file has another name now. The papers page lists those there are."
        )
        raise UnknownDocument(msg) from error
    place = locate(reading, start, end, text)
    if place.state == "same" or not text:  # a link without a digest names only the characters
        return RedirectResponse(span_url(document_id, start, end), 303)
    return HTMLResponse(render("changed.html", document=reading.document, place=place))


def _outcome(outcome: Outcome) -> str:
    return render("outcome.html", outcome=outcome)


def _shelf(
    service: TheService,
    *,
    status: int = 200,
    message: str | None = None,
    removed: str | None = None,
    problem: Problem | None = None,
    outcomes: tuple[Outcome, ...] = (),
    q: str = "",
    page: str = "",
) -> Response:
    shelf = service.shelf()
    leaf = Leaf.of(shelf.find(q), page, _PAPERS, "/documents", "papers", q=q)
    content = render(
        "documents.html",
        documents=len(shelf.papers),
        leaf=leaf,
        q=q,
        check="/check" + (f"?{urlencode({'q': q})}" if q else ""),
        kept=[*([("page", str(leaf.number))] if leaf.number > 1 else ()), *([("q", q)] if q else ())],
        most_mb=min(max_file_mb(), _MOST_MB),
        together_mb=_MOST_MB,
        fetched_from=urlsplit(service.settings.europepmc_url).hostname,
        suffixes=sorted(SUFFIXES),
        message=message,
        removed=removed,
        outcomes=outcomes,
    )
    return HTMLResponse(content, problem.kind.status if problem else status)
