"""Work that goes on beside other work, in a thread that does not keep a process from ending."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Generic, TypeVar

Made = TypeVar("Made")

ending: Final = Event()
"""Set when the process is about to end: what works aside stops as soon as it can."""
_LAST: Final = 3.0
"""Seconds that the end of a process waits for what works aside: native code that runs on beyond it is aborted."""
_working: Final = set[Event]()


class Aside(Generic[Made]):
    """Something that is being made in a thread of its own.

    Whoever is interrupted while it waits, or before, waits no longer: the thread ends with the process, if not sooner.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._made: list[Made] = []
        self._wrong: BaseException | None = None
        # an event rather than the thread's own end: a thread whose `join` was interrupted is taken for one that ended
        self._done = Event()
        _working.add(self._done)
        Thread(target=self._run, args=(make,), name="aside", daemon=True).start()

    def result(self) -> Made:
        """What was made, waited for; raises what the making raised."""
        self._done.wait()
        if self._wrong is not None:
            raise self._wrong
        return self._made[0]

    def _run(self, make: Callable[[], Made]) -> None:
        try:
            self._made.append(make())
        except BaseException as error:  # it is told to who asks for the result
            self._wrong = error
        finally:
            self._done.set()
            _working.discard(self._done)


@atexit.register
def _wait() -> None:
    ending.set()
    for done in list(_working):
        done.wait(_LAST)
