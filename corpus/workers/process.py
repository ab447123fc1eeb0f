"""A worker, as its parent holds it: started, given jobs, heard, ended."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any, Final

from corpus.errors import ExociteError
from corpus.limits import Limits
from corpus.workers.child import Answer
from corpus.workers.job import Job, Read

_BEGIN: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; from corpus.workers.child import serve; serve(int(sys.argv[1]))"
)


class Process:
    """A process that reads; `ready` once it has said so.

    Raises:
        ExociteError: the system starts no more processes.
    """

    def __init__(self) -> None:
        self.ready = False
        self.connection, theirs = Pipe()
        path = [os.path.abspath(place) for place in sys.path]  # noqa: PTH100 ("" is where the parent is)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own words)
                [sys.executable, "-c", _BEGIN, str(theirs.fileno()), *path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # libraries in C complain of damaged files there
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # so that Ctrl-C does not reach it
            )
        except OSError as error:
            self.connection.close()
            msg = f"No process could be started to read files ({error.strerror or error}); close others and try again."
            raise ExociteError(msg) from error
        finally:
            theirs.close()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def give(self, read: Read, job: Job, limits: Limits) -> None:
        """The job is being read; `hear` tells what came of it, also where the process has ended."""
        settings = {name: value for name, value in os.environ.items() if name.startswith("EXOCITE_")}
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((read, job, limits, settings))

    def hear(self) -> Answer | None:
        """What the process says next, waited for; None where it has ended instead."""
        try:
            said: Any = pickle.loads(self.connection.recv_bytes())  # noqa: S301 (of our own process)
        except (EOFError, OSError):
            return None
        return said  # type: ignore[no-any-return]

    def end(self, patience: float = 0) -> int:
        """The process is gone, with all that it started; its exit status, or less the number of what killed it.

        Args:
            patience: seconds that it has to end by itself.
        """
        self.connection.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()
