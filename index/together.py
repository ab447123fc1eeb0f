"""Questions asked at the same time, encoded in one batch.

An idle encoder starts at once; what is asked while it is busy goes together next. So nobody waits for company, nor
longer than for the batch at work and those of whoever asked before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Final

from index.identity import Vectors

MOST: Final = 64
"""Questions in a batch at most."""


class _Asked:
    """A question that waits, then its vector, `(1, dimension)`, or what went wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: Vectors | BaseException | None = None


class Together:
    """Encodes one text for each of many threads; whoever comes to its turn encodes for all that wait.

    Args:
        encode: gives one row a text; asked by one thread at a time.
        most: texts that it is given at once.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], most: int = MOST) -> None:
        self._encode = encode
        self._most = most
        self._turn = Lock()
        self._waiting: deque[_Asked] = deque()  # its appends and pops are safe between threads

    @property
    def waiting(self) -> int:
        """How many texts wait for the batch at work to end."""
        return len(self._waiting)

    def encode(self, text: str) -> Vectors:
        """The vector of a text, `(1, dimension)` float32.

        Raises what the encoder raises, whoever's text it was for.
        """
        asked = _Asked(text)
        self._waiting.append(asked)
        with self._turn:
            while asked.found is None:
                self._encode_next()
        if isinstance(asked.found, BaseException):
            raise asked.found
        return asked.found

    def _encode_next(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            vectors = self._encode([asked.text for asked in batch])
        except BaseException as error:
            for asked in batch:
                asked.found = error
            return
        for i, asked in enumerate(batch):
            asked.found = vectors[i : i + 1]
