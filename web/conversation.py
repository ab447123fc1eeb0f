"""A conversation as an address: the question, the earlier ones and its limits, so that a reload shows the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from corpus.summaries import DocumentSummary
from qa.conversations.records import latest
from qa.forms import Format
from qa.results import AskResponse, Evidence
from qa.scope import EVERYTHING, Scope
from web.limits import Limit, limits, parameters
from web.rendering import evidence_url


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question after earlier ones, oldest first, all of them within the same limits; kept nowhere but in its address.

    Attributes:
        after: the turn of a kept conversation that a follow-up goes on from, as parameters of an address; none where
            it begins a conversation of its own.
        unkept: why it could not be kept in the history; "" where it was not meant to be.
    """

    question: str
    history: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    after: tuple[tuple[str, str], ...] = ()
    unkept: str = ""

    @property
    def url(self) -> str:
        """The page that shows it."""
        return f"/?{self.query}"

    @property
    def query(self) -> str:
        """It as parameters of an address, `Address` reads them back."""
        earlier = (("h", question) for question in self.history)
        return urlencode([("q", self.question), *earlier, *self.parameters, *self.turn])

    @property
    def turn(self) -> tuple[tuple[str, str], ...]:
        """The turn of a kept conversation that a follow-up goes on from: itself, where it is kept."""
        return self.after

    @property
    def before(self) -> tuple[tuple[str, str], ...]:
        """The turn that it goes on from itself, likewise; none where nothing says so."""
        return ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Its limits as parameters of an address."""
        return parameters(self.scope)

    def limits(self, papers: Mapping[str, DocumentSummary]) -> tuple[tuple[Limit, str], ...]:
        """Each of its limits with the address of the same question without it; papers are given by id."""
        found = limits(self.scope, papers)
        return tuple((one, Conversation(self.question, self.history, one.without, self.turn).url) for one in found)

    @property
    def unlimited(self) -> Conversation:
        """The same without any limit."""
        return Conversation(self.question, self.history, after=self.turn)

    def source_url(self, evidence: Evidence) -> str:
        """The source page of one of its pieces of evidence, from which the others can be reached."""
        page, _, fragment = evidence_url(evidence).partition("#")
        return f"{page}&{self.query}#{fragment}"

    def export_url(self, form: Format) -> str:
        """Its answer in a format of `qa.exports`, to be saved."""
        return f"/export?{self.query}&{urlencode({'format': form})}"

    @property
    def earlier(self) -> tuple[Conversation, ...]:
        """Each earlier question with those before it, oldest first."""
        return tuple(Conversation(text, self.history[:place], self.scope) for place, text in enumerate(self.history))

    @property
    def later(self) -> tuple[Conversation, ...]:
        """The questions asked after it; an address knows none."""
        return ()

    @property
    def said(self) -> str:
        """What became of it, in a line; an address does not say."""
        return ""

    @property
    def apart(self) -> str:
        """Which question it follows on, where that is not the one before it; "" otherwise."""
        return ""

    @property
    def kept(self) -> bool:
        """True where it is a turn of a conversation in the history."""
        return False

    def outdated(self, _: AskResponse) -> bool:
        """True where another library answers now than did first; an address does not say which did."""
        return False

    @property
    def carried(self) -> tuple[str, ...]:
        """The history of a follow-up to it: this question and as many of the latest before it as an address holds."""
        return latest((*self.history, self.question))
