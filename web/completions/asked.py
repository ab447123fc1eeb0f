"""What a chat front end sends, and the question that is in it."""

from __future__ import annotations

from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from corpus.errors import InputError, QuestionError
from qa.conversations.records import latest
from qa.forms import Writer
from qa.reading.question import checked
from web.schema import QuestionRequest

MODELS: Final[dict[str, Writer | None]] = {"exocite": None, "exocite-extractive": "extractive"}
"""The models that can be asked for, with who writes their answers: None for whoever the settings say."""

_INSTRUCTION: Final = "### Task:"


class ContentPart(BaseModel):
    """A part of a message; only those of the type `text` are read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation; only those of the role `user` are read."""

    role: str
    content: str | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """Its text, parts parted by line ends."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text")

    @property
    def others(self) -> tuple[str, ...]:
        """The types of its parts that are not text, in order."""
        return () if isinstance(self.content, str) else tuple(p.type for p in self.content or () if p.type != "text")


class StreamOptions(BaseModel):
    """What else a stream holds."""

    include_usage: bool | None = None


class CompletionRequest(BaseModel):
    """A conversation to go on with; fields that are not named here are passed over, as front ends send many."""

    model: str = Field(description="`exocite`, or `exocite-extractive`, whose answers are always quoted.")
    messages: list[Message] = Field(
        description="The last one of the role `user` is the question, those before it the history; others are not read."
    )
    stream: bool | None = Field(default=None, description="Send the answer sentence by sentence.")
    stream_options: StreamOptions | None = None
    tools: list[Any] | None = Field(default=None, description="None can be offered: Exocite calls no tools.")
    tool_choice: Any = None
    response_format: dict[str, Any] | None = Field(default=None, description="Only `text`.")
    exocite: dict[str, Any] | None = Field(
        default=None, description="Any field of `/api/search` but `question` and `history`: limits, and `k`."
    )


def question_of(request: CompletionRequest) -> QuestionRequest:
    """The question that a conversation ends with, after the earlier ones that can be asked too.

    Raises:
        QuestionError: it cannot be asked, or is no question but an instruction.
        InputError: it is none, or something is asked for besides it that Exocite does not do.
        RequestValidationError: a field of `exocite` cannot be used.
    """
    _check(request)
    said = [message for message in request.messages if message.role == "user"]
    if not said:
        msg = "No message has the role user, so there is no question; send one."
        raise InputError(msg)
    if others := said[-1].others:
        msg = f"Exocite reads text only, and the question holds: {', '.join(dict.fromkeys(others))}. Leave it out."
        raise InputError(msg)
    if said[-1].text.lstrip().startswith(_INSTRUCTION):
        msg = (
            "This is an instruction for a language model, and Exocite only answers questions from papers. In the chat "
            "front end, turn off titles, tags and suggestions, or give them another model."
        )
        raise QuestionError(msg)
    earlier = latest(filter(_can_be_asked, (message.text for message in said[:-1])))
    besides = {**(request.exocite or {}), "question": checked(said[-1].text), "history": list(earlier)}
    try:
        return QuestionRequest.model_validate(besides)
    except ValidationError as error:
        found = [{**each, "loc": ("body", "exocite", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(found) from error


def _check(request: CompletionRequest) -> None:
    """Only what Exocite does is asked for.

    Raises:
        InputError: something else is.
    """
    if request.tools and request.tool_choice != "none":
        msg = "Exocite calls no tools; leave out `tools`, or turn them off for this model in the chat front end."
        raise InputError(msg)
    form = (request.response_format or {}).get("type", "text")
    if form != "text":
        msg = f"Exocite answers in text, not as {form}; leave out `response_format`. /api/ask answers in JSON."
        raise InputError(msg)


def _can_be_asked(text: str) -> bool:
    """What could not be asked was refused when it was the question, and must not spoil those that follow."""
    try:
        checked(text)
    except QuestionError:
        return False
    return not text.lstrip().startswith(_INSTRUCTION)
