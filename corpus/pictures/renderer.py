"""The process that draws pages, as its parent holds it."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path
from typing import Final

from corpus.children import Child
from corpus.errors import InputError, PageError

MIN_WIDTH: Final = 50
MAX_WIDTH: Final = 2_400
"""Pixels across that a picture may be asked for."""

_CHILD: Final = "corpus.pictures.child"
_TO_START: Final = 60.0
_SECONDS: Final = 20.0
"""How long one page may take; so long, too, a page waits for others."""


def check_width(width: int) -> None:
    """The width is one that a page can be drawn in.

    Raises:
        InputError: it is not.
    """
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        msg = f"A page is shown {MIN_WIDTH} to {MAX_WIDTH:,} pixels wide; ask for a width between these."
        raise InputError(msg)


class Renderer:
    """Draws pages, one at a time, in a process that starts with the first; safe to share between threads.

    Args:
        seconds: how long one page may take.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._held: list[Child] = []  # one or none
        self._end = weakref.finalize(self, _end_all, self._held)

    def picture(self, file: Path, number: int, width: int) -> bytes:
        """A page of a PDF, counted from 1, as PNG, `width` pixels wide; a huge one is smaller.

        Raises:
            InputError: `width` is out of range.
            FileNotFoundError: there is no such file.
            PageError: the page cannot be drawn, or takes too long.
        """
        check_width(width)
        if not self._lock.acquire(timeout=self._seconds):
            msg = "Other pages are still being drawn; ask for this one again in a moment."
            raise PageError(msg)
        try:
            said, content = self._asked(file, number, width)
        finally:
            self._lock.release()
        if said == "gone":
            raise FileNotFoundError(file)
        if isinstance(content, bytes):
            return content
        msg = f"Page {number} cannot be drawn ({content}); its text is shown all the same. Get the file again."
        raise PageError(msg)

    def close(self) -> None:
        """Its process, if it has one, ends; asked again, it starts another."""
        with self._lock:
            _end_all(self._held)

    def _asked(self, file: Path, number: int, width: int) -> tuple[str, bytes | str]:
        try:
            process = self._started()
            process.connection.send((str(file), number, width))
            return _said(process, self._seconds)
        except TimeoutError as error:
            _end_all(self._held)
            msg = f"Page {number} takes longer than {self._seconds:g} seconds to draw; its text is shown all the same."
            raise PageError(msg) from error
        except (EOFError, OSError) as error:
            _end_all(self._held)
            msg = f"Drawing page {number} failed; its text is shown all the same. Get the file again."
            raise PageError(msg) from error

    def _started(self) -> Child:
        if not self._held:
            self._held.append(Child(_CHILD))
            _said(self._held[0], _TO_START)
        return self._held[0]


def _said(process: Child, seconds: float) -> tuple[str, bytes | str]:
    """What the process says next.

    Raises:
        EOFError: it ended.
        TimeoutError: nothing within so many seconds.
    """
    said: tuple[str, bytes | str] | None = process.hear(seconds)
    if said is None:
        raise EOFError
    return said


def _end_all(held: list[Child]) -> None:
    while held:
        held.pop().end()
