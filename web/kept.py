"""A turn of a kept conversation as the page shows it, and how a question comes to be one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self

from corpus.errors import HistoryError, StorageFull, UnknownConversation
from qa.conversations.records import SAID, Turn, title_of
from qa.conversations.records import Conversation as Whole
from qa.results import AskResponse
from qa.service import Service
from web.conversation import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Conversation):
    """The turn `number` of a conversation in the history."""

    whole: Whole
    number: int

    @classmethod
    def at(cls, whole: Whole, number: int) -> Self:
        """One turn of a conversation.

        Raises:
            UnknownConversation: it has none of that number.
        """
        turn = whole.turn(number)
        return cls(turn.question, whole.history(number), turn.scope, whole=whole, number=number)

    @property
    def kept(self) -> bool:
        """It is."""
        return True

    @property
    def url(self) -> str:
        """The page that shows it, for as long as it is kept."""
        return f"/c/{self.whole.id}/{self.number}"

    @property
    def turn(self) -> tuple[tuple[str, str], ...]:
        """As parameters of an address."""
        return (("c", self.whole.id), ("n", str(self.number)))

    @property
    def before(self) -> tuple[tuple[str, str], ...]:
        """The turn that it follows on, likewise; of number 0 where it stands alone."""
        return (("c", self.whole.id), ("n", str(self.asked.follows)))

    @property
    def asked(self) -> Turn:
        """What the history holds of it."""
        return self.whole.turn(self.number)

    @property
    def said(self) -> str:
        """What became of it, in a line."""
        return SAID[self.asked.verdict]

    @property
    def earlier(self) -> tuple[Conversation, ...]:
        """Every turn asked before it, in order."""
        return tuple(Kept.at(self.whole, number) for number in range(1, self.number))

    @property
    def later(self) -> tuple[Conversation, ...]:
        """Every turn asked after it, in order."""
        return tuple(Kept.at(self.whole, number) for number in range(self.number + 1, len(self.whole.turns) + 1))

    @property
    def apart(self) -> str:
        """Which question it follows on, where that is not the one asked before it; otherwise ""."""
        follows = self.asked.follows
        if follows == self.number - 1:
            return ""
        return f"Follows on “{title_of(self.whole.turn(follows).question)}”." if follows else "Asked by itself."

    def outdated(self, response: AskResponse) -> bool:
        """True where the library that answers now is not the one that answered first."""
        return self.asked.library not in {None, response.library.hash}


def keep(service: Service, asked: Conversation, conversation: str, after: int) -> Conversation:
    """The question as the newest turn of a conversation, after its turn `after`; where it cannot be kept, why.

    A conversation that is not there (it may have been deleted in another window) is begun anew, with the earlier
    questions that were asked along; without an id a new one is begun.
    """
    store = service.conversations
    if store.path is None:
        return asked
    try:
        if conversation:
            with suppress(UnknownConversation):
                turn = store.ask(conversation, asked.question, asked.scope, after)
                return Kept.at(store.conversation(conversation), turn.number)
        begun = store.begin(earlier=asked.history, scope=asked.scope)
        turn = store.ask(begun, asked.question, asked.scope)
        return Kept.at(store.conversation(begun), turn.number)
    except (HistoryError, StorageFull, UnknownConversation) as error:
        return replace(asked, unkept=str(error))


def kept_or(service: Service, asked: Conversation, conversation: str, number: int) -> Conversation:
    """The turn of the history that a question is said to be; the question alone where there is no such turn.

    Asked within other limits it is another question.
    """
    if not conversation:
        return asked
    try:
        kept = Kept.at(service.conversations.conversation(conversation), number)
    except (HistoryError, UnknownConversation):
        return asked
    return kept if (kept.question, kept.scope) == (asked.question, asked.scope) else asked
