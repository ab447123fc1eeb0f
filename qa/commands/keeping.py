"""Keeping a library as its folders are: files are taken in, and those that vanished are told of or taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder, Progress
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.intake import Outcome, Source, Vanished, heirs, take_in, vanished
from index.intake.held import is_gone
from index.library import current_generation
from index.listing import Listing
from qa.conversations.store import forget_answers
from qa.removing import remove_documents


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is told what happens.

    Attributes:
        outcome: each outcome, once it is true.
        vanished: what is no more where it was, and whether it was taken out of the library.
        naming: the name of each file when its turn comes.
        reading: how many of the files are read, beginning with none.
        encoding: how many of the new passages and rows of a batch are encoded.
    """

    outcome: Callable[[Outcome], None]
    vanished: Callable[[Vanished, bool], None]
    naming: Callable[[str], None]
    reading: Progress
    encoding: Progress


def out_of(library: Path, paths: Sequence[Path]) -> Vanished:
    """What the library holds from these files and folders and is there no more; nothing where there is no library.

    No answer is kept either that quotes what the library does not hold.

    Raises:
        LibraryDamaged, LibraryMismatch: it cannot be read.
    """
    if current_generation(library) is None:
        return Vanished()
    with closing(Listing.open(library)) as listing:
        forget_answers(library, listing.manifest.hash)
        return vanished(paths, listing.store.summaries())


def keep_up(
    library: Path,
    encoder: Encoder,
    paths: Sequence[Path],
    sources: Sequence[Source],
    tell: Tell,
    *,
    prune: bool,
    engine: EngineChoice = AS_REMEMBERED,
) -> tuple[Outcome, ...]:
    """The sources are in the library, and what vanished from the paths is told of, and with `prune` taken out.

    A vanished file of which another one of the same paper is still there is not taken out but replaced by that.

    Whatever ends this, what was told of is in the library, and no answer is kept that quotes what is not.

    Args:
        engine: which one searches the library, if it is made; where that is.

    Raises:
        EngineError, LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: of what was not told of, nothing was
            changed.
    """
    there = list(sources)
    if any(is_gone(source.place) for source in sources):  # named by hand; what is held is told of as vanished
        gone = {summary.source for summary in out_of(library, paths).gone}
        there = [source for source in sources if source.place not in gone]
    outcomes: tuple[Outcome, ...] = ()
    try:
        if there:
            outcomes = _take(library, encoder, there, tell, engine)
    finally:
        missing = out_of(library, paths)  # some of those that were gone before were only moved
    if prune and (copies := heirs(missing.gone)):
        orphans = [summary.id for summary in missing.gone]
        outcomes += _take(library, encoder, copies, tell, engine, orphans)
        missing = out_of(library, paths)
    if prune and missing.gone:
        remove_documents(library, encoder, [summary.id for summary in missing.gone], engine)
    tell.vanished(missing, prune)
    return outcomes


def _take(
    library: Path,
    encoder: Encoder,
    sources: Sequence[Source],
    tell: Tell,
    engine: EngineChoice,
    orphans: Sequence[str] = (),
) -> tuple[Outcome, ...]:
    return take_in(
        library,
        encoder,
        sources,
        told=tell.outcome,
        naming=tell.naming,
        reading=tell.reading,
        progress=tell.encoding,
        orphans=orphans,
        engine=engine,
    )
