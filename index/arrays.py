"""Arrays on disk: a part of a library is a folder of them, read where it lies and never as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD


def save_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Each array is in a file of its own in `folder`, which is made; the same bytes for the same arrays."""
    folder.mkdir()
    for name, one in arrays.items():
        np.save(_file(folder, name), one, allow_pickle=False)


def load_arrays(folder: Path, kinds: Mapping[str, type[np.generic]], what: str) -> dict[str, NDArray[Any]]:
    """The arrays that were saved in `folder` by these names, mapped from the disk and read only; nothing is read yet.

    Args:
        kinds: the type of each array's numbers, or a kind of types, by its name.
        what: the part of the library that they are, as in "The words of the library".

    Raises:
        LibraryDamaged: one cannot be read, or is no such array.
    """
    try:
        # a plain view: numpy's own class for mapped arrays is slow to slice
        found = {name: np.asarray(np.load(_file(folder, name), mmap_mode="r", allow_pickle=False)) for name in kinds}
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(what, str(error)) from error
    for name, kind in kinds.items():
        if not np.issubdtype(found[name].dtype, kind):
            raise _damaged(what, f"{name} holds {found[name].dtype}")
    return found


def check_arrays(what: str, *, fits: bool) -> None:
    """The arrays of a part fit together.

    Raises:
        LibraryDamaged: they do not.
    """
    if not fits:
        raise _damaged(what, "its files do not belong together")


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npy"


def _damaged(what: str, why: str) -> LibraryDamaged:
    return LibraryDamaged(f"{what} cannot be read ({why}); {REBUILD}.")
