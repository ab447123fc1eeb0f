"""The answer of a turn: kept where a language model wrote it from this library, otherwise made again."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, suppress

from corpus.errors import ExociteError, HistoryError, StorageFull, UnknownConversation
from qa.conversations.records import Conversation, Turn
from qa.results import AskResponse, Part, SearchResponse
from qa.scope import Scope
from qa.service import Service


def answer_of(service: Service, conversation: Conversation, turn: Turn) -> AskResponse:
    """The turn's answer from the library as it is now; that it was answered is kept.

    Raises:
        ExociteError: it cannot be answered now.
    """
    kept = _kept(service, conversation.id, turn.number)
    if kept is not None:
        return kept
    parts = service.stream(turn.question, history=conversation.history(turn.number), scope=turn.scope)
    *_, last = watched(service, conversation.id, turn.number, parts)
    assert isinstance(last, AskResponse)  # noqa: S101 (the stream ends so; tells the type checker)
    return last


def watched(
    service: Service, conversation: str, number: int, parts: Generator[Part, None, None]
) -> Generator[Part, None, None]:
    """The parts as they come, closed at the end; with the last, how the turn was answered is kept, if it can be."""
    with closing(parts):
        for part in parts:
            if isinstance(part, AskResponse):
                _keep(service, conversation, number, part)
            yield part


class Asked:
    """A question that is asked after the latest of a conversation, and kept in it once there is evidence.

    One that cannot be asked is not kept, so that the next one does not follow on it.

    Attributes:
        history: the questions it follows on, oldest first.
        number: of its turn; None before it is kept, and where it cannot be.

    Raises:
        UnknownConversation: there is none of that id.
        HistoryError: the conversations cannot be read.
    """

    def __init__(self, service: Service, conversation: str, question: str, scope: Scope) -> None:
        self._service = service
        self._conversation, self._question, self._scope = conversation, question, scope
        held = service.conversations.conversation(conversation)
        self._after = len(held.turns)
        self.history = held.carried(self._after)
        self.number: int | None = None

    def watched(self, parts: Generator[Part, None, None]) -> Generator[Part, None, None]:
        """The parts of its answer as they come, closed at the end."""
        with closing(parts):
            for part in parts:
                if isinstance(part, SearchResponse):
                    self._begin()
                elif isinstance(part, AskResponse) and self.number is not None:
                    _keep(self._service, self._conversation, self.number, part)
                yield part

    def _begin(self) -> None:
        store = self._service.conversations
        with suppress(HistoryError, StorageFull, UnknownConversation):
            self.number = store.ask(self._conversation, self._question, self._scope, self._after).number


def _keep(service: Service, conversation: str, number: int, response: AskResponse) -> None:
    with suppress(ExociteError):  # the answer is worth more than that it is kept
        service.conversations.answered(conversation, number, response)
        current = service.library().hash
        if current != response.library.hash:  # it changed meanwhile, and what it held then may stay nowhere
            service.conversations.forget_answers(current)


def _kept(service: Service, conversation: str, number: int) -> AskResponse | None:
    try:
        return service.conversations.kept_answer(conversation, number, service.library().hash)
    except HistoryError:
        return None


def attempt(service: Service, conversation: Conversation, turn: Turn) -> AskResponse | str:
    """The turn's answer; why it cannot be answered now where it cannot."""
    try:
        return answer_of(service, conversation, turn)
    except ExociteError as error:
        return str(error)
