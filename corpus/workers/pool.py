"""Jobs handed to processes, and what came of them in the order they came in."""

from __future__ import annotations

import os
import signal
import threading
import weakref
from collections import deque
from collections.abc import Generator, Iterable
from functools import cache
from multiprocessing.connection import wait
from typing import Any, Final, Generic, TypeVar

from corpus.errors import BadSetting, ExociteError, UnreadableFile
from corpus.limits import Limits
from corpus.records import Reading
from corpus.scratch import clear_scratch
from corpus.workers.child import Answer
from corpus.workers.job import Job, Read, outcome, read_job
from corpus.workers.process import Process

T = TypeVar("T")
Result = Reading | UnreadableFile

_AHEAD: Final = 4
"""Jobs for each worker that may be taken before the first of them is done: so many readings wait in memory at most."""
_KEPT: Final = 2
"""Processes that stay when there is nothing to do."""
_PATIENCE: Final = 5.0
"""Seconds for a process that has closed its end to be gone."""
_FEW: Final = 4
"""Light jobs of a call that are read in the caller's process: to begin another takes longer."""


class Workers:
    """Processes that read files, started when there is something to read; safe to share between threads.

    Args:
        read: what reads a job.
        few: how many light jobs a call reads in its own process, where no limit holds.
    """

    def __init__(self, read: Read = read_job, *, few: int = _FEW) -> None:
        self.read = read
        self.few = few
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        self._living: set[Process] = set()
        self._owner = os.getpid()
        weakref.finalize(self, _end, self._living, self._owner)  # also when this process ends

    def in_order(self, jobs: Iterable[tuple[T, Job | None]]) -> Generator[tuple[T, Result | None], None, None]:
        """What came of each job, with what came with it, in order; None for None.

        Jobs are taken one by one, when a process has nothing to do. A job that takes more than `Limits` allow, or whose
        process breaks down, gives `UnreadableFile`, and the others go on. To be closed where not all is taken.

        Raises:
            BadSetting: a limit cannot be used.
            ExociteError: no process can be started.
        """
        crew = _Crew[T](self, Limits.read())
        clear_scratch()  # of a run that was killed with all its processes
        rest = iter(jobs)
        few, more = self.few, True
        try:
            while more or crew.slots:
                while more and crew.has_room:
                    taken = next(rest, None)
                    more = taken is not None
                    if taken is None:
                        continue
                    tag, job = taken
                    if job is None:
                        crew.slots.append(_Slot(tag, done=True))
                    elif few and job.is_light:
                        few -= 1
                        crew.slots.append(_Slot(tag, done=True, result=outcome(self.read, job)))
                    else:
                        crew.take(tag, job)
                while crew.slots and crew.slots[0].done:
                    slot = crew.slots.popleft()
                    yield slot.tag, slot.result
                if crew.slots:
                    crew.hear()
        finally:
            crew.leave()

    def close(self) -> None:
        """Every process is gone; the next job begins new ones."""
        with self._lock:
            self._idle.clear()
        _end(self._living, self._owner)

    def hire(self) -> Process:
        """A process that has nothing to do, of those that stayed or a new one."""
        with self._lock:
            if self._owner != os.getpid():  # after a fork they are the parent's
                self._owner = os.getpid()
                self._idle, self._living = [], set()
                weakref.finalize(self, _end, self._living, self._owner)
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                self._living.discard(process)
                process.end()
            process = Process()
            self._living.add(process)
            return process

    def dismiss(self, process: Process, *, well: bool, patience: float = 0) -> int | None:
        """A process that is well stays for the next job, unless enough do; the exit status of any other."""
        with self._lock:
            if well and process in self._living and len(self._idle) < _KEPT:
                self._idle.append(process)
                return None
            self._living.discard(process)
        return process.end(patience)


@cache
def shared() -> Workers:
    """The workers of this process, which end with it."""
    return Workers()


