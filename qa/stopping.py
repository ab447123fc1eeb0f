"""A word that nobody waits for an answer any more, from the thread that hears it to the one that is at work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """Says once, and for good, that the rest is not wanted; safe to share between threads.

    A generator that stands at a `yield` is closed and needs no word. This is for work that blocks in between, such as
    waiting for a language model: it names what ends the waiting.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said = False
        self._waiting: list[Callable[[], None]] = []

    @property
    def said(self) -> bool:
        """True once it was said."""
        return self._said

    def say(self) -> None:
        """Nobody waits any more, and all that was waiting has been told, in this thread; a second time does nothing."""
        with self._lock:
            self._said = True
            waiting, self._waiting = self._waiting, []
        for end in waiting:
            end()

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Within it, `end` is called when it is said, once; straight away where it was said before.

        `end` is called in the thread that says it, may still be running when the block is left, and must be short and
        raise nothing.
        """
        with self._lock:
            said = self._said
            if not said:
                self._waiting.append(end)
        if said:
            end()
        try:
            yield
        finally:
            with self._lock:
                if end in self._waiting:
                    self._waiting.remove(end)
