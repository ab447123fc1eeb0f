"""The command line as a process of its own, with an encoder of tests, and what it says line by line."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# a process that is begun in the background of a shell ignores Ctrl-C, and so do those that it begins
_PROGRAM = """
import signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
import index.encoder
from qa.cli import main
from tests.encoders import HashedEncoder

class Waiting(HashedEncoder):
    calls = 0

    def encode(self, texts, progress=None):
        Waiting.calls += 1
        if Waiting.calls == {waits}:
            print("encoding", flush=True)
            threading.Event().wait()
        return super().encode(texts, progress)

index.encoder.SentenceEncoder = lambda model, _: Waiting(model="hashed")
main()
"""


class Running:
    """A process of the command line.

    Attributes:
        lines: what it has said so far on both outputs, in order.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._said: queue.Queue[str | None] = queue.Queue()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def until(self, words: str) -> str:
        """The next line that holds these words, waited for."""
        while (line := self._said.get(timeout=120)) is not None:
            self.lines.append(line)
            if words in line:
                return line
        raise AssertionError(f"no line with {words!r}, but {self.lines}")

    def interrupt(self) -> int:
        """Its status after Ctrl-C, as a terminal sends it: to the whole group of processes."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.end()

    def end(self) -> int:
        """Its status once it has ended by itself; then it has said everything."""
        status = self.process.wait(120)
        self._listening.join()
        while (line := self._said.get()) is not None:
            self.lines.append(line)
        return status

    def _listen(self) -> None:
        for line in self.process.stdout:
            self._said.put(line.rstrip("\n"))
        self._said.put(None)


@contextmanager
def running(*arguments: object, waits: int = 0, **environment: str):
    """`exocite` with these arguments; at its `waits`-th call the encoder says so and waits forever."""
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "EXOCITE_WORKERS": "2", **environment}
    # a file that Ctrl-C catches between its opening and its `with` is closed by Python, which warns of it
    let_be = [part for name in ("DeprecationWarning", "ResourceWarning") for part in ("-W", f"ignore::{name}")]
    with subprocess.Popen(
        [sys.executable, "-W", "error", *let_be, "-c", _PROGRAM.format(waits=waits)]
        + [str(argument) for argument in arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        bufsize=1,
        start_new_session=True,
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()
