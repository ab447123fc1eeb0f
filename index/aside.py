"""Work that goes on beside other work, in a thread that does not keep a process from ending."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Aside(Generic[Made]):
    """Something that is being made in a thread of its own.

    Whoever is interrupted while it waits, or before, waits no longer: the thread ends with the process, if not sooner.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._made: list[Made] = []
        self._wrong: BaseException | None = None
        self._thread = Thread(target=self._run, args=(make,), name="aside", daemon=True)
        self._thread.start()

    def result(self) -> Made:
        """What was made, waited for; raises what the making raised."""
        self._thread.join()
        if self._wrong is not None:
            raise self._wrong
        return self._made[0]

    def _run(self, make: Callable[[], Made]) -> None:
        try:
            self._made.append(make())
        except BaseException as error:  # it is told to who asks for the result
            self._wrong = error
