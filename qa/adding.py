"""Files and articles on their way into a library together, watched by somebody who may go away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.encoder import Encoder, Progress
from index.intake import Outcome, Source, take_in
from qa.fetching.articles import Fetched, fetch_articles, settle
from qa.fetching.asking import Pace
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import Identifier
from qa.settings import Settings
from qa.stopping import Stop


class Stopped(Exception):
    """Nobody waits any more; what was not told of is not in the library."""


def _say_nothing(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far it is.

    Attributes:
        told: each outcome, once it is true.
        fetching: each identifier, before anything is asked about it.
        reading: how many of the files and articles are read, beginning with none.
        encoding: how many of the new passages and rows are encoded.
    """

    told: Callable[[Outcome], None] = _say_nothing
    fetching: Callable[[Identifier], None] = _say_nothing
    reading: Progress = _say_nothing
    encoding: Progress = _say_nothing

    def until(self, stop: Stop) -> Self:
        """The same, ending what is watched with `Stopped` once it was said that nobody waits."""

        def ending(told: Callable[..., None]) -> Callable[..., None]:
            def tell(*what: object) -> None:
                if stop.said:
                    raise Stopped
                told(*what)

            return tell

        # what is in the library is told of in any case
        return type(self)(self.told, ending(self.fetching), ending(self.reading), ending(self.encoding))


def add_all(
    library: Path,
    encoder: Encoder,
    settings: Settings,
    sources: Sequence[Source],
    identifiers: Sequence[Identifier],
    watch: Watch = Watch(),
    stop: Stop | None = None,
) -> tuple[Outcome, ...]:
    """Every file that can be read and every article that can be fetched is in the library.

    One outcome each: those of the files and of the articles that came in order, then those of the other articles.

    Args:
        stop: when it is said, this ends as soon as it can.

    Raises:
        Stopped: it was said.
        EngineError, LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: what was not told of is not in it.
    """
    stop = stop or Stop()
    watch = watch.until(stop)
    fetched = Fetched()
    if identifiers:
        service = EuropePMC.of(settings, Pace(sleep=_sleeping(stop)))
        fetched = fetch_articles(service, library, identifiers, told=watch.told, fetching=watch.fetching)
    taken: tuple[Outcome, ...] = ()
    if sources or fetched.sources:
        every = (*sources, *fetched.sources)
        taken = take_in(
            library,
            encoder,
            every,
            told=watch.told,
            reading=watch.reading,
            progress=watch.encoding,
            engine=settings.choice,
        )
    settle(library, fetched.articles)
    return (*taken, *fetched.outcomes)


def _sleeping(stop: Stop) -> Callable[[float], None]:
    """A sleep that ends with `Stopped` as soon as the stop is said."""

    def sleep(seconds: float) -> None:
        woken = threading.Event()
        with stop.ending(woken.set):
            woken.wait(seconds)
        if stop.said:
            raise Stopped

    return sleep
