"""Folders for what other programs write, of which nothing stays: whoever comes next clears what a killed process left.

A folder is locked while its process lives, and the system lets go of the lock however that process ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Final

_PREFIX: Final = "exocite-scratch-"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A new folder that nobody else may read; gone afterwards, with all that is in it."""
    folder, lock = _begun()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def clear_scratch() -> None:
    """No folder is left of processes of this user that have ended."""
    with contextlib.suppress(OSError):  # where there is no place for such folders, there are none
        for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
            _clear(folder)


def _clear(folder: Path) -> None:
    """The folder is gone, if it is ours and nobody holds it."""
    with contextlib.suppress(OSError):  # it may be going at this moment, or be held
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid():
            return
        lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _begun() -> tuple[Path, int]:
    """A new folder and the handle that locks it."""
    while True:
        folder = Path(mkdtemp(prefix=_PREFIX))
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # it was taken for one that was left, before it was locked
        with contextlib.suppress(OSError):  # of a disk that knows no locks, others cannot lock it either
            fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder, lock
        os.close(lock)
