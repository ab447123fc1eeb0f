from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from corpus.errors import LibraryDamaged
from index.vectorpart import CELLS_FROM, VectorPart
from index.vectors import VectorIndex

# unit vectors in the plane: east, north, west, and north-east as (0.6, 0.8)
ROWS = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8]], dtype=np.float32)
EAST = ROWS[0]


def found(result) -> list[tuple[int, float]]:
    positions, scores = result
    return [(int(position), round(float(score), 6)) for position, score in zip(positions, scores, strict=True)]


def unit(rows) -> np.ndarray:
    rows = np.asarray(rows, dtype=np.float64)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def cut(vectors, *places) -> VectorIndex:
    """The vectors in parts that begin at these places, and at 0."""
    return VectorIndex([VectorPart.build(part) for part in np.split(vectors, places)], vectors.shape[1])


def flat(vectors) -> VectorIndex:
    """The vectors in one part without cells, however many they are."""
    return VectorIndex([VectorPart(vectors, None)], vectors.shape[1])


@pytest.fixture(scope="module")
def many():
    """Three parts, the first and the last with cells: 48,000 vectors of 64 numbers around 300 directions."""
    random = np.random.default_rng(1)
    ways = random.standard_normal((300, 64))
    return unit(ways[random.integers(300, size=48_000)] + 0.4 * random.standard_normal((48_000, 64)))


@pytest.fixture(scope="module")
def parted(many):
    return cut(many, 21_000, 22_000)


def asked(many, number: int = 20) -> np.ndarray:
    """Questions near to some of the vectors, as questions are near to passages."""
    random = np.random.default_rng(2)
    return unit(many[random.integers(len(many), size=number)] + 0.1 * random.standard_normal((number, 64)))


def test_the_nearest_come_first_with_their_cosines():
    """From the east: itself 1, north-east 0.6, north 0."""
    assert found(VectorIndex.build(ROWS).search(EAST, 3)) == [(0, 1.0), (3, 0.6), (1, 0.0)]


def test_opposite_directions_have_the_cosine_minus_one():
    """The inner product is kept with its sign and comes last."""
    assert found(VectorIndex.build(ROWS).search(EAST, 4))[-1] == (2, -1.0)


@pytest.mark.parametrize("allowed", [[1, 2, 3], [3, 1, 2], np.array([2, 3, 1])], ids=["list", "no order", "array"])
def test_only_allowed_positions_are_found(allowed):
    """The best of all is left out when it is not among the allowed, which may come in any order."""
    assert found(VectorIndex.build(ROWS).search(EAST, 2, allowed)) == [(3, 0.6), (1, 0.0)]


def test_asking_for_more_than_there_are_gives_all_there_are():
    """Neither padding nor an error: four vectors, or the two that are allowed."""
    vectors = VectorIndex.build(ROWS)
    assert len(found(vectors.search(EAST, 100))) == 4
    assert found(vectors.search(EAST, 100, allowed=[0, 2])) == [(0, 1.0), (2, -1.0)]


def test_nothing_allowed_finds_nothing():
    """An empty choice is not the same as no choice."""
    assert found(VectorIndex.build(ROWS).search(EAST, 3, allowed=[])) == []


@pytest.mark.parametrize(
    "vectors", [VectorIndex([], 2), cut(ROWS[:0]), cut(ROWS[:0], 0, 0)], ids=["no", "one", "three"]
)
def test_an_index_of_empty_parts_finds_nothing(vectors):
    """It has a dimension, no vectors and no hits."""
    assert (len(vectors), vectors.dimension, found(vectors.search(EAST, 3))) == (0, 2, [])
    assert vectors.scores(EAST, np.array([], dtype=np.int64)).shape == (0,)


def test_scores_are_given_in_the_order_asked_for():
    """Of positions 3, 2 and 0 from the east: 0.6, -1 and 1; as well where they lie in two parts."""
    for vectors in (VectorIndex.build(ROWS), cut(ROWS, 2)):
        assert vectors.scores(EAST, np.array([3, 2, 0])).tolist() == pytest.approx([0.6, -1.0, 1.0])


def test_vectors_are_given_back_as_they_were_put_in():
    """Bit for bit, in the order asked for; of no positions, an empty array of the right width."""
    for vectors in (VectorIndex.build(ROWS), cut(ROWS, 1, 3)):
        assert vectors.vectors(np.array([3, 0])).tolist() == ROWS[[3, 0]].tolist()
        assert vectors.vectors(np.array([], dtype=np.int64)).shape == (0, 2)


@pytest.mark.parametrize("position", [-1, 4])
def test_a_position_that_no_record_has_is_an_error(position):
    """Never the vector of another, nor memory that holds none."""
    vectors = cut(ROWS, 2)
    for ask in (vectors.vectors, lambda at: vectors.scores(EAST, at), lambda at: vectors.search(EAST, 1, at)):
        with pytest.raises(IndexError):
            ask(np.array([0, position]))


def test_what_ties_is_in_the_order_of_positions():
    """Five times the same vector, in three parts: 0 to 4."""
    assert cut(ROWS[[0, 0, 0, 0, 0]], 2, 4).search(EAST, 5)[0].tolist() == [0, 1, 2, 3, 4]


