"""The addresses under `/v1`: the models, and a conversation's next answer, whole or as a stream."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from itertools import chain
from typing import Any, Final

from fastapi import APIRouter, HTTPException, Request, Response

from corpus.errors import ExociteError
from qa.results import AskResponse, Part, SearchResponse
from qa.serial import to_json
from web.completions.asked import MODELS, CompletionRequest, question_of
from web.completions.shapes import (
    Annotation,
    AnswerMessage,
    Background,
    Choice,
    Completion,
    Head,
    ModelCard,
    ModelList,
    Usage,
)
from web.completions.writing import Writing
from web.dependency import TheService, TheStop
from web.problems import problem_of
from web.schema import OpenAIError
from web.stream import EVENT_STREAM, Streamed

router = APIRouter(prefix="/v1", tags=["chat front ends"])

_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": OpenAIError, "description": "An error."} for status in (400, 404, 503)
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    **_REFUSALS,
    200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}, "description": "The answer."},
}


@router.get("/models")
def models() -> ModelList:
    """The models that can be asked for: `exocite`, and `exocite-extractive`, whose answers are always quoted."""
    return ModelList(data=[ModelCard(id=name) for name in MODELS])


@router.get("/models/{model}", responses={404: _REFUSALS[404]})
def model(model: str) -> ModelCard:
    """One of them."""
    return ModelCard(id=_known(model))


@router.post("/chat/completions", response_model=Completion, responses=_ANSWERS)
def complete(asked: CompletionRequest, service: TheService, request: Request, stop: TheStop) -> Response:
    """The next answer of a conversation, for chat front ends and clients of OpenAI's API.

    The last user message is the question, those before it the history. The answer is Markdown: each sentence with its
    citations, `[1]`, which are annotations too, and below it where each stands, as links to permalinks. With `stream`
    it comes sentence by sentence.
    """
    question, writer = question_of(asked), MODELS[_known(asked.model)]
    parts = request.app.state.metrics.watched(
        service.stream(
            question.question,
            history=question.history,
            k=question.k,
            scope=question.scope(),
            writer=writer,
            stop=stop,
        )
    )
    writing = Writing(str(request.base_url).rstrip("/"))
    if asked.stream:
        usage = bool(asked.stream_options and asked.stream_options.include_usage)
        return Streamed(_chunks(parts, writing, asked.model, question, usage=usage), stop)
    for part in parts:
        writing.add(part)
    assert isinstance(part, AskResponse)  # noqa: S101 (the parts end so; tells the type checker)
    return Response(_whole(Head.of(asked.model, question, part), writing, part), media_type="application/json")


def _known(model: str) -> str:
    if model not in MODELS:
        msg = f"There is no model '{model}' here; ask for {' or '.join(MODELS)}."
        raise HTTPException(404, msg)
    return model


def _whole(head: Head, writing: Writing, response: AskResponse) -> str:
    annotations = [Annotation.of(citation) for citation in writing.citations]
    return Completion(
        id=head.id,
        created=head.created,
        model=head.model,
        choices=(Choice(message=AnswerMessage(content=writing.text, annotations=annotations)),),
        system_fingerprint=head.system_fingerprint,
        exocite=Background.of(response),
    ).model_dump_json(by_alias=True)


def _chunks(
    parts: Generator[Part, None, None], writing: Writing, model: str, asked: object, *, usage: bool
) -> Generator[bytes, None, None]:
    """The role, the text as it grows, the annotations with the reason to stop, the usage where it is wanted, the end.

    An error after the first chunk ends the stream in OpenAI's shape.
    """
    with closing(parts):
        first = next(parts)
        assert isinstance(first, SearchResponse)  # noqa: S101 (the parts begin so; tells the type checker)
        head = Head.of(model, asked, first)
        none = {"usage": None} if usage else {}
        yield _data(head.chunk(choices=[_delta({"role": "assistant", "content": ""})], **none))
        try:
            for part in chain((first,), parts):
                if text := writing.add(part):
                    yield _data(head.chunk(choices=[_delta({"content": text})], **none))
        except ExociteError as error:
            yield _data(problem_of(error).openai())
            return
        assert isinstance(part, AskResponse)  # noqa: S101 (the parts end so; tells the type checker)
        annotations = {"annotations": [Annotation.of(citation) for citation in writing.citations]}
        yield _data(head.chunk(choices=[_delta(annotations, "stop")], exocite=Background.of(part), **none))
        if usage:
            yield _data(head.chunk(choices=[], usage=Usage()))
        yield b"data: [DONE]\n\n"


def _delta(delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _data(chunk: object) -> bytes:
    return f"data: {to_json(chunk)}\n\n".encode()
