"""A conversation as an address: the current question and the earlier ones, so that a reload shows the same page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from qa.results import Format
from web.schema import MAX_HISTORY

MAX_CARRIED: Final = 4_000
"""Characters of earlier questions that a follow-up carries; keeps the address within what servers take."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question after earlier ones, oldest first."""

    question: str
    history: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The page that shows it."""
        return "/?" + urlencode([("q", self.question), *(("h", earlier) for earlier in self.history)])

    def export_url(self, form: Format) -> str:
        """Its answer in a format of `qa.exports`, to be saved."""
        return f"/export{self.url[1:]}&{urlencode({'format': form})}"

    @property
    def earlier(self) -> tuple[Conversation, ...]:
        """Each earlier question with those before it, oldest first."""
        return tuple(Conversation(text, self.history[:place]) for place, text in enumerate(self.history))

    @property
    def carried(self) -> tuple[str, ...]:
        """The history of a follow-up to it: this question and as many of the latest before it as an address holds."""
        return latest((*self.history, self.question))


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
