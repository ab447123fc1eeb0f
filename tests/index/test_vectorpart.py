from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from corpus.errors import LibraryDamaged
from index.vectorpart import CELLS_FROM, VectorPart

ROWS = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8]], dtype=np.float32)


def many(size: int, seed: int = 0) -> np.ndarray:
    """So many unit vectors of 8 numbers around 100 directions."""
    random = np.random.default_rng(seed)
    rows = random.standard_normal((100, 8))[random.integers(100, size=size)] + 0.4 * random.standard_normal((size, 8))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def everything(part: VectorPart) -> list[list[float]]:
    return part.vectors(np.arange(len(part))).tolist()


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A part with cells, and the folder it was saved in."""
    folder = tmp_path_factory.mktemp("parts") / "large"
    part = VectorPart.build(many(CELLS_FROM))
    part.save(folder)
    return part, folder


@pytest.mark.parametrize("rows", [ROWS, np.empty((0, 2), dtype=np.float32)], ids=["four", "none"])
def test_what_was_saved_is_what_is_loaded(tmp_path: Path, rows):
    """Size, dimension and every vector."""
    VectorPart.build(rows).save(tmp_path / "v")
    loaded = VectorPart.load(tmp_path / "v")
    assert (len(loaded), loaded.dimension, everything(loaded)) == (len(rows), 2, rows.tolist())


def test_a_part_with_cells_is_loaded_as_it_was_saved(large):
    """Every vector at its position, to the bit, and every row in the cell of its nearest centroid."""
    built, folder = large
    loaded = VectorPart.load(folder)
    assert everything(loaded) == everything(built) == many(CELLS_FROM).tolist()
    cells = loaded.cells
    nearest = np.argmax(loaded.rows @ cells.centroids.T, axis=1)
    held = np.repeat(np.arange(len(cells.centroids)), np.diff(cells.starts))
    assert np.mean(nearest == held) > 0.999  # some centroids are as near as others, but for rounding
    assert all(np.all(np.diff(cells.order[1][a:b]) > 0) for a, b in zip(cells.starts, cells.starts[1:], strict=False))


def test_what_is_loaded_is_mapped_and_cannot_be_written(large):
    """Nobody changes a library by changing an array."""
    loaded = VectorPart.load(large[1])
    assert isinstance(loaded.rows.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        loaded.rows[0, 0] = 1


@given(st.lists(st.integers(0, 3), max_size=4), st.randoms(use_true_random=False), st.data())
def test_a_merge_puts_each_vector_where_it_is_told_to(tmp_path_factory, sizes, random, data):
    """Of parts of any size, records in any order, any of them gone: what stays, at its new position, to the bit."""
    kept, parts, number = [], [], 0
    for size in sizes:
        vectors = np.array([[number + i, -1.5] for i in range(size)], dtype=np.float32).reshape(size, 2)
        number += size
        parts.append((VectorPart.build(vectors), np.array([data.draw(st.booleans()) for _ in range(size)], dtype=bool)))
    places = list(range(sum(int(stays.sum()) for _, stays in parts)))
    random.shuffle(places)
    expected = np.zeros((len(places), 2), dtype=np.float32)
    for part, stays in parts:
        new = np.full(len(part), -1, dtype=np.int64)
        for i in np.flatnonzero(stays):
            new[i] = places.pop()
            expected[new[i]] = part.vectors(np.array([i]))[0]
        kept.append((part, new))
    folder = tmp_path_factory.mktemp("merged") / "v"
    VectorPart.merged(kept or [(VectorPart.build(ROWS[:0]), np.array([], dtype=np.int64))], len(expected)).save(folder)
    assert everything(VectorPart.load(folder)) == expected.tolist()


def test_merging_gives_the_files_that_building_gives(tmp_path: Path):
    """Byte for byte, whatever went with them: two parts of which one has cells, interleaved, a hundred records less."""
    vectors = many(CELLS_FROM + 500)
    VectorPart.build(vectors).save(tmp_path / "built")
    one, other = np.split(np.random.default_rng(0).permutation(len(vectors)), [300])
    gone = np.full(100, -1)
    parts = [
        (VectorPart.build(np.concatenate([vectors[other], many(100, seed=9)])), np.concatenate([other, gone])),
        (VectorPart.build(vectors[one]), one),
    ]
    VectorPart.merged(parts, len(vectors)).save(tmp_path / "merged")
    assert files(tmp_path / "merged") == files(tmp_path / "built")


def test_a_part_that_shrinks_has_no_cells_any_more(large, tmp_path: Path):
    """One record less than calls for cells: a plain part; of the record that went, no byte is left."""
    built, _ = large
    gone = built.vectors(np.array([11]))[0]
    new = np.arange(len(built)) - (np.arange(len(built)) > 11)
    new[11] = -1
    VectorPart.merged([(built, new)], len(built) - 1).save(tmp_path / "v")
    assert VectorPart.load(tmp_path / "v").cells is None
    assert everything(VectorPart.load(tmp_path / "v")) == np.delete(many(CELLS_FROM), 11, axis=0).tolist()
    assert all(gone.tobytes() not in content for content in files(tmp_path / "v").values())


@pytest.mark.parametrize(
    ("new", "size"), [([0, 0, 1, 2], 4), ([0, 1, 2, -1], 4), ([0, 1, 2, 3], 3)], ids=["twice", "a hole", "too many"]
)
def test_a_merge_that_does_not_give_each_record_its_place_is_refused(new, size):
    """Rather than make a library in which a vector is another record's."""
    with pytest.raises((ValueError, IndexError)):
        VectorPart.merged([(VectorPart.build(ROWS), np.array(new))], size)


