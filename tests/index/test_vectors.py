from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryDamaged
from index.vectors import VectorIndex

# unit vectors in the plane: east, north, west, and north-east as (0.6, 0.8)
ROWS = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8]], dtype=np.float32)
EAST = ROWS[0]


def found(result) -> list[tuple[int, float]]:
    positions, scores = result
    return [(int(position), round(float(score), 6)) for position, score in zip(positions, scores, strict=True)]


def test_the_nearest_come_first_with_their_cosines():
    """From the east: itself 1, north-east 0.6, north 0."""
    assert found(VectorIndex.build(ROWS).search(EAST, 3)) == [(0, 1.0), (3, 0.6), (1, 0.0)]


def test_opposite_directions_have_the_cosine_minus_one():
    """The inner product is kept with its sign and comes last."""
    assert found(VectorIndex.build(ROWS).search(EAST, 4))[-1] == (2, -1.0)


def test_only_allowed_positions_are_found():
    """The best of all is left out when it is not among the allowed."""
    assert found(VectorIndex.build(ROWS).search(EAST, 2, allowed=[1, 2, 3])) == [(3, 0.6), (1, 0.0)]


def test_asking_for_more_than_there_are_gives_all_there_are():
    """Neither padding nor an error: four vectors, or the two that are allowed."""
    vectors = VectorIndex.build(ROWS)
    assert len(found(vectors.search(EAST, 100))) == 4
    assert found(vectors.search(EAST, 100, allowed=[0, 2])) == [(0, 1.0), (2, -1.0)]


def test_nothing_allowed_finds_nothing():
    """An empty choice is not the same as no choice."""
    assert found(VectorIndex.build(ROWS).search(EAST, 3, allowed=[])) == []


def test_an_empty_index_finds_nothing():
    """It has a dimension, no vectors and no hits."""
    vectors = VectorIndex.build(np.empty((0, 2), dtype=np.float32))
    assert (len(vectors), vectors.dimension, found(vectors.search(EAST, 3))) == (0, 2, [])


def test_scores_are_given_in_the_order_asked_for():
    """Of positions 3, 2 and 0 from the east: 0.6, -1 and 1."""
    scores = VectorIndex.build(ROWS).scores(EAST, np.array([3, 2, 0]))
    assert scores.tolist() == pytest.approx([0.6, -1.0, 1.0])


def test_vectors_are_given_back_as_they_were_put_in():
    """Bit for bit, in the order asked for; of no positions, an empty array of the right width."""
    vectors = VectorIndex.build(ROWS)
    assert vectors.vectors(np.array([3, 0])).tolist() == ROWS[[3, 0]].tolist()
    assert vectors.vectors(np.array([], dtype=np.int64)).shape == (0, 2)


@pytest.mark.parametrize("rows", [ROWS, np.empty((0, 2), dtype=np.float32)], ids=["four", "none"])
def test_what_was_saved_is_what_is_loaded(tmp_path: Path, rows):
    """Size, dimension and every vector."""
    VectorIndex.build(rows).save(tmp_path / "v")
    loaded = VectorIndex.load(tmp_path / "v")
    assert loaded.dimension == 2
    assert loaded.vectors(np.arange(len(loaded))).tolist() == rows.tolist()


@pytest.mark.parametrize("kept", [0, 10, -1], ids=["empty", "head", "all but one byte"])
def test_a_cut_file_is_damage(tmp_path: Path, kept):
    """However little is missing, the error is ours and says what to do."""
    VectorIndex.build(ROWS).save(tmp_path / "v")
    (tmp_path / "v").write_bytes((tmp_path / "v").read_bytes()[:kept])
    with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
        VectorIndex.load(tmp_path / "v")


def test_a_missing_file_is_damage(tmp_path: Path):
    """Not a traceback of FAISS."""
    with pytest.raises(LibraryDamaged):
        VectorIndex.load(tmp_path / "v")
