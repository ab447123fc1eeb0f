"""The JSON that goes back to a chat front end, in the shapes of OpenAI's API."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from time import time
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from qa.results import AskResponse, Interpreted, LibraryCard, SearchResponse, Support
from qa.serial import to_json
from web.completions.writing import Citation


class UrlCitation(BaseModel):
    """What is cited where: the characters `[start_index, end_index)` of the message are the citation, such as `[1]`."""

    start_index: int
    end_index: int
    url: str = Field(description="The permalink of the evidence.")
    title: str = Field(description="The title of its paper.")


class Annotation(BaseModel):
    """One citation of a message."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """The annotation of a citation."""
        place = UrlCitation(start_index=citation.start, end_index=citation.end, url=citation.url, title=citation.title)
        return cls(url_citation=place)


class AnswerMessage(BaseModel):
    """An answer: Markdown, each sentence followed by its citations, where these stand below."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one answer."""

    # not called `index` here, which is a package
    place: Literal[0] = Field(default=0, serialization_alias="index")
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Always zero: Exocite counts no tokens, and a quoted answer takes none."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class Background(BaseModel):
    """What an answer rests on, beyond what OpenAI's shape has room for: as in the answers of `/api/ask`."""

    interpreted: Interpreted
    support: Support
    library: LibraryCard
    settings: dict[str, float | int | str]
    writer: str

    @classmethod
    def of(cls, response: AskResponse) -> Self:
        """That of a whole answer."""
        writer = response.answer.writer
        return cls(**{name: getattr(response, name) for name in cls.model_fields if name != "writer"}, writer=writer)


class Completion(BaseModel):
    """An answer to a conversation."""

    id: str = Field(description="The same for the same question, model, library and settings.")
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="When it was asked, in seconds since 1970.")
    model: str
    choices: tuple[Choice]
    usage: Usage = Usage()
    system_fingerprint: str = Field(description="The beginning of the library's content hash.")
    exocite: Background


class ModelCard(BaseModel):
    """A model that can be asked for."""

    id: str
    object: Literal["model"] = "model"
    created: Literal[0] = 0
    owned_by: Literal["exocite"] = "exocite"


class ModelList(BaseModel):
    """The models that can be asked for."""

    object: Literal["list"] = "list"
    data: list[ModelCard]


@dataclass(frozen=True, slots=True)
class Head:
    """What a completion and each chunk of its stream begin with."""

    id: str
    created: int
    model: str
    system_fingerprint: str

    @classmethod
    def of(cls, model: str, asked: object, response: SearchResponse | AskResponse) -> Self:
        """The head of the answer to what was asked; all but the time depends on that and on the library alone."""
        held = to_json((model, asked, response.library, response.settings))
        digest = hashlib.sha256(held.encode()).hexdigest()
        return cls(f"chatcmpl-{digest[:24]}", int(time()), model, f"fp_{response.library.hash[:12]}")

    def chunk(self, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
        """A chunk of the stream with these fields."""
        return {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "system_fingerprint": self.system_fingerprint,
            **fields,
        }
