"""The chat page: a question, its answer, the evidence; as a whole page, or in pieces to a page already open."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from corpus.errors import ExociteError, QuestionError
from corpus.store import DocumentSummary
from qa.exports import FORMATS
from qa.results import AskResponse, Evidence, Format, Lead, Part, SearchResponse, Sentence
from qa.scope import EVERYTHING, Scope
from qa.service import Service
from qa.stopping import Stop
from web.conversation import Conversation, latest
from web.dependency import TheService
from web.limits import TheAddress
from web.metrics import Metrics
from web.problems import problem_of
from web.rendering import render
from web.schema import MAX_HISTORY, QuestionRequest
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
        return HTMLResponse(render("welcome.html", examples=EXAMPLES, limits=address, **_state(service)))
    try:
        conversation = read_conversation(address.q, address.h, address.scope())
        response = _answered(service, conversation, request.app.state.metrics)
    except ExociteError as error:
        problem = problem_of(error)
        earlier = () if isinstance(error, QuestionError) else address.h  # it may be what is wrong
        context = {"problem": problem, "typed": address.q, "earlier": earlier, "limits": address}
        page = render("refused.html", **context, **_state(service))
        return HTMLResponse(page, problem.kind.status)
    return HTMLResponse(render("chat.html", conversation=conversation, response=response, **_state(service)))


@router.get("/turn")
def turn(request: Request, service: TheService, address: TheAddress) -> Response:
    """The same in events of HTML: `turn` (the frame), `understood`, `verdict`, `evidence`, `lead`, `sentence`…, `done`.

    An error on the way ends the events with `problem`.
    """
    conversation = read_conversation(address.q or "", address.h, address.scope())
    stop = Stop()
    return Streamed(_turn_events(service, conversation, request.app.state.metrics, stop), stop)


def _turn_events(
    service: Service, conversation: Conversation, metrics: Metrics, stop: Stop
) -> Generator[bytes, None, None]:
    yield event("turn", render("turn.html", conversation=conversation, response=None, papers=_papers(service)))
    parts = service.stream(conversation.question, history=conversation.history, scope=conversation.scope, stop=stop)
    with closing(metrics.watched(parts)) as watched:
        yield from _part_events(watched, conversation)


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
                yield event("done", render("writer.html", answer=part.answer))
    except ExociteError as error:
        yield event("problem", render("problem.html", problem=problem_of(error)))


@router.get("/export")
def export(
    request: Request, service: TheService, address: TheAddress, form: Annotated[Format, Query(alias="format")]
) -> Response:
    """The answer of the chat page with the same parameters as a file to save, in a format of `qa.exports`."""
    conversation = read_conversation(address.q or "", address.h, address.scope())
    response = _answered(service, conversation, request.app.state.metrics)
    info = FORMATS[form]
    name = _NOT_PLAIN.sub("-", response.interpreted.question.casefold()).strip("-")[:60].strip("-") or "answer"
    headers = {"Content-Disposition": f'attachment; filename="{name}{info.suffix}"'}
    return Response(service.export(response, form), media_type=info.media_type, headers=headers)


def read_conversation(question: str, history: list[str], scope: Scope = EVERYTHING) -> Conversation:
    """The conversation that an address names; blank earlier questions and those beyond the latest 50 are left out.

    Raises:
        QuestionError: a question is empty, too long, or holds control characters.
    """
    earlier = [text for text in history if text.strip()][-MAX_HISTORY:]
    try:
        asked = QuestionRequest(question=question, history=earlier)
    except ValidationError as error:
        raise QuestionError(error.errors()[0]["msg"]) from error
    return Conversation(asked.question, latest(asked.history), scope)


def _answered(service: Service, conversation: Conversation, metrics: Metrics) -> AskResponse:
    response = service.ask(conversation.question, history=conversation.history, scope=conversation.scope)
    metrics.asked(response.support, response.took_ms)
    return response


def _state(service: Service) -> dict[str, object]:
    return {"library": service.library(), "ready": service.ready(), "papers": _papers(service)}


def _papers(service: Service) -> dict[str, DocumentSummary]:
    """The papers by id, in the order of their titles."""
    papers = sorted(service.documents(), key=lambda paper: (paper.title.casefold(), paper.id))
    return {paper.id: paper for paper in papers}
