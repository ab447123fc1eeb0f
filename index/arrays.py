"""Arrays in files (NumPy's own format) that are written piece by piece and read through a memory map."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD


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


def map_array(path: Path, dtype: DTypeLike, dimensions: int) -> NDArray[Any]:
    """The array in the file `path`, read-only; of its numbers nothing is read until they are looked at.

    Raises:
        LibraryDamaged: it cannot be read, is cut short, or is of another type or number of dimensions.
    """
    try:
        found = np.load(path, mmap_mode="r")
    except Exception as error:  # a damaged header is parsed as Python, so it can raise nearly anything
        msg = f"The library's file {path.name} cannot be read ({_line(error)}); {REBUILD}."
        raise LibraryDamaged(msg) from error
    whole = isinstance(found, np.memmap) and found.flags.c_contiguous
    if not whole or found.dtype != dtype or found.ndim != dimensions:
        msg = f"The library's file {path.name} does not hold what it should; {REBUILD}."
        raise LibraryDamaged(msg)
    return np.asarray(found)  # its slices cost a tenth of those of a memmap


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
