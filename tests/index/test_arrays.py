from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryDamaged
from index.arrays import map_array, write_array


def test_pieces_become_one_array_in_the_format_of_numpy(tmp_path: Path):
    """Two rows, none, and one more: three rows, which NumPy reads too."""
    pieces = [np.array([[1, 2], [3, 4]]), np.empty((0, 2)), np.array([[5, 6]])]
    write_array(tmp_path / "a.npy", np.float32, (3, 2), pieces)
    for read in (map_array(tmp_path / "a.npy", np.float32, 2), np.load(tmp_path / "a.npy")):
        assert (read.tolist(), read.dtype) == ([[1, 2], [3, 4], [5, 6]], np.float32)


@pytest.mark.parametrize(("dtype", "dimensions"), [(np.int64, 2), (np.float32, 1)], ids=["type", "dimensions"])
def test_an_array_of_another_kind_is_damage(tmp_path: Path, dtype, dimensions):
    """Its bytes are never taken for other numbers."""
    write_array(tmp_path / "a.npy", np.float32, (1, 2), [np.ones((1, 2))])
    with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
        map_array(tmp_path / "a.npy", dtype, dimensions)


def test_an_array_of_objects_is_damage(tmp_path: Path):
    """What is in a library is never run."""
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(LibraryDamaged):
        map_array(tmp_path / "a.npy", np.dtype(object), 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("size", [1, 100_000])
def test_a_full_disk_is_an_error_of_the_system(tmp_path: Path, size):
    """However few bytes there are: also where they are written only when the file is closed."""
    (tmp_path / "a.npy").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        write_array(tmp_path / "a.npy", np.float32, (size,), [np.ones(size)])
