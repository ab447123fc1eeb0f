"""Conversations as JSON: list, begin, read, rename, delete, export; the shapes are `qa.conversations.records`."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from corpus.errors import InputError
from qa.conversations.exporting import AnsweredConversation, WholeFormat, export_conversation, file_name
from qa.conversations.records import Conversation, ConversationList
from qa.exports import FORMATS
from qa.service import Service
from web.api import problems
from web.dependency import TheService
from web.schema import NewConversation, NewTitle

router = APIRouter(prefix="/api/conversations", tags=["conversations"])

_PLACE: Final = {"headers": {"Location": {"schema": {"type": "string"}, "description": "Its page."}}}
_MARKDOWN: Final[dict[str, Any]] = {
    "content": {"text/markdown": {"schema": {"type": "string"}}},
    "description": "The conversation.",
}


@router.get("", responses=problems(422, 503))
def conversations(
    service: TheService,
    search: Annotated[str, Query(max_length=200, description="Words that titles or questions must hold.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ConversationList:
    """The conversations, the last changed first; of those that hold the words of `search`, all, and only those."""
    return service.conversations.cards(search, limit, offset)


@router.post("", status_code=201, responses={201: _PLACE, **problems(422, 503, 507)})
def begin(asked: NewConversation, service: TheService, response: Response) -> Conversation:
    """Begin a conversation; ask in it with `conversation` in `/api/ask`."""
    begun = service.conversations.begin(asked.title)
    response.headers["Location"] = f"/c/{begun}"
    return service.conversations.conversation(begun)


@router.delete("", status_code=204, responses=problems(422, 503, 507))
def delete_all(
    service: TheService, confirm: Annotated[str, Query(description="`all`, if that is meant.")] = ""
) -> Response:
    """Delete every conversation, with everything kept of it."""
    if confirm != "all":
        msg = "This deletes every conversation; say confirm=all if that is meant. Nothing was deleted."
        raise InputError(msg)
    service.conversations.delete_all()
    return Response(status_code=204)


@router.get("/{conversation}", responses=problems(404, 503))
def conversation(conversation: str, service: TheService) -> Conversation:
    """One conversation with its questions, in order."""
    return service.conversations.conversation(conversation)


@router.patch("/{conversation}", responses=problems(404, 422, 503, 507))
def rename(conversation: str, asked: NewTitle, service: TheService) -> Conversation:
    """Give a conversation another title."""
    service.conversations.rename(conversation, asked.title)
    return service.conversations.conversation(conversation)


@router.delete("/{conversation}", status_code=204, responses=problems(404, 503, 507))
def delete(conversation: str, service: TheService) -> Response:
    """Delete a conversation, with everything kept of it."""
    service.conversations.delete(conversation)
    return Response(status_code=204)


@router.get(
    "/{conversation}/export", response_model=AnsweredConversation, responses={200: _MARKDOWN, **problems(404, 422, 503)}
)
def export(
    conversation: str, service: TheService, form: Annotated[WholeFormat, Query(alias="format")] = "json"
) -> Response:
    """A whole conversation, each question with its answer from the library as it is now."""
    return exported(service, service.conversations.conversation(conversation), form)


def exported(service: Service, conversation: Conversation, form: WholeFormat) -> Response:
    """A whole conversation as a file to save."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name(conversation, form)}"'}
    content = export_conversation(service, conversation, form)
    return Response(content, media_type=FORMATS[form].media_type, headers=headers)
