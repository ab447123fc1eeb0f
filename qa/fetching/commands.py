"""Articles that a command names, fetched and taken in as a terminal shows it."""

from __future__ import annotations

from qa.commands.filing import Adding
from qa.commands.terminal import fetching
from qa.fetching.articles import fetch_articles, not_named, settle
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import Given
from qa.settings import Settings


def add_named(settings: Settings, given: Given, adding: Adding, *, refresh: bool) -> None:
    """Every article named that can be fetched is in the library; what came of each is told.

    Raises:
        LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: of what was not told of, nothing was changed.
    """
    for each in given.neither:
        adding.told(not_named(each))
    if not given.identifiers:
        return
    with fetching(adding.console, len(given.identifiers)) as asked:
        fetched = fetch_articles(
            EuropePMC.of(settings),
            settings.library,
            given.identifiers,
            told=adding.told,
            fetching=asked,
            refresh=refresh,
        )
    if fetched.sources:
        adding.take((), fetched.sources)
    settle(settings.library, fetched.articles)
