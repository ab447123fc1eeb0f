"""Locks between processes, one a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from filelock import FileLock


@cache
def lock_at(file: Path) -> FileLock:
    """The lock of a file, of which the path is absolute; whoever holds it in a thread may take it there again.

    It is kept as long as the process: while one is thrown away, Python ignores a Ctrl-C.
    """
    return FileLock(file, is_singleton=True)
