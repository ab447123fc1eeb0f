"""The HTTP endpoint: JSON in, JSON out; the shapes are those of `qa.results` and a contract."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, HTTPException, Query, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse

from qa.conversations.replay import Asked
from qa.exports import FORMATS
from qa.exports.mechanisms import mechanisms_csv
from qa.forms import Format
from qa.results import AskResponse, MechanismResponse, SearchResponse
from qa.serial import to_json
from qa.service import Service
from web.dependency import TheService, TheStop
from web.metrics import Metrics
from web.schema import AskRequest, Health, MechanismRequest, Outcome, Paper, PaperDetail, ProblemDetail, QuestionRequest
from web.stream import EVENT_STREAM, Streamed, adding_events, answer_events
from web.uploads import Incoming, happenings, receive

router = APIRouter()

_JSON: Final = "application/json"
_TURN: Final = "Exocite-Turn"
"""The header that says the page of a question that was kept."""
_OTHERS: Final = {
    info.media_type: {"schema": {"type": "string"}} for info in FORMATS.values() if info.media_type != _JSON
}

TheFormat = Annotated[Format, Query(alias="format", description="What the answer is written as.")]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI should say of the errors a route can give."""
    return {
        status: {"model": ProblemDetail, "content": {"application/problem+json": {}}, "description": "A problem."}
        for status in statuses
    }


_ASK_RESPONSES: Final = {
    **problems(400, 404, 413, 422, 503),
    200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}, **_OTHERS}, "description": "The answer."},
}
_SEARCH_RESPONSES: Final = {
    **problems(400, 404, 422, 503),
    200: {"content": _OTHERS, "description": "The evidence."},
}


@router.post("/api/search", tags=["questions"], response_model=SearchResponse, responses=_SEARCH_RESPONSES)
def search(asked: QuestionRequest, service: TheService, request: Request, form: TheFormat = "json") -> Response:
    """Ranked evidence for a question, best first; `format` as for `/api/ask`."""
    response = service.search(asked.question, **_besides(asked))
    _metrics(request).asked(response.support, response.took_ms)
    return _written(service, response, form)


@router.post("/api/ask", tags=["questions"], response_model=AskResponse, responses=_ASK_RESPONSES)
def ask(asked: AskRequest, service: TheService, request: Request, stop: TheStop, form: TheFormat = "json") -> Response:
    """An answer written from the evidence, each sentence with the ranks of what it stands on.

    With `?format=markdown`, `csv`, `bibtex`, `ris` or `csl-json` the same, written for another program.
    With `Accept: text/event-stream` the same comes in events: `evidence` (as from `/api/search`), `lead` (what was
    found and where), one `sentence` for each, and `done` (the whole answer).

    With `conversation` it is asked after the latest question of that conversation, and kept in it; the header
    `Exocite-Turn` then says its page. It is missing where the question could not be kept.
    """
    turn = _turn(service, asked)
    besides = _besides(asked) | ({"history": turn.history} if turn else {})
    parts = _metrics(request).watched(service.stream(asked.question, **besides, writer=asked.writer, stop=stop))
    if turn:
        parts = turn.watched(parts)
    if form == "json" and EVENT_STREAM in request.headers.get("accept", ""):
        response: Response = Streamed(answer_events(parts), stop)
    else:
        *_, last = parts
        assert isinstance(last, AskResponse)  # noqa: S101 (the stream ends so; tells the type checker)
        response = _written(service, last, form)
    if turn and turn.number is not None:
        response.headers[_TURN] = f"/c/{asked.conversation}/{turn.number}"
    return response


def _turn(service: Service, asked: AskRequest) -> Asked | None:
    """The turn that the question becomes; None where it is asked in no conversation."""
    if asked.conversation is None:
        return None
    return Asked(service, asked.conversation, asked.question, asked.scope())


@router.get(
    "/api/mechanisms",
    tags=["questions"],
    response_model=MechanismResponse,
    responses={
        **problems(400, 404, 422, 503),
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The mechanisms."},
    },
)
def mechanisms(asked: Annotated[MechanismRequest, Query()], service: TheService) -> Response:
    """What the papers say that microRNAs do: to what, through what, from where to where, in which cancer.

    Every cell holds the very words of the evidence, by their characters; a cell that the evidence does not fill is
    empty. With `question`, what the evidence for it says; without, what all papers within the limits say.
    """
    found = service.mechanisms(asked.question, scope=asked.scope(), limit=asked.limit, offset=asked.offset)
    if asked.format == "csv":
        headers = {"Content-Disposition": 'attachment; filename="mechanisms.csv"'}
        return Response(mechanisms_csv(found.mechanisms), media_type="text/csv", headers=headers)
    return Response(to_json(found), media_type=_JSON)


