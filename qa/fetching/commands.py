"""Articles that a command names, fetched as a terminal shows it."""

from __future__ import annotations

from rich.console import Console

from index.intake import Outcome
from qa.fetching.articles import Fetched, fetch_articles, not_named
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import Given
from qa.settings import Settings
from qa.terminal import fetching, outcome_line


def fetch_named(settings: Settings, given: Given, console: Console, errors: Console, *, refresh: bool) -> Fetched:
    """What came of the articles that were named, a line told for each but those that are to be taken in now.

    Raises:
        StorageFull, LibraryDamaged, LibraryMismatch: as `fetch_articles`.
    """
    wrong = tuple(not_named(each) for each in given.neither)
    if not (wrong or given.identifiers):
        return Fetched()

    def told(outcome: Outcome) -> None:
        (errors if outcome.status == "unreadable" else console).print(outcome_line(outcome))

    for outcome in wrong:
        told(outcome)
    with fetching(console, len(given.identifiers)) as asked:
        fetched = fetch_articles(
            EuropePMC.of(settings),
            settings.library,
            given.identifiers,
            told=told,
            fetching=asked,
            refresh=refresh,
        )
    return Fetched(fetched.sources, fetched.articles, (*wrong, *fetched.outcomes))
