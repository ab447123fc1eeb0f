"""A conversation as an address: the question, the earlier ones and its limits, so that a reload shows the same page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from corpus.store import DocumentSummary
from qa.results import Evidence, Format
from qa.scope import EVERYTHING, Scope
from web.limits import Limit, limits, parameters
from web.rendering import evidence_url
from web.schema import MAX_HISTORY

MAX_CARRIED: Final = 4_000
"""Characters of earlier questions that a follow-up carries; keeps the address within what servers take."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question after earlier ones, oldest first, all of them within the same limits."""

    question: str
    history: tuple[str, ...] = ()
    scope: Scope = EVERYTHING

    @property
    def url(self) -> str:
        """The page that shows it."""
        earlier = (("h", question) for question in self.history)
        return "/?" + urlencode([("q", self.question), *earlier, *self.parameters])

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Its limits as parameters of an address."""
        return parameters(self.scope)

    def limits(self, papers: Mapping[str, DocumentSummary]) -> tuple[tuple[Limit, str], ...]:
        """Each of its limits with the address of the same conversation without it; papers are given by id."""
        return tuple((limit, replace(self, scope=limit.without).url) for limit in limits(self.scope, papers))

    @property
    def unlimited(self) -> Conversation:
        """The same without any limit."""
        return replace(self, scope=EVERYTHING)

    def source_url(self, evidence: Evidence) -> str:
        """The source page of one of its pieces of evidence, from which the others can be reached."""
        page, _, fragment = evidence_url(evidence).partition("#")
        return f"{page}&{self.url.partition('?')[2]}#{fragment}"

    def export_url(self, form: Format) -> str:
        """Its answer in a format of `qa.exports`, to be saved."""
        return f"/export{self.url[1:]}&{urlencode({'format': form})}"

    @property
    def earlier(self) -> tuple[Conversation, ...]:
        """Each earlier question with those before it, oldest first."""
        return tuple(Conversation(text, self.history[:place], self.scope) for place, text in enumerate(self.history))

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
