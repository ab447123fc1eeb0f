"""The evidence of one answer, walked from source page to source page: which comes before, which after."""

from __future__ import annotations

from dataclasses import dataclass

from qa.results import Evidence
from qa.service import Service
from web.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a source page stands among the evidence of a question.

    Attributes:
        rank: of the evidence that the page highlights; None where it is none of them.
        count: how many there are.
        previous, following: the evidence one rank before and after; None at the ends.
    """

    conversation: Conversation
    rank: int | None
    count: int
    previous: Evidence | None
    following: Evidence | None


def walk(service: Service, conversation: Conversation, document_id: str, span: tuple[int, int] | None) -> Walk:
    """The place of the characters `span` of a document among the evidence that the chat page shows for a question.

    Raises:
        ExociteError: the question cannot be asked.
    """
    found = service.search(conversation.question, history=conversation.history, scope=conversation.scope).evidence
    places = {(piece.document.id, (piece.start, piece.end)): place for place, piece in enumerate(found)}
    here = places.get((document_id, span)) if span else None
    if here is None:
        return Walk(conversation, None, len(found), None, None)
    return Walk(
        conversation,
        here + 1,
        len(found),
        found[here - 1] if here else None,
        found[here + 1] if here + 1 < len(found) else None,
    )