_SAVE = """
import sys; from pathlib import Path; import faiss
from tests.index.test_vectorpart import VectorPart, many, CELLS_FROM
faiss.omp_set_num_threads(int(sys.argv[2])); VectorPart.build(many(CELLS_FROM)).save(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("threads", [1, 4])
def test_files_are_the_same_whatever_the_number_of_threads(large, tmp_path: Path, threads):
    """Byte for byte, made in another process."""
    environment = {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads), "PYTHONPATH": "."}
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", _SAVE, str(tmp_path / "v"), str(threads)], check=True, cwd=root, env=environment
    )
    assert files(tmp_path / "v") == files(large[1])


@pytest.mark.parametrize("kept", [0, 10, 100, -1], ids=["empty", "magic", "head", "all but one byte"])
@pytest.mark.parametrize("name", ["celled.npy", "centroids.npy", "starts.npy", "order.npy", "codes.faiss"])
def test_a_cut_file_is_damage(large, tmp_path: Path, name, kept):
    """However little is missing, of whichever file, the error is ours and says what to do."""
    (tmp_path / "v").mkdir()
    for file, content in files(large[1]).items():
        (tmp_path / "v" / file).write_bytes(content[:kept] if file == name else content)
    with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
        VectorPart.load(tmp_path / "v")


@pytest.mark.parametrize("name", ["celled.npy", "centroids.npy", "starts.npy", "order.npy", "codes.faiss"])
def test_a_missing_file_is_damage(large, tmp_path: Path, name):
    """Not a traceback, and never vectors taken for those of other records."""
    (tmp_path / "v").mkdir()
    for file, content in files(large[1]).items():
        if file != name:
            (tmp_path / "v" / file).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        VectorPart.load(tmp_path / "v")


def test_a_missing_folder_is_damage(tmp_path: Path):
    """As a missing file is."""
    with pytest.raises(LibraryDamaged):
        VectorPart.load(tmp_path / "v")


@given(st.integers(0, 127), st.binary(min_size=1, max_size=4))
def test_a_damaged_head_is_damage_or_harmless(tmp_path_factory, at, written):
    """Whatever is written into a file's head: our error, or vectors of the size there were."""
    folder = tmp_path_factory.mktemp("damaged") / "v"
    VectorPart.build(ROWS).save(folder)
    content = (folder / "vectors.npy").read_bytes()
    (folder / "vectors.npy").write_bytes((content[:at] + written + content[at + len(written) :])[: len(content)])
    try:
        loaded = VectorPart.load(folder)
    except LibraryDamaged:
        return
    assert len(loaded) * loaded.dimension <= ROWS.size


@pytest.mark.parametrize("order", [-1, CELLS_FROM], ids=["before the first", "after the last"])
def test_a_place_that_no_vector_has_is_damage_when_it_is_looked_at(large, tmp_path: Path, order):
    """Opening does not look at every number, but no memory outside the file is ever read."""
    (tmp_path / "v").mkdir()
    for file, content in files(large[1]).items():
        (tmp_path / "v" / file).write_bytes(content)
    places = np.load(tmp_path / "v" / "order.npy", mmap_mode="r+")
    places[0, 5] = order
    places.flush()
    loaded = VectorPart.load(tmp_path / "v")
    assert loaded.vectors(np.array([4])).tolist() == many(CELLS_FROM)[[4]].tolist()
    with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
        loaded.vectors(np.array([4, 5]))
