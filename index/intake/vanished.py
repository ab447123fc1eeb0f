"""Papers whose file is no more where it was, told apart from those that are only out of sight."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.errors import UnreadableFile
from corpus.origins import Copy
from corpus.summaries import DocumentSummary
from index.intake.held import is_gone
from index.intake.sources import Source, files_of, printable

_State = Literal["there", "missing", "closed", "empty"]


@dataclass(frozen=True, slots=True)
class Vanished:
    """Of the papers that came from certain files and folders, those that are not there any more.

    Attributes:
        gone: whose file is surely no more, in the order given.
        unsure: a sentence for each folder where nothing can be said, since it may be on a disk that is not mounted.
    """

    gone: tuple[DocumentSummary, ...] = ()
    unsure: tuple[str, ...] = ()


def vanished(paths: Iterable[Path], held: Iterable[DocumentSummary]) -> Vanished:
    """Of the papers in `held`, those that came from one of these files, or from below one of these folders.

    A file counts as gone only where the folder that held it, or what is left of its path, can be listed and is not
    empty: a disk that is not mounted leaves an empty folder, and none of its files was deleted.
    """
    tops = [printable(os.path.realpath(path)) for path in paths]
    states = cache(_state)
    gone: list[DocumentSummary] = []
    unsure: Counter[tuple[str, _State]] = Counter()
    for summary in held:
        top = next((top for top in tops if summary.source == top or summary.source.startswith(f"{top}{os.sep}")), None)
        if top is None or not is_gone(summary.source):
            continue
        above = os.path.dirname(summary.source)  # noqa: PTH120 (a text, as places are)
        while states(above) == "missing" and len(above) > len(top):
            above = os.path.dirname(above)  # noqa: PTH120 (as above)
        if states(above) == "there":
            gone.append(summary)
        else:
            unsure[above, states(above)] += 1
    return Vanished(tuple(gone), tuple(_told(folder, state, count) for (folder, state), count in unsure.items()))


def heirs(gone: Iterable[DocumentSummary]) -> tuple[Source, ...]:
    """The files that were passed over for these papers and are as they were: the best of each can take its place."""
    copies = {copy.source: copy for summary in gone for copy in summary.copies if os.path.isabs(copy.source)}  # noqa: PTH117 (an upload's is no path)
    there = ((source, copy) for copy in copies.values() for source in files_of([Path(copy.source)]))
    return tuple(replace(source, place=copy.source) for source, copy in there if _is_as_it_was(source, copy))


def _is_as_it_was(source: Source, copy: Copy) -> bool:
    try:
        return hashlib.sha256(source.load()).hexdigest() == copy.sha256
    except UnreadableFile:
        return False


def _state(folder: str) -> _State:
    try:
        with os.scandir(folder) as entries:
            return "there" if next(entries, None) else "empty"
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError:
        return "closed"


def _told(folder: str, state: _State, count: int) -> str:
    papers = "1 paper" if count == 1 else f"{count:,} papers"
    why = {"closed": "cannot be listed", "empty": "is empty, as where a disk is not mounted"}.get(state, "is not there")
    return f"{folder} {why}, so nothing is done about {papers} from there; `exocite remove` takes papers out."
