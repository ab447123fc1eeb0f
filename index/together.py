"""Questions asked at the same time, encoded together where they are of one length.

A question that finds the encoder idle is begun at once, on all processors; one that finds it at work is begun on a lane
of its own; where all lanes are taken it waits, and goes with the oldest that waits and those as long as that one. So
nobody waits for company, nor longer than for what came before. Who asked may do other things meanwhile: whoever waits
for a vector sees to it that what is finished makes room for what waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol

from index.batches import most
from index.identity import Coming, Vectors

Tokens = Sequence[int]


class Lane(Protocol):
    """Encodes one batch at a time, beside other lanes."""

    def start(self, batch: Sequence[Tokens]) -> None:
        """The texts, all of one length, are being encoded; returns at once."""
        ...

    def finish(self) -> Vectors:
        """One row a text, waited for."""
        ...


class _Asked:
    """A text that is being encoded, or waits to be; called, it gives its vector, as a `Coming`."""

    def __init__(self, together: Together, tokens: Tokens) -> None:
        self._together = together
        self.tokens = tokens
        self.run: _Run | None = None
        self.found: Vectors | BaseException | None = None

    def __call__(self) -> Vectors:
        while self.found is None:
            self._together.go_on(self.run)
        if isinstance(self.found, BaseException):
            raise self.found
        return self.found


class _Run:
    """A batch on its lane."""

    def __init__(self, lane: Lane, batch: Sequence[_Asked]) -> None:
        self.lane = lane
        self._batch = batch
        self._turn = Lock()
        for asked in batch:
            asked.run = self

    def start(self) -> bool:
        """Whether it is begun; where that fails, its texts are told so."""
        try:
            self.lane.start([asked.tokens for asked in self._batch])
        except BaseException as error:
            self._end(error)
        return not self._is_finished

    def finish(self) -> None:
        """Every text of it has its vector, or what went wrong; waited for."""
        with self._turn:
            if not self._is_finished:
                try:
                    self._end(self.lane.finish())
                except BaseException as error:
                    self._end(error)

    @property
    def _is_finished(self) -> bool:
        return self._batch[-1].found is not None

    def _end(self, found: Vectors | BaseException) -> None:
        for i, asked in enumerate(self._batch):
            asked.found = found if isinstance(found, BaseException) else found[i : i + 1]


class Together:
    """Encodes one text for each of many threads.

    Args:
        wide: the lane of a text that comes alone.
        narrow: makes the lanes of those that come while one is taken, when they are first needed; one at least.
    """

    def __init__(self, wide: Lane, narrow: Callable[[], Sequence[Lane]]) -> None:
        self._wide = wide
        self._narrow = narrow
        self._idle: list[Lane] | None = None
        self._running: list[_Run] = []
        self._waiting: list[_Asked] = []
        self._lock = Lock()

    def begin(self, tokens: Tokens) -> Coming:
        """The text of these tokens is begun, or waits for a lane; returns at once."""
        asked = _Asked(self, tokens)
        with self._lock:
            self._waiting.append(asked)
            self._fill()
        return asked

    def go_on(self, run: _Run | None) -> None:
        """A batch is finished, and what waited is begun in its place; the oldest batch where none is named."""
        with self._lock:
            if run is None and not self._running:
                return  # what was asked for has been found meanwhile
            run = run or self._running[0]
        run.finish()
        with self._lock:
            if run in self._running:  # by whoever comes first, for who finished it may have been interrupted
                self._running.remove(run)
                self._free(run.lane)
                self._fill()

    def _fill(self) -> None:
        """What waits is begun, as far as lanes are free; the caller holds the lock."""
        while self._waiting and (lane := self._taken()) is not None:
            run = _Run(lane, self._next())
            if run.start():
                self._running.append(run)
            else:
                self._free(lane)

    def _free(self, lane: Lane) -> None:
        if lane is not self._wide and self._idle is not None:
            self._idle.append(lane)

    def _taken(self) -> Lane | None:
        if not self._running and len(self._waiting) == 1:
            return self._wide
        if self._idle is None:
            self._idle = list(self._narrow())
        return self._idle.pop() if self._idle else None

    def _next(self) -> list[_Asked]:
        """The oldest that waits, and others of its length; they wait no more."""
        length = len(self._waiting[0].tokens)
        alike = [asked for asked in self._waiting if len(asked.tokens) == length][: most(length)]
        self._waiting = [asked for asked in self._waiting if asked not in alike]
        return alike
