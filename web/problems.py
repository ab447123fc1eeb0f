"""Errors as answers: RFC 9457 problem details for scripts, a calm page for readers, a fragment for a running page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from corpus.errors import (
    BadSetting,
    EncoderError,
    EngineError,
    ExociteError,
    FetchError,
    HistoryError,
    InputError,
    LibraryBusy,
    LibraryError,
    ModelError,
    PageError,
    QuestionError,
    StorageFull,
    UnknownConversation,
    UnknownDocument,
    UnknownPage,
    UnknownRecord,
    UnreadableFile,
)
from web.rendering import render
from web.schema import OpenAIError, OpenAIErrorBody, Outcome, ProblemDetail, ProblemField

logger = logging.getLogger("exocite.web")


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of error as users meet it; `/docs#SLUG` describes it."""

    slug: str
    status: int
    title: str


INTERNAL: Final = ProblemKind("internal", 500, "Something went wrong in Exocite")
MALFORMED: Final = ProblemKind("malformed", 400, "The request is not JSON")
INVALID: Final = ProblemKind("invalid", 422, "The request cannot be used")
KINDS: Final[dict[type[Exception], ProblemKind]] = {
    QuestionError: ProblemKind("question", 422, "The question cannot be used"),
    UnreadableFile: ProblemKind("unreadable-file", 422, "The file gives no document"),
    UnknownDocument: ProblemKind("unknown-document", 404, "No such document"),
    UnknownRecord: ProblemKind("unknown-record", 404, "No such passage or row"),
    UnknownPage: ProblemKind("unknown-page", 404, "No such page"),
    PageError: ProblemKind("page", 502, "The page cannot be drawn"),
    UnknownConversation: ProblemKind("unknown-conversation", 404, "No such conversation"),
    BadSetting: ProblemKind("bad-setting", 422, "A setting is outside what it allows"),
    InputError: INVALID,
    LibraryBusy: ProblemKind("library-busy", 503, "The library is being changed"),
    StorageFull: ProblemKind("storage-full", 507, "The disk is full"),
    LibraryError: ProblemKind("library", 503, "The library cannot be used"),
    EngineError: ProblemKind("engine", 503, "What searches the library cannot be asked"),
    HistoryError: ProblemKind("history", 503, "The history cannot be used"),
    FetchError: ProblemKind("not-fetched", 502, "The article did not come"),
    EncoderError: ProblemKind("encoder", 503, "The embedding model cannot be used"),
    ModelError: ProblemKind("language-model", 502, "The language model gave no answer"),
    ExociteError: INTERNAL,
}
HTTP_KINDS: Final = {
    400: ProblemKind("bad-request", 400, "The request cannot be read"),
    403: ProblemKind("forbidden", 403, "Not from there"),
    404: ProblemKind("not-found", 404, "Nothing is here"),
    405: ProblemKind("method-not-allowed", 405, "Not with that method"),
    413: ProblemKind("too-large", 413, "The request is too large"),
    503: ProblemKind("not-ready", 503, "Not ready yet"),
}
PROBLEM_KINDS: Final = tuple(
    sorted({MALFORMED, *KINDS.values(), *HTTP_KINDS.values()}, key=lambda kind: (kind.status, kind.slug))
)
"""Every kind once, by status, for the page that describes them."""

