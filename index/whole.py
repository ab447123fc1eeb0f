"""Files that are on the disk whole, whatever ends the process or the power."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """The file holds this text, on the disk; whoever looks before that, or after a crash, finds what it held before.

    Raises:
        OSError: the disk took no more; the file is as it was.
    """
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def sync(place: Path) -> None:
    """The file, or what the folder says of what is in it, is on the disk, not only on its way there."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
