"""A reader that does what the file's text says, for the worst that reading can do to a process."""

from __future__ import annotations

import os
import signal
import threading

from corpus.records import Reading
from corpus.workers import Job
from corpus.workers.job import read_job

CALM = b"# Calm\n\nThe sea is calm tonight.\n"


def obey(job: Job) -> Reading:
    """The reading of the job, unless its text asks for something else."""
    match job.data.split():
        case [b"crash", *_]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case [b"hang", *_]:
            threading.Event().wait()
        case [b"swell", *_]:
            held = [bytes(10_000_000)]
            while True:
                held.append(bytes(10_000_000))
        case [b"fault", *_]:
            raise KeyError("no such cell")
        case [b"pause", _, place, *_]:  # until the file of that name is there
            while not os.path.exists(place):  # noqa: PTH110 (bytes)
                signal.sigtimedwait((), 0.01)
    return read_job(job)
