"""The chat page: a question, its answer, the evidence; as a whole page, or in pieces to a page already open."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from corpus.errors import ExociteError, QuestionError
from qa.conversations.records import MAX_HISTORY, latest
from qa.conversations.replay import answer_of
from qa.exports import FORMATS
from qa.forms import Format
from qa.results import AskResponse, Evidence, Lead, Part, SearchResponse, Sentence
from qa.scope import EVERYTHING, Scope
from qa.service import Service
from qa.stopping import Stop
from web.conversation import Conversation
from web.dependency import TheService
from web.kept import Kept, kept_or
from web.limits import Address, TheAddress
from web.metrics import Metrics
from web.problems import problem_of
from web.rendering import render
from web.schema import QuestionRequest
from web.shown import of_answer
from web.stream import Streamed, event

router = APIRouter(include_in_schema=False)

EXAMPLES: Final = (
    "how does miR-21 promote metastasis in colorectal cancer",
    "which exosomal microRNAs target PTEN",
    "how do exosomes prepare a pre-metastatic niche",
    "does exosomal miR-105 break down tight junctions",
)

_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")


@router.get("/")
def chat(request: Request, service: TheService, address: TheAddress) -> Response:
    """The chat page: empty, or with one answered question and the earlier ones it follows."""
    if address.q is None:
        return HTMLResponse(render("welcome.html", examples=EXAMPLES, limits=address, **state(service)))
    try:
        conversation = read_conversation(address.q, address.h, address.scope(), address.follows)
        if address.unkept:
            conversation = replace(conversation, unkept=service.conversations.trouble())
        response = _answered(service, conversation, request.app.state.metrics)
    except ExociteError as error:
        return refused(service, address, error)
    return answered(service, conversation, response)


def answered(service: Service, conversation: Conversation, response: AskResponse) -> Response:
    """The page of an answered question."""
    shown = of_answer(response, conversation.scope)
    context = {"conversation": conversation, "response": response, "shown": shown}
    return HTMLResponse(render("chat.html", **context, **state(service)))


@router.get("/turn")
def turn(request: Request, service: TheService, address: TheAddress) -> Response:
    """The same in events of HTML, in the order of the page's making.

    `turn` (the frame), `understood`, `verdict`, `evidence`, `lead`, `sentence`…, `mechanisms`, `done`.
    An error on the way ends the events with `problem`.
    """
    conversation = read_conversation(address.q or "", address.h, address.scope())
    stop = Stop()
    parts = service.stream(conversation.question, history=conversation.history, scope=conversation.scope, stop=stop)
    return Streamed(turn_events(service, conversation, request.app.state.metrics.watched(parts)), stop)


def turn_events(
    service: Service, conversation: Conversation, parts: Generator[Part, None, None]
) -> Generator[bytes, None, None]:
    """The frame of a turn, then its parts as they come, each as HTML; the parts are closed at the end."""
    with closing(parts):
        papers = service.shelf().papers
        yield event("turn", render("turn.html", conversation=conversation, response=None, papers=papers))
        yield from _part_events(parts, conversation)


def _part_events(parts: Generator[Part, None, None], conversation: Conversation) -> Generator[bytes, None, None]:
    evidence: tuple[Evidence, ...] = ()
    try:
        for part in parts:
            if isinstance(part, SearchResponse):
                evidence = part.evidence
                for name in ("understood", "verdict", "evidence"):
                    yield event(name, render("part.html", part=name, conversation=conversation, response=part))
            elif isinstance(part, Lead):
                yield event("lead", render("lead.html", lead=part))
            elif isinstance(part, Sentence):
                yield event("sentence", render("sentence.html", sentence=part, evidence=evidence))
            else:
                shown = of_answer(part, conversation.scope)
                yield event("mechanisms", render("mechanisms_part.html", shown=shown))
                yield event("done", render("writer.html", answer=part.answer))
    except ExociteError as error:
        yield event("problem", render("problem.html", problem=problem_of(error)))


@router.get("/export")
def export(
    request: Request, service: TheService, address: TheAddress, form: Annotated[Format, Query(alias="format")]
) -> Response:
    """The answer of the chat page with the same parameters as a file to save, in a format of `qa.exports`."""
    asked = read_conversation(address.q or "", address.h, address.scope(), address.follows)
    conversation = kept_or(service, asked, address.c, address.number)
    if isinstance(conversation, Kept):
        response = answer_of(service, conversation.whole, conversation.asked)
    else:
        response = _answered(service, conversation, request.app.state.metrics)
    info = FORMATS[form]
    name = _NOT_PLAIN.sub("-", response.interpreted.question.casefold()).strip("-")[:60].strip("-") or "answer"
    headers = {"Content-Disposition": f'attachment; filename="{name}{info.suffix}"'}
    return Response(service.export(response, form), media_type=info.media_type, headers=headers)


def read_conversation(
    question: str, history: list[str], scope: Scope = EVERYTHING, after: tuple[tuple[str, str], ...] = ()
) -> Conversation:
    """The conversation that an address names; blank earlier questions and those beyond the latest 50 are left out.

    Args:
        after: the turn of a kept conversation that a follow-up goes on from.

    Raises:
        QuestionError: a question is empty, too long, or holds control characters.
    """
    earlier = [text for text in history if text.strip()][-MAX_HISTORY:]
    try:
        asked = QuestionRequest(question=question, history=earlier)
    except ValidationError as error:
        raise QuestionError(error.errors()[0]["msg"]) from error
    return Conversation(asked.question, latest(asked.history), scope, after)


def refused(service: Service, asked: Conversation | Address, error: ExociteError) -> Response:
    """The page that says why a question cannot be answered, with what was typed, to be asked again."""
    problem = problem_of(error)
    context: dict[str, object]
    if isinstance(asked, Address):
        earlier = [] if isinstance(error, QuestionError) else asked.h  # it may be what is wrong
        context = {"typed": asked.q or "", "earlier": earlier, "limits": asked, "follows": asked.follows}
    else:
        context = {"typed": asked.question, "earlier": asked.history, "limits": asked.scope, "follows": asked.before}
    return HTMLResponse(render("refused.html", problem=problem, **context, **state(service)), problem.kind.status)


def state(service: Service) -> dict[str, object]:
    """What a page with the form to ask shows of the library."""
    return {"library": service.library(), "ready": service.ready(), "papers": service.shelf().papers}


def _answered(service: Service, conversation: Conversation, metrics: Metrics) -> AskResponse:
    response = service.ask(conversation.question, history=conversation.history, scope=conversation.scope)
    metrics.asked(response.support, response.took_ms)
    return response