def test_a_key_says_which_of_those_that_tie_for_the_last_places_are_found():
    """North-east twice and east thrice: with room for three, east by position 1 is in, and 3 is last by its key.

    What is surely found is never asked for, and nor is anything where there is room for all.
    """
    vectors, keyed = cut(ROWS[[3, 0, 0, 0, 3]], 2), []

    def key(positions):
        keyed.append(positions.tolist())
        return -positions

    assert vectors.search(EAST, 2, key=key)[0].tolist() == [2, 3]
    assert vectors.search(EAST, 4, key=key)[0].tolist() == [1, 2, 3, 4]
    assert vectors.search(EAST, 5, key=key)[0].tolist() == [1, 2, 3, 0, 4]
    assert keyed == [[1, 2, 3], [0, 4]]


@given(
    st.lists(st.lists(st.sampled_from([-2, -1, 0, 1, 3]), min_size=4, max_size=4).filter(any), min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=6),
    st.integers(1, 45),
    st.data(),
)
def test_however_records_are_cut_the_answer_is_the_same(rows, places, k, data):
    """Small parts, empty ones among them: same positions, same scores to the bit, with a choice and without."""
    vectors = unit(rows)
    whole, parts = VectorIndex.build(vectors), cut(vectors, *sorted(min(place, len(rows)) for place in places))
    allowed = data.draw(st.one_of(st.none(), st.lists(st.integers(0, len(rows) - 1), unique=True)))
    one, other = whole.search(vectors[0], k, allowed), parts.search(vectors[0], k, allowed)
    assert one[0].tolist() == other[0].tolist()
    assert one[1].tobytes() == other[1].tobytes()


@pytest.mark.parametrize("dimension", [2, 4, 8, 12, 31, 384])
def test_a_score_is_the_same_to_the_bit_whichever_others_are_asked(dimension):
    """Each alone, all at once, in another order, and as a search finds it; and it is the inner product."""
    random = np.random.default_rng(3)
    rows, question = unit(random.standard_normal((101, dimension))), unit(random.standard_normal((1, dimension)))[0]
    vectors = cut(rows, 37)
    alone = np.array([vectors.scores(question, np.array([place]))[0] for place in range(101)])
    some = random.permutation(101)
    assert alone.tolist() == vectors.scores(question, np.arange(101)).tolist()
    assert alone[some].tolist() == vectors.scores(question, some).tolist()
    positions, scores = vectors.search(question, 101)
    assert alone[positions].tolist() == scores.tolist()
    assert alone == pytest.approx(rows.astype(np.float64) @ question, abs=1e-6)


def test_large_parts_have_cells_and_small_ones_none(parted):
    """21,000 and 26,000 vectors against 1,000."""
    assert [part.cells is not None for part in parted._parts] == [True, False, True]
    assert len(parted._parts[1]) < CELLS_FROM <= len(parted._parts[0])


def test_in_cells_nearly_all_of_the_nearest_are_found(many, parted):
    """Of the ten nearest at least 0.97, of a thousand 0.9, over twenty questions; what is found is scored exactly."""
    exact = flat(many)
    for k, share in ((10, 0.97), (1000, 0.9)):
        same = []
        for question in asked(many):
            positions, scores = parted.search(question, k)
            assert scores.tolist() == exact.scores(question, positions).tolist()
            same.append(np.isin(positions, exact.search(question, k)[0]).mean())
        assert np.mean(same) >= share


@pytest.mark.parametrize("every", [2, 9, 100])
def test_with_a_choice_nearly_all_of_the_nearest_allowed_are_found(many, parted, every):
    """As well where only every second, ninth or hundredth may be; and nothing else is."""
    allowed = np.arange(0, len(many), every)
    same = []
    for question in asked(many):
        positions, _ = parted.search(question, 100, allowed)
        assert np.all(positions % every == 0)
        same.append(np.isin(positions, flat(many).search(question, 100, allowed)[0]).mean())
    assert np.mean(same) >= 0.97


def test_few_allowed_are_all_found_wherever_they_lie(many, parted):
    """Three of 48,000, the farthest from the question among them."""
    question = many[5]
    far = int(np.argmin(many @ question))
    allowed = sorted({far, 21_500, 47_999})
    assert sorted(parted.search(question, 10, allowed)[0].tolist()) == allowed


def test_parts_give_the_same_however_little_each_is_asked_for_at_first(many, parted, monkeypatch):
    """Where the nearest lie evenly over the parts, and where one part has them all."""
    question = many[5]
    uneven = cut(many[np.argsort(-(many @ question))], 21_000, 22_000)
    found = {}
    for asked_for in (0, 1, 48_000):
        monkeypatch.setattr("index.vectors._EVENLY", asked_for)
        monkeypatch.setattr("index.vectors._CELLS_SORTED", asked_for + 1)
        results = [index.search(question, k) for index in (parted, uneven) for k in (1, 100, 1000)]
        found[asked_for] = [[array.tolist() for array in result] for result in results]
    assert found[0] == found[1] == found[48_000]


def test_as_many_as_asked_for_are_found_in_cells(many, parted):
    """However many: 1, 20,000, or all 48,000."""
    for k in (1, 20_000, 48_000):
        assert len(set(parted.search(many[0], k)[0].tolist())) == k


def test_parts_of_another_dimension_are_damage():
    """They are not of the library's model."""
    with pytest.raises(LibraryDamaged, match="model"):
        VectorIndex([VectorPart.build(ROWS)], 3)
