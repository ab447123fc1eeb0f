"""A whole conversation as Markdown or JSON, each question with its answer from the library as it is now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qa.conversations.records import Conversation, Turn
from qa.conversations.replay import attempt
from qa.exports import FORMATS
from qa.exports.markdown import as_markdown, escaped
from qa.results import AskResponse
from qa.serial import to_json
from qa.service import Service

WholeFormat = Literal["markdown", "json"]
"""What a conversation can be written as."""
CHANGED: Final = "The papers have changed since this was first answered; this is what they say now."

_HEADING: Final = re.compile(r"^(#+ )", re.MULTILINE)
_FOOTNOTE: Final = re.compile(r"(?<!\\)\[\^(\d+)\]")  # in what papers say the bracket is escaped


@dataclass(frozen=True, slots=True)
class AnsweredTurn:
    """A turn with its answer.

    Attributes:
        answer: None where it cannot be answered now, and `problem` says why.
        outdated: the library is not the one that first answered it.
    """

    turn: Turn
    answer: AskResponse | None
    problem: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class AnsweredConversation:
    """A conversation with the answers of its turns, in order."""

    id: str
    title: str
    created: str
    changed: str
    turns: tuple[AnsweredTurn, ...]


def export_conversation(service: Service, conversation: Conversation, form: WholeFormat) -> str:
    """The conversation in a format, ending with a line end."""
    whole = answered_conversation(service, conversation)
    if form == "json":
        return to_json(whole, indent=2) + "\n"
    return "\n\n".join(_paragraphs(whole)) + "\n"


def answered_conversation(service: Service, conversation: Conversation) -> AnsweredConversation:
    """The conversation, each of its turns answered from the library as it is now."""
    turns = tuple(_answered(turn, attempt(service, conversation, turn)) for turn in conversation.turns)
    return AnsweredConversation(conversation.id, conversation.title, conversation.created, conversation.changed, turns)


def _answered(turn: Turn, said: AskResponse | str) -> AnsweredTurn:
    if isinstance(said, str):
        return AnsweredTurn(turn, None, said, outdated=False)
    return AnsweredTurn(turn, said, "", outdated=turn.library not in {None, said.library.hash})


def file_name(conversation: Conversation, form: WholeFormat) -> str:
    """What the file of an exported conversation is called; letters, digits and hyphens only."""
    plain = re.sub(r"[^a-z0-9]+", "-", conversation.title.casefold()).strip("-")[:60].strip("-")
    return (plain or "conversation") + FORMATS[form].suffix


def _paragraphs(whole: AnsweredConversation) -> Iterator[str]:
    yield f"# {escaped(whole.title) or 'Untitled'}"
    for each in whole.turns:
        if each.answer is None:
            yield f"## {escaped(each.turn.question)}"
            yield f"*Not answered now:* {escaped(each.problem)}"
            continue
        heading, _, rest = _nested(as_markdown(each.answer), each.turn.number).partition("\n\n")
        yield heading
        if each.outdated:
            yield f"*{CHANGED}*"
        yield rest.strip("\n")


def _nested(markdown: str, number: int) -> str:
    """An answer's Markdown as a part of a longer text: headings a level lower, footnotes `[^1]` named `[^2-1]`."""
    return _FOOTNOTE.sub(rf"[^{number}-\1]", _HEADING.sub(r"#\1", markdown))
