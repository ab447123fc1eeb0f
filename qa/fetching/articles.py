"""Articles by identifier on their way into a library: which it holds, which are fetched, which did not come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpus.errors import FetchError, UnreadableFile
from corpus.summaries import DocumentSummary
from index.intake import Outcome, Source
from index.listing import listed
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import NO_IDENTIFIER, Identifier, read_identifier
from qa.fetching.waiting import Waiting

_PLACE: Final = "europepmc:"
_SHOWN: Final = 200
"""Characters of what was given that are told."""

Told = Callable[[Outcome], None]
Fetching = Callable[[Identifier], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of some identifiers.

    Attributes:
        sources: of the articles to be taken in; each gives its XML from the disk.
        articles: their PMC ids, for `settle` when they are in.
        outcomes: of all others: those that the library holds, and those that did not come.
    """

    sources: tuple[Source, ...] = ()
    articles: tuple[Identifier, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def fetch_articles(
    service: EuropePMC,
    library: Path,
    identifiers: Sequence[Identifier],
    *,
    told: Told | None = None,
    fetching: Fetching | None = None,
    refresh: bool = False,
) -> Fetched:
    """The XML of each article lies beside the library, or it is known why not; each article once, in order.

    An article that the library holds is not asked for. Where the service cannot be asked any more, the rest is not.

    Args:
        told: called with each outcome as soon as it is known.
        fetching: called with each identifier before anything is asked about it.
        refresh: ask for those that the library holds too, to have them as they are now.

    Raises:
        StorageFull: the disk took no more.
        LibraryDamaged, LibraryMismatch: the library cannot be used.
    """
    held = held_articles(library)
    errand = _Errand(service, Waiting.of(library), frozenset() if refresh else frozenset(held), fetching, refresh)
    sources: dict[Identifier, Source] = {}
    outcomes: dict[Identifier, Outcome] = {}
    for identifier in identifiers:
        name = identifier
        try:
            name = errand.run(identifier)
        except FetchError as error:
            outcomes[name] = Outcome(str(identifier), "unreadable", notices=(str(error),))
        else:
            if name in sources or name in outcomes:
                continue
            if name not in errand.held:
                sources[name] = _source(errand.waiting, name)
                continue
            outcomes[name] = Outcome.of_held(held[name].file, held[name])
        if told:
            told(outcomes[name])
    return Fetched(tuple(sources.values()), tuple(sources), tuple(outcomes.values()))


def not_named(given: str) -> Outcome:
    """What came of a text that should name an article and does not."""
    return Outcome(given[:_SHOWN].strip() or "a blank name", "unreadable", notices=(NO_IDENTIFIER,))


def held_articles(library: Path) -> dict[Identifier, DocumentSummary]:
    """The articles in the library that were fetched, by PMC id; none where there is no library.

    Raises:
        LibraryDamaged, LibraryMismatch: it cannot be used.
    """
    places = {summary.source: summary for summary in listed(library).values()}
    pmc_ids = {place: read_identifier(place.removeprefix(_PLACE)) for place in places if place.startswith(_PLACE)}
    return {pmc: places[place] for place, pmc in pmc_ids.items() if pmc}


def waiting_of(library: Path, summary: DocumentSummary) -> frozenset[Identifier]:
    """The articles whose XML may wait beside a library and is that of a document, or of a file passed over for it."""
    places = (summary.source, *(copy.source for copy in summary.copies))
    named = [read_identifier(place.removeprefix(_PLACE)) for place in places if place.startswith(_PLACE)]
    doi = read_identifier(f"doi:{summary.doi}") if summary.doi else None
    return frozenset(pmc for pmc in (*named, Waiting.of(library).pmc_of(doi) if doi else None) if pmc)


def settle(library: Path, done: Iterable[Identifier] = ()) -> None:
    """Of the articles `done`, taken in or removed, no XML waits beside the library; names are known of those it holds.

    Raises:
        LibraryDamaged, LibraryMismatch: the library cannot be used.
    """
    waiting = Waiting.of(library)
    if waiting.folder.is_dir():
        waiting.forget(frozenset(done), held_articles(library))


@dataclass(slots=True)
class _Errand:
    """Goes for one article after another; `halted` says why no more are asked for, once that is so."""

    service: EuropePMC
    waiting: Waiting
    held: frozenset[Identifier]
    fetching: Fetching | None
    refresh: bool
    halted: str = ""
    fetched: set[Identifier] = field(default_factory=set)

    def run(self, identifier: Identifier) -> Identifier:
        """The PMC id of the article of that name, which the library holds, or whose XML waits.

        Raises:
            FetchError: it did not come.
        """
        pmc = self.waiting.pmc_of(identifier)
        if pmc is not None and self._here(pmc):
            return pmc
        if self.halted:
            raise FetchError(self.halted)
        if self.fetching:
            self.fetching(identifier)
        try:
            pmc = pmc or self.service.find(identifier)
            if not self._here(pmc):
                article = self.service.fetch(pmc)
                self.waiting.keep(pmc, article.names | {identifier}, article.xml)
                self.fetched.add(pmc)
        except FetchError as error:
            if error.lasting:
                self.halted = f"It was not asked for, since the one before it could not be: {error}"
            raise
        return pmc

    def _here(self, pmc: Identifier) -> bool:
        waits = not self.refresh and self.waiting.xml(pmc) is not None
        return pmc in self.held or pmc in self.fetched or waits


def _source(waiting: Waiting, pmc: Identifier) -> Source:
    def load() -> bytes:
        xml = waiting.xml(pmc)
        if xml is None:
            raise UnreadableFile(f"{pmc}.xml", "what was fetched is not on the disk any more; add it again.")
        return xml

    return Source(f"{pmc}.xml", f"{_PLACE}{pmc}", load)
