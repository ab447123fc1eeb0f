"""What one file may take: bytes, seconds, memory; each a setting of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final, Self

from corpus.errors import BadSetting

_SECONDS: Final = 300.0
_MEMORY_MB: Final = 2_000.0
_MOST_WORKERS: Final = 16
"""Processes that read at once unless more are asked for: each holds a file and what was made of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of files may take.

    Attributes:
        seconds: that one file may take, `EXOCITE_MAX_FILE_SECONDS`.
        memory_mb: that reading one may take, in megabytes of 1,000,000 bytes, `EXOCITE_MAX_MEMORY_MB`; enforced on
            Linux only, since macOS takes no such limit.
        workers: how many files are read at once, `EXOCITE_WORKERS`; by default one for each core but one.
    """

    seconds: float = _SECONDS
    memory_mb: float = _MEMORY_MB
    workers: int = 1

    @classmethod
    def read(cls) -> Self:
        """The limits that are set.

        Raises:
            BadSetting: one of them is not a number above 0.
        """
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        usual = max(1, min(_MOST_WORKERS, cores - 1))
        return cls(
            number("EXOCITE_MAX_FILE_SECONDS", _SECONDS, "seconds"),
            number("EXOCITE_MAX_MEMORY_MB", _MEMORY_MB, "megabytes"),
            max(1, round(number("EXOCITE_WORKERS", usual, "processes"))),
        )


def number(variable: str, default: float, unit: str) -> float:
    """The number that a variable of the environment holds; the default where it holds nothing.

    Raises:
        BadSetting: it is not a number above 0.
    """
    given = os.environ.get(variable, "").strip()
    if not given:
        return default
    try:
        found = float(given)
    except ValueError:
        found = 0.0
    # `not <` also refuses NaN
    if not 0 < found < float("inf"):
        raise BadSetting(f"{variable} is {given!r}; give a number of {unit} above 0, such as {default:g}.")
    return found
