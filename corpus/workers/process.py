"""A worker, as its parent holds it."""

from __future__ import annotations

import os
from contextlib import suppress

from corpus.children import Child
from corpus.errors import ExociteError
from corpus.limits import Limits
from corpus.scratch import clear_scratch
from corpus.workers.child import Answer
from corpus.workers.job import Job, Read


class Process(Child):
    """A process that reads; `ready` once it has said so.

    Raises:
        ExociteError: the system starts no more processes.
    """

    def __init__(self) -> None:
        self.ready = False
        try:
            super().__init__("corpus.workers.child")
        except OSError as error:
            msg = f"No process could be started to read files ({error.strerror or error}); close others and try again."
            raise ExociteError(msg) from error

    def give(self, read: Read, job: Job, limits: Limits) -> None:
        """The job is being read; `hear` tells what came of it, also where the process has ended."""
        settings = {name: value for name, value in os.environ.items() if name.startswith("EXOCITE_")}
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((read, job, limits, settings))

    def hear(self, seconds: float | None = None) -> Answer | None:
        """What the process says next, waited for; None where it has ended instead."""
        said: Answer | None = super().hear(seconds)
        return said

    def end(self, patience: float = 0) -> int:
        """As of any child; what it wrote for other programs is gone too."""
        status = super().end(patience)
        clear_scratch()
        return status
