"""The pages of the history: asking so that it is kept, a conversation, the list of all, and what is done with them."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import ExociteError, HistoryError, InputError
from qa.conversations.exporting import WholeFormat
from qa.conversations.records import ConversationList
from qa.conversations.replay import answer_of, watched
from qa.service import Service
from qa.stopping import Stop
from web.conversations import exported
from web.dependency import TheService
from web.kept import Kept, keep
from web.limits import Address, TheForm
from web.pages import answered, read_conversation, refused, state, turn_events
from web.problems import problem_of
from web.rendering import render
from web.stream import Streamed

router = APIRouter(include_in_schema=False)

_ON_A_PAGE: Final = 50
"""Conversations on one page of the list."""


@router.post("/ask")
def ask(service: TheService, form: TheForm) -> Response:
    """The question is kept as the newest turn of its conversation; the page of that turn follows."""
    try:
        asked = read_conversation(form.q or "", form.h, form.scope())
    except ExociteError as error:
        return refused(service, form, error)
    kept = keep(service, asked, form.c, form.number)
    return RedirectResponse(f"{kept.url}&unkept=1" if kept.unkept else kept.url, 303)


@router.post("/turn")
def turn(request: Request, service: TheService, form: TheForm) -> Response:
    """The same for a page already open: the events of `GET /turn`, the frame with the address of the turn."""
    asked = read_conversation(form.q or "", form.h, form.scope())
    kept = keep(service, asked, form.c, form.number)
    stop = Stop()
    parts = service.stream(kept.question, history=kept.history, scope=kept.scope, stop=stop)
    if isinstance(kept, Kept):
        parts = watched(service, kept.whole.id, kept.number, parts)
    return Streamed(turn_events(service, kept, request.app.state.metrics.watched(parts)), stop)


@router.get("/c/{conversation}")
def whole(conversation: str, request: Request, service: TheService) -> Response:
    """A conversation, its latest turn open."""
    found = service.conversations.conversation(conversation)
    if not found.turns:
        return HTMLResponse(render("begun.html", whole=found, limits=Address(), **state(service)))
    return _shown(request, service, Kept.at(found, len(found.turns)))


@router.get("/c/{conversation}/{number:int}")
def one(conversation: str, number: int, request: Request, service: TheService) -> Response:
    """A conversation, one turn open."""
    return _shown(request, service, Kept.at(service.conversations.conversation(conversation), number))


def _shown(request: Request, service: Service, kept: Kept) -> Response:
    try:
        response = answer_of(service, kept.whole, kept.asked)
    except ExociteError as error:
        return refused(service, kept, error)
    request.app.state.metrics.asked(response.support, response.took_ms)
    return answered(service, kept, response)


@router.get("/conversations")
def conversations(
    service: TheService, search: str = "", offset: Annotated[int, Query(ge=0)] = 0, deleted: str = ""
) -> Response:
    """The conversations, the last changed first, with what can be done with each."""
    return _list(service, search=search, offset=offset, told="Deleted." if deleted else "")


@router.post("/conversations/delete")
def delete_all(service: TheService, confirm: Annotated[str, Form()] = "") -> Response:
    """Every conversation is gone, where the box beside it was ticked."""
    if not confirm:
        return _list(service, problem=InputError("Nothing was deleted; tick the box beside the button to delete all."))
    service.conversations.delete_all()
    return RedirectResponse("/conversations?deleted=all", 303)


@router.post("/c/{conversation}/rename")
def rename(conversation: str, service: TheService, title: Annotated[str, Form()] = "") -> Response:
    """The conversation has another title; its page follows."""
    try:
        service.conversations.rename(conversation, title)
    except InputError as error:
        return _list(service, problem=error)
    return RedirectResponse(f"/c/{conversation}", 303)


@router.post("/c/{conversation}/delete")
def delete(conversation: str, service: TheService) -> Response:
    """The conversation is gone; the list of the others follows."""
    service.conversations.delete(conversation)
    return RedirectResponse("/conversations?deleted=1", 303)


@router.get("/c/{conversation}/export")
def export(
    conversation: str, service: TheService, form: Annotated[WholeFormat, Query(alias="format")] = "markdown"
) -> Response:
    """The whole conversation as a file to save."""
    return exported(service, service.conversations.conversation(conversation), form)


def _list(
    service: Service, *, search: str = "", offset: int = 0, told: str = "", problem: ExociteError | None = None
) -> Response:
    found = ConversationList((), 0)
    try:
        found = service.conversations.cards(search, _ON_A_PAGE, offset)
    except HistoryError as error:
        problem = problem or error
    content = render(
        "conversations.html",
        found=found,
        search=search,
        older=_page(search, offset + _ON_A_PAGE) if offset + _ON_A_PAGE < found.total else None,
        newer=_page(search, max(offset - _ON_A_PAGE, 0)) if offset else None,
        told=told,
        problem=problem_of(problem) if problem else None,
        off=service.conversations.path is None,
    )
    return HTMLResponse(content, problem_of(problem).kind.status if problem else 200)


def _page(search: str, offset: int) -> str:
    return "/conversations?" + urlencode({"search": search, "offset": offset})
