"""A process of our own interpreter, as its parent holds it: started, asked, heard, ended.

It is a plain one, started anew and not forked, since whoever asks may have threads; and a session of its own, so that
Ctrl-C in a terminal reaches the parent alone. It ends when its connection closes.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any, Final

_BEGIN: Final = (
    "import sys; sys.path[:] = sys.argv[3:]; __import__(sys.argv[1], fromlist=['serve']).serve(int(sys.argv[2]))"
)


class Child:
    """A process that runs `serve` of a module, which is given the file descriptor of its end of the connection.

    Raises:
        OSError: the system starts no more processes.
    """

    def __init__(self, module: str) -> None:
        self.connection, theirs = Pipe()
        path = [os.path.abspath(place) for place in sys.path]  # noqa: PTH100 ("" is where the parent is)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own words)
                [sys.executable, "-c", _BEGIN, module, str(theirs.fileno()), *path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # libraries in C complain of damaged files there
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """The number that the system gives it."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def hear(self, seconds: float | None = None) -> Any:  # noqa: ANN401 (what it says is its module's business)
        """What it says next, waited for; None where it has ended instead.

        Raises:
            TimeoutError: it says nothing within so many seconds.
        """
        try:
            if seconds is not None and not self.connection.poll(seconds):
                raise TimeoutError
            return pickle.loads(self.connection.recv_bytes())  # noqa: S301 (of our own process)
        except TimeoutError:
            raise
        except (EOFError, OSError):
            return None

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
