"""What runs in a worker: one job after the other, until nobody sends any."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Literal

from corpus.errors import BadSetting, UnreadableFile
from corpus.limits import Limits
from corpus.workers.job import Job, Read, outcome

Kind = Literal["ready", "reading", "unreadable", "setting", "memory"]
Answer = tuple[Kind, Any]
"""A reading, a reason why there is none, what is wrong with a setting, or nothing but its kind."""
Order = tuple[Read, Job, Limits, dict[str, str]]
"""A job, what reads it, what it may take, and the settings of the environment."""


def serve(handle: int) -> None:
    """Every job that came through this file descriptor was answered; it was closed from the other side."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process, also within a library in C
    connection: Connection[bytes, Order] = Connection(handle)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is done, or gone
        connection.send_bytes(pickle.dumps(("ready", None)))
        while True:
            read, job, limits, settings = connection.recv()
            _set(settings)
            connection.send_bytes(_answer(read, job, limits))
            del job


def _set(settings: dict[str, str]) -> None:
    """The settings are those of the parent now, which may have changed since this process began."""
    for name in [name for name in os.environ if name.startswith("EXOCITE_") and name not in settings]:
        del os.environ[name]
    os.environ.update(settings)


def _answer(read: Read, job: Job, limits: Limits) -> bytes:
    """What came of the job, as bytes; a job that takes too long ends the process."""
    _hold(limits.memory_mb)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        return pickle.dumps(_tried(read, job), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(("memory", None))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _tried(read: Read, job: Job) -> Answer:
    try:
        found = outcome(read, job)
    except BadSetting as error:
        return "setting", str(error)
    return ("unreadable", found.reason) if isinstance(found, UnreadableFile) else ("reading", found)


def _hold(megabytes: float) -> None:
    """This process gets no more memory than that; where the system has no such limit, it gets what it asks for."""
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = int(megabytes * 1_000_000)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))