class _Slot(Generic[T]):
    """The place of one job in the order."""

    def __init__(self, tag: T, *, done: bool = False, result: Result | None = None) -> None:
        self.tag = tag
        self.done = done
        self.result = result


class _Crew(Generic[T]):
    """The processes at work for one call."""

    def __init__(self, workers: Workers, limits: Limits) -> None:
        self.slots: deque[_Slot[T]] = deque()
        self._workers = workers
        self._limits = limits
        self._queue: deque[tuple[_Slot[T], Job]] = deque()
        self._busy: dict[Process, tuple[_Slot[T], str]] = {}
        self._free: list[Process] = []

    @property
    def has_room(self) -> bool:
        """Whether another job may be taken."""
        at_work = len(self._busy) + len(self._queue)
        return at_work < self._limits.workers and len(self.slots) < _AHEAD * self._limits.workers

    def take(self, tag: T, job: Job) -> None:
        """The job is in the order, and on its way to a process."""
        slot = _Slot(tag)
        self.slots.append(slot)
        self._queue.append((slot, job))
        self._assign()

    def hear(self) -> None:
        """One process at least has said something, or ended."""
        talking: dict[Any, Process] = {process.connection: process for process in (*self._busy, *self._free)}
        for connection in wait(list(talking)):
            process = talking[connection]
            answer = process.hear()
            if process in self._busy:
                self._settle(process, answer)
            elif answer is not None:
                process.ready = True
            else:
                self._free.remove(process)
                status = self._workers.dismiss(process, well=False, patience=_PATIENCE)
                if process.ready:
                    continue  # others take its place
                msg = f"A process that reads files ended before it began (status {status}); check the installation."
                raise ExociteError(msg)
        self._assign()

    def leave(self) -> None:
        """No process is at work for this call any more."""
        for process in (*self._busy, *self._free):
            self._workers.dismiss(process, well=process.ready and process not in self._busy)
        self._busy.clear()
        self._free.clear()

    def _assign(self) -> None:
        """As many jobs as can be are being read, and processes are on their way for the others."""
        while len(self._free) < len(self._queue):
            self._free.append(self._workers.hire())
        for process in [process for process in self._free if process.ready]:
            if not self._queue:
                return
            slot, job = self._queue.popleft()
            self._free.remove(process)
            self._busy[process] = (slot, job.name)
            process.give(self._workers.read, job, self._limits)

    def _settle(self, process: Process, answer: Answer | None) -> None:
        """The job of the process is done, and the process free or gone."""
        slot, name = self._busy.pop(process)
        slot.done = True
        match answer:
            case ("reading", found):
                slot.result = found
            case ("unreadable", reason):
                slot.result = UnreadableFile(name, reason)
            case ("setting", message):
                self._workers.dismiss(process, well=True)
                raise BadSetting(message)
            case ("memory", _):
                self._workers.dismiss(process, well=False)  # it may not get it all back
                slot.result = UnreadableFile(name, _too_large(self._limits))
                return
            case _:
                status = self._workers.dismiss(process, well=False, patience=_PATIENCE)
                slot.result = UnreadableFile(name, _ended(status or 0, self._limits))
                return
        self._free.append(process)


def _too_large(limits: Limits) -> str:
    return (
        f"reading it takes more memory than the {limits.memory_mb:g} MB that are allowed; "
        "split it, or set EXOCITE_MAX_MEMORY_MB higher."
    )


def _ended(status: int, limits: Limits) -> str:
    """Why there is no reading where a process ended with this status."""
    if status == -signal.SIGALRM:
        return (
            f"reading it took longer than the {limits.seconds:g} seconds that are allowed; "
            "split it, or set EXOCITE_MAX_FILE_SECONDS higher."
        )
    how = signal.strsignal(-status) if status < 0 else f"status {status}"
    return (
        f"what reads it broke down over it ({how}), as damaged files can bring about; "
        "open it in a program of its own and save it anew."
    )


def _end(living: set[Process], owner: int) -> None:
    if owner == os.getpid():  # not in a fork, which has only copies
        while living:
            living.pop().end()