_RETRY_SECONDS: Final = "5"
_HINTS: Final = {
    404: "There is nothing at this address; check its spelling. The first page and /docs lead to all there is.",
    405: "This address does not take that method; /docs says which it takes.",
}
_UNPARSED: Final[dict[type[Exception], tuple[ProblemKind, str]]] = {
    UnicodeError: (MALFORMED, "The body is not UTF-8; send its text in that encoding."),
    RecursionError: (
        HTTP_KINDS[400],
        "The body is nested too deeply; send one JSON object with the fields that /docs names.",
    ),
}
"""What is said of a body that the JSON parser gave up on, by what it raised."""
_MESSAGES: Final = {
    "missing": "It is missing; give it.",
    "extra_forbidden": "There is no such field; check its spelling or leave it out.",
    "string_type": "It should be text, in quotation marks.",
    "int_type": "It should be a whole number, without quotation marks.",
    "greater_than_equal": "It should be {ge} or more.",
    "less_than_equal": "It should be {le} or less.",
    "literal_error": "It should be {expected}.",
    "list_type": "It should be a list, in square brackets.",
    "too_long": "It should hold at most {max_length} entries; it holds {actual_length}.",
    "model_attributes_type": 'It should be one JSON object, such as {{"question": "…"}}.',
    # only what should be a file raises this: text in the place of an upload
    "value_error": "It should be a file; send it as `curl -F file=@paper.md` does.",
}
"""What to do about a field, by the type of pydantic's error; filled in from the error's context."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, ready to be shown.

    Attributes:
        detail: what happened, and what to do.
        errors: the fields at fault, where there are some.
        outcomes: of the files of an upload of which none was added.
    """

    kind: ProblemKind
    detail: str
    errors: tuple[ProblemField, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> ProblemDetail:
        """The problem as RFC 9457 has it."""
        return ProblemDetail(
            type=f"/docs#{self.kind.slug}",
            title=self.kind.title,
            status=self.kind.status,
            detail=self.detail,
            errors=self.errors,
            outcomes=self.outcomes,
        )

    def openai(self) -> OpenAIError:
        """The problem as OpenAI's API has it."""
        at_fault = self.errors[0].pointer.strip("/").replace("/", ".") if self.errors else None
        ours = self.kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return OpenAIError(
            error=OpenAIErrorBody(
                message=self.detail,
                type="server_error" if ours else "invalid_request_error",
                param=at_fault,
                code=self.kind.slug,
            )
        )


class UploadError(ExociteError):
    """No file of an upload was added; carries the problem that says why for each."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem_of(error: Exception) -> Problem:
    """The problem that an error is, without a word about how the program is made."""
    if isinstance(error, UploadError):
        return error.problem
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, StarletteHTTPException):
        return _http(error)
    if isinstance(error, ExociteError):
        kind = next(KINDS[base] for base in type(error).__mro__ if base in KINDS)
        headers = {"Retry-After": _RETRY_SECONDS} if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
        return Problem(kind, str(error), headers=headers)
    return Problem(INTERNAL, "The request was not answered; the server's log says why. Nothing was changed.")


def _http(error: StarletteHTTPException) -> Problem:
    status = HTTPStatus(error.status_code)
    kind = HTTP_KINDS.get(status.value, ProblemKind(f"status-{status.value}", status.value, status.phrase))
    said = "" if error.detail == status.phrase else str(error.detail).rstrip(".")
    if status == HTTPStatus.BAD_REQUEST:  # what a parser said, without what to do
        for cause, (its_kind, what_to_do) in _UNPARSED.items():
            if isinstance(error.__cause__, cause):
                return Problem(its_kind, what_to_do)
        said = f"{said or status.phrase}. Check the request against /docs"
    return Problem(
        kind, f"{said}." if said else _HINTS.get(status.value, f"{status.phrase}."), headers=error.headers or {}
    )


def _invalid(error: RequestValidationError) -> Problem:
    """The problem of a request that does not fit the model; a body that is no JSON is another kind."""
    found: list[dict[str, Any]] = list(error.errors())
    if found and found[0]["type"] == "json_invalid":
        position = found[0]["loc"][-1]
        return Problem(MALFORMED, f"The body is not JSON: it breaks at character {position}. Send one JSON object.")
    if found and isinstance(found[0].get("input"), bytes):
        detail = "The body was not read as JSON. Send one JSON object with the header Content-Type: application/json."
        return Problem(INVALID, detail)
    fields = tuple(ProblemField(pointer=_pointer(each["loc"]), message=_message(each)) for each in found)
    detail = " ".join(f"{each.pointer or 'The body'}: {each.message}" for each in fields)
    return Problem(INVALID, detail, fields)


def _pointer(place: tuple[int | str, ...]) -> str:
    return "".join(f"/{part}" for part in place[1:])


def _message(error: dict[str, Any]) -> str:
    """What to do about one field, in one sentence."""
    if known := _MESSAGES.get(error["type"]):
        return known.format(**error.get("ctx", {}))
    message: str = error["msg"].replace("Input should be", "It should be")
    return message if message.endswith(".") else f"{message}."


def respond(request: Request, error: Exception) -> Response:
    """The response for an error: a fragment to a running page, JSON to a script, a page to a reader.

    The JSON is a problem; to clients of OpenAI's API an error of theirs.
    """
    problem = problem_of(error)
    path = request.url.path
    if path == "/turn":
        content = render("problem.html", problem=problem)
        return HTMLResponse(content, problem.kind.status, headers=dict(problem.headers))
    if path.startswith("/v1/"):
        # what they know of a request that cannot be used is 400
        status = 400 if problem.kind.status == HTTPStatus.UNPROCESSABLE_ENTITY else problem.kind.status
        error_json = problem.openai().model_dump_json()
        return Response(error_json, status, headers=dict(problem.headers), media_type="application/json")
    if path.startswith(("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json")) or path == "/api":
        return Response(
            problem.document().model_dump_json(exclude_defaults=True),
            problem.kind.status,
            headers=dict(problem.headers),
            media_type="application/problem+json",
        )
    content = render("error.html", problem=problem)
    return HTMLResponse(content, problem.kind.status, headers=dict(problem.headers))


def install(app: FastAPI, headers: Mapping[str, str]) -> None:
    """Make every error of an application an answer; `headers` go with those that escape all middleware."""

    def known(request: Request, error: Exception) -> Response:
        return respond(request, error)

    def unknown(request: Request, error: Exception) -> Response:
        logger.error("unexpected error at %s", request.url.path, exc_info=error)
        response = respond(request, error)
        response.headers.update(headers)
        return response

    for kind in (StarletteHTTPException, HTTPException, RequestValidationError, ExociteError):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(Exception, unknown)