def _written(service: Service, response: SearchResponse | AskResponse, form: Format) -> Response:
    if form == "json":
        return Response(to_json(response), media_type=_JSON)
    return Response(service.export(response, form), media_type=FORMATS[form].media_type)


def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


def _besides(asked: QuestionRequest) -> dict[str, Any]:
    """What is asked besides the question, by the names that the service has for it."""
    return {"history": asked.history, "k": asked.k, "scope": asked.scope()}


@router.get("/api/documents", tags=["documents"])
def documents(service: TheService) -> list[Paper]:
    """The papers in the library, with how much can be cited from each."""
    return [Paper.of(summary) for summary in service.documents()]


@router.get("/api/documents/{document_id}", tags=["documents"], responses=problems(404))
def document(document_id: str, service: TheService) -> PaperDetail:
    """One paper: metadata, counts, headings and its reference list."""
    return PaperDetail.of_reading(service.reading(document_id))


@router.get(
    "/api/documents/{document_id}/text",
    tags=["documents"],
    response_class=PlainTextResponse,
    responses=problems(404),
)
def text(document_id: str, service: TheService) -> Response:
    """The text that `start` and `end` count in, in characters; UTF-8, every line end as it is."""
    return PlainTextResponse(service.reading(document_id).document.text)


@router.post(
    "/api/documents",
    tags=["documents"],
    status_code=201,
    response_model=list[Outcome],
    responses={
        200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}, "description": "All were there already."},
        **problems(400, 413, 422, 502, 503, 507),
    },
)
def add(
    service: TheService,
    request: Request,
    stop: TheStop,
    file: Annotated[list[UploadFile] | None, File(description="Files, each with its name.")] = None,
    identifier: Annotated[
        list[str] | None, Form(description="Articles to be fetched from Europe PMC: PMC ids, DOIs, PubMed ids.")
    ] = None,
) -> Response:
    """Read files, and articles by identifier, into the library; one outcome each, what gives no document included.

    With `Accept: text/event-stream` the same comes in events, each JSON: `begun` (the files and articles, in order),
    `fetching` and `reading` (which one), `encoding` (how far), one `outcome` for each, and `done` (all outcomes).
    Files of one name in different folders are different files where the names given say the folders.
    """
    incoming = Incoming.of(file or (), identifier or ())
    if not incoming:
        raise RequestValidationError([{"type": "missing", "loc": ("body", "file"), "msg": ""}])
    if EVENT_STREAM in request.headers.get("accept", ""):
        return Streamed(adding_events(happenings(service, incoming, stop)), stop)
    outcomes = receive(service, incoming, stop)
    changed = any(outcome.status in {"added", "replaced"} for outcome in outcomes)
    return JSONResponse([outcome.model_dump(mode="json") for outcome in outcomes], 201 if changed else 200)


@router.delete("/api/documents/{document_id}", tags=["documents"], status_code=204, responses=problems(404, 503))
def remove(document_id: str, service: TheService) -> Response:
    """Take a paper out, with everything that was made from it."""
    service.remove(document_id)
    return Response(status_code=204)


@router.get("/healthz", tags=["health"])
def healthz() -> Health:
    """The service runs."""
    return Health(status="ok")


@router.get("/readyz", tags=["health"], responses=problems(503))
def readyz(service: TheService) -> Health:
    """The library is open and the model is loaded."""
    if not service.ready():
        raise HTTPException(503, "The model is still being loaded; ask again in a few seconds.", {"Retry-After": "2"})
    return Health(status="ready")


@router.get("/metrics", tags=["health"], response_class=PlainTextResponse)
def metrics(service: TheService, request: Request) -> Response:
    """Counts and times in Prometheus' text format."""
    exposition = _metrics(request).exposition(service.library(), ready=service.ready())
    return Response(exposition, media_type="text/plain; version=0.0.4; charset=utf-8")
