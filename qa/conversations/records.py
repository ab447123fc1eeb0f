"""A conversation: its questions in order, each with what it follows on, its limits, and how it was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus.errors import InputError, UnknownConversation
from qa.reading.question import one_line
from qa.results import Verdict
from qa.scope import Scope

MAX_HISTORY: Final = 50
"""Earlier questions that one is asked with, at most."""
MAX_CARRIED: Final = 4_000
"""Characters of earlier questions that a follow-up carries; keeps its address within what servers take."""
LONGEST_TITLE: Final = 200
"""Characters of the longest title."""
SAID: Final[dict[Verdict | None, str]] = {
    "supported": "answered",
    "partial": "answered in part",
    "absent": "not in these documents",
    None: "not answered yet",
}
"""What became of a turn, in a line."""
_SHORT_TITLE: Final = 80
"""Characters of a title that is made from a question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation.

    Attributes:
        number: from 1, in the order they were asked.
        follows: the number of the turn that it follows on; 0 where it stands alone.
        scope: what it was limited to.
        asked: when, UTC, ISO 8601.
        library: the content hash of the library that first answered it; None while none has.
        verdict: what that library said; None while it has not.
    """

    number: int
    follows: int
    question: str
    scope: Scope
    asked: str
    library: str | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A conversation without its turns, of which it has `turns`; times are UTC, ISO 8601."""

    id: str
    title: str
    created: str
    changed: str
    turns: int


@dataclass(frozen=True, slots=True)
class ConversationList:
    """Some of the conversations, the last changed first, and how many there are in all."""

    conversations: tuple[ConversationCard, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns, in order.

    Attributes:
        title: as given; otherwise the first question, shortened; "" before there is one.
        created, changed: when it was begun, and when it was last asked or renamed; UTC, ISO 8601.
    """

    id: str
    title: str
    created: str
    changed: str
    turns: tuple[Turn, ...]

    def turn(self, number: int) -> Turn:
        """The turn of that number.

        Raises:
            UnknownConversation: it has none.
        """
        if not 1 <= number <= len(self.turns):
            msg = f"This conversation has no question {number}; it has {len(self.turns)}."
            raise UnknownConversation(msg)
        return self.turns[number - 1]

    def history(self, number: int) -> tuple[str, ...]:
        """The questions that a turn follows on, oldest first; of many the latest; those of other branches are none.

        Raises:
            UnknownConversation: it has no such turn.
        """
        return self.carried(self.turn(number).follows)

    def carried(self, number: int) -> tuple[str, ...]:
        """The history of a question asked after a turn: its question and those it follows on; none for number 0."""
        path: list[str] = []
        while number:
            turn = self.turn(number)
            path.append(turn.question)
            number = turn.follows
        return latest(reversed(path))


def latest(questions: Iterable[str]) -> tuple[str, ...]:
    """The longest end of a list of questions that has at most 50 items and 4,000 characters; order is kept."""
    kept: list[str] = []
    room = MAX_CARRIED
    for question in reversed(tuple(questions)):
        room -= len(question)
        if room < 0 or len(kept) == MAX_HISTORY:
            break
        kept.append(question)
    return tuple(reversed(kept))


def title_of(question: str) -> str:
    """A question as a title: at most 80 characters, cut after a word where it can be.

    >>> title_of("which microRNAs target PTEN")
    'which microRNAs target PTEN'
    >>> title_of("miR-21 " * 20)
    'miR-21 miR-21 miR-21 miR-21 miR-21 miR-21 miR-21 miR-21 miR-21 miR-21 miR-21…'
    """
    if len(question) <= _SHORT_TITLE:
        return question
    cut = question[: _SHORT_TITLE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def checked_title(text: str) -> str:
    """A title that was typed: trimmed, blanks single.

    Raises:
        InputError: it is empty, or longer than 200 characters.
    """
    title = one_line(text)
    if not title:
        msg = "The title is empty; type what the conversation shall be called."
        raise InputError(msg)
    if len(title) > LONGEST_TITLE:
        msg = f"The title has {len(title):,} characters; at most {LONGEST_TITLE} are kept. Shorten it."
        raise InputError(msg)
    return title
