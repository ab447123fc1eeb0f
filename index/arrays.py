"""Arrays in files (NumPy's own format), written piece by piece and read where they lie, through a memory map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from corpus.errors import REBUILD, LibraryDamaged

_PARSING: Final = Lock()
"""NumPy parses a header as Python, and some versions of Python cannot do that in two threads at once."""


def write_array(path: Path, dtype: DTypeLike, shape: tuple[int, ...], pieces: Iterable[NDArray[Any]]) -> None:
    """An array of this shape is in the file `path`: the pieces one after another, along its first axis.

    No more than a piece is in memory. What the system says of a full disk is raised as it is, an `OSError`.
    """
    about = {"descr": npy.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": shape}
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, about)
        for piece in pieces:
            # by Python's file, which says what fails when it is closed
            file.write(np.ascontiguousarray(piece, dtype=dtype).data)


def map_array(path: Path, dtype: DTypeLike | type[np.generic], dimensions: int | None) -> NDArray[Any]:
    """The array in the file `path`, read-only; of its numbers nothing is read until they are looked at.

    Args:
        dtype: the type of its numbers, or a kind of types.
        dimensions: how many it has; None where the caller looks at its shape.

    Raises:
        LibraryDamaged: it cannot be read, is cut short, or is of another type or number of dimensions.
    """
    try:
        with _PARSING:
            found = np.load(path, mmap_mode="r", allow_pickle=False)
    except Exception as error:  # a damaged header is parsed as Python, so it can raise nearly anything
        msg = f"The library's file {path.name} cannot be read ({_line(error)}); {REBUILD}."
        raise LibraryDamaged(msg) from error
    whole = isinstance(found, np.memmap) and found.flags.c_contiguous
    if not whole or not np.issubdtype(found.dtype, dtype) or dimensions not in {None, found.ndim}:
        msg = f"The library's file {path.name} does not hold what it should; {REBUILD}."
        raise LibraryDamaged(msg)
    return np.asarray(found)  # its slices cost a tenth of those of a memmap


def save_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Each array is in a file of its own in `folder`, which is made; the same bytes for the same arrays."""
    folder.mkdir()
    for name, one in arrays.items():
        write_array(_file(folder, name), one.dtype, one.shape, [one])


def load_arrays(folder: Path, kinds: Mapping[str, type[np.generic]]) -> dict[str, NDArray[Any]]:
    """The arrays that were saved in `folder` by these names, mapped and read-only, of whatever shape.

    Args:
        kinds: the type of each array's numbers, or a kind of types, by its name.

    Raises:
        LibraryDamaged: one cannot be read, or is no such array.
    """
    return {name: map_array(_file(folder, name), kind, None) for name, kind in kinds.items()}


def check_arrays(what: str, *, fits: bool) -> None:
    """The arrays of a part fit together.

    Args:
        what: the part of the library that they are, as in "The word index of the library".

    Raises:
        LibraryDamaged: they do not.
    """
    if not fits:
        msg = f"{what} cannot be read (its files do not belong together); {REBUILD}."
        raise LibraryDamaged(msg)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npy"


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
