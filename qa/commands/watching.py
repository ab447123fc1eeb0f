"""Folders watched: what changes in them is taken in once it is whole, until somebody ends it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import watchfiles

from corpus.errors import ExociteError, InputError
from index.intake import Source, find

_TICK: Final = 1_000
"""Milliseconds between two looks at a file that may still be growing, and the longest that nothing is looked at."""
_AGAIN: Final = 30
"""Ticks after which what failed is tried again."""

Said = Callable[[str], None]


def watch(paths: Sequence[Path], take: Callable[[Sequence[Source]], None], said: Said, failed: Said) -> None:
    """Everything below the folders was taken, and then what changed, until Ctrl-C; no error ends it.

    A file is taken when it was the same at two looks one after the other, so that none is taken half-written.

    Args:
        take: takes the sources into the library; called also with none, when files are gone.
        said: what is going on, in one line.
        failed: what went wrong, in one line; it is tried again.

    Raises:
        InputError: one of the paths is no folder.
    """
    for path in paths:
        if not path.is_dir():
            raise InputError(f"{path} is no folder; only folders can be watched.")
    waiting = _Waiting(paths)
    begun, patience = False, 0
    try:
        for changes in _changes(paths, failed):
            waiting.add({os.path.realpath(place) for _, place in changes})
            patience -= 1
            if patience > 0 or (begun and not waiting.is_whole):
                continue
            try:
                take(find(paths).sources if not begun else waiting.sources())
            except ExociteError as error:
                failed(f"{error} This is tried again while the folder is watched.")
                patience = _AGAIN
                continue
            waiting.clear()
            if not begun:
                said(f"Watching {', '.join(map(str, paths))}; Ctrl-C ends it.")
            begun = True
    except KeyboardInterrupt:
        said("No longer watching.")


class _Waiting:
    """Places where something changed, until all of them are at rest."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._places: set[str] = set()
        self._seen: dict[str, tuple[int, int]] = {}
        self._sources: list[Source] = []

    def add(self, places: set[str]) -> None:
        """Something changed in these places."""
        self._places |= places

    @property
    def is_whole(self) -> bool:
        """Whether something changed, and no file of it has grown since the last time this was asked."""
        if not self._places:
            return False
        self._sources = [source for source in find(self._paths).sources if self._is_touched(source.place)]
        before, self._seen = self._seen, {source.place: _size(source.place) for source in self._sources}
        return self._seen == before or not self._seen

    def sources(self) -> Sequence[Source]:
        """The files that changed and are there."""
        return self._sources

    def clear(self) -> None:
        """What changed so far was taken."""
        self._places.clear()
        self._seen.clear()

    def _is_touched(self, place: str) -> bool:
        # of a folder that was moved here, only the folder is told
        return place in self._places or any(str(above) in self._places for above in Path(place).parents)


def _changes(paths: Sequence[Path], failed: Said) -> Iterator[set[tuple[watchfiles.Change, str]]]:
    """What changed, at least once a tick; found by looking again and again where the system tells of no more."""
    for polling in (None, True):
        try:
            yield from watchfiles.watch(
                *paths,
                watch_filter=None,
                rust_timeout=_TICK,
                yield_on_timeout=True,
                force_polling=polling,
                ignore_permission_denied=True,
            )
        except OSError as error:
            if polling:
                raise InputError(f"The folders cannot be watched ({error}); add them by hand.") from error
            failed(f"The system watches no more files for this user ({error}); looking at all of them again instead.")


def _size(place: str) -> tuple[int, int]:
    try:
        state = os.stat(place)  # noqa: PTH116 (a text, as places are)
    except OSError:
        return -1, -1
    return state.st_size, state.st_mtime_ns
