"""How both sides become one ranking, whichever engine proposes the records."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.hits import Hit
from index.lexicon import Entry, Lexicon
from index.ranking import MODES, Ranker, Ranking
from index.tokens import words
from index.vectors import VectorIndex
from index.vocabulary import Asked, Vocabulary
from index.words import WordIndex
from tests.encoders import HashedEncoder

# east, north, north-east as (0.6, 0.8), and east again
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [1, 0]], dtype=np.float32)
EAST = VECTORS[0]
# all of length 1, so a word that two of four hold scores alike in both
TEXTS = ["fox", "owl", "fox", "hen"]
IDS = ["d:3-4", "d:1-2", "d:2-3", "d:0-1"]


Proposed = Callable[[Ranker], Ranker]

NOTHING = Ranking((), (), (), (), (), Asked((), ()), ())


@pytest.fixture
def ranker(proposed: Proposed) -> Ranker:
    return proposed(Ranker(IDS, VectorIndex.build(VECTORS), WordIndex.build([words(text) for text in TEXTS])))


def test_dense_alone_ranks_by_cosine_and_ties_by_record_id(ranker):
    """The two that point east are equal: the lower id is first, though its position is last."""
    hits = ranker.rank(EAST, "owl", 4, weight=0.9, mode="dense").hits
    assert hits == (
        Hit("d:0-1", 1.0, 1),
        Hit("d:3-4", 1.0, 2),
        Hit("d:2-3", pytest.approx(0.6), 3),
        Hit("d:1-2", 0.0, 4),
    )


def test_words_alone_rank_by_bm25(ranker):
    """For a fox ln 2 / 2.2, in 2 of 4 texts of average length; the rest, which share nothing, go by id."""
    hits = ranker.rank(EAST, "fox", 4, weight=0.1, mode="words").hits
    assert [hit.record_id for hit in hits] == ["d:2-3", "d:3-4", "d:0-1", "d:1-2"]
    assert [hit.score for hit in hits] == pytest.approx([np.log(2) / 2.2] * 2 + [0, 0], abs=1e-6)


def test_both_sides_are_fused_by_weight(ranker):
    """Cosines 1, 0, 0.6, 1 and foxes at 1, 0, 1, 0: with ¾ for the words, 1, 0, 0.9, ¼ of what the two weigh."""
    hits = ranker.rank(EAST, "fox", 4, weight=0.75).hits
    assert [(hit.record_id, hit.score) for hit in hits] == [
        ("d:3-4", pytest.approx(1.0 / 1.1, abs=1e-6)),
        ("d:2-3", pytest.approx(0.9 / 1.1, abs=1e-6)),
        ("d:0-1", pytest.approx(0.25 / 1.1, abs=1e-6)),
        ("d:1-2", pytest.approx(0.0)),
    ]


@pytest.mark.parametrize("mode", MODES)
def test_a_ranking_says_what_each_side_said_of_each_hit(ranker, mode):
    """The cosine and the BM25 score stand at the place of their hit, whatever the mode."""
    ranking = ranker.rank(EAST, "fox", 4, weight=0.75, mode=mode)
    said = dict(
        zip((hit.record_id for hit in ranking.hits), zip(ranking.dense, ranking.words, strict=True), strict=True)
    )
    fox = pytest.approx(np.log(2) / 2.2, abs=1e-6)
    assert said == {"d:3-4": (1.0, fox), "d:2-3": (pytest.approx(0.6), fox), "d:0-1": (1.0, 0.0), "d:1-2": (0.0, 0.0)}


@pytest.mark.parametrize("mode", MODES)
def test_only_allowed_records_are_found(ranker, mode):
    """Positions 1 and 2 are, however good the others."""
    hits = ranker.rank(EAST, "fox", 4, weight=0.5, mode=mode, allowed=[1, 2]).hits
    assert [hit.record_id for hit in hits] == ["d:2-3", "d:1-2"]


@pytest.mark.parametrize("mode", MODES)
def test_where_nothing_is_allowed_or_there_is_nothing_nothing_is_found(proposed, ranker, mode):
    """An empty ranking, not an error."""
    assert ranker.rank(EAST, "fox", 4, weight=0.5, mode=mode, allowed=[]) == NOTHING
    empty = proposed(Ranker([], VectorIndex.build(np.empty((0, 2), dtype=np.float32)), WordIndex.build([])))
    assert empty.rank(EAST, "fox", 4, weight=0.5, mode=mode) == NOTHING


def test_whether_the_two_sides_are_asked_at_once_makes_no_difference(ranker, monkeypatch):
    """As they are in a large library."""
    apart = [ranker.rank(EAST, "fox or hen", 3, weight=0.75, mode=mode) for mode in MODES]
    monkeypatch.setattr("index.ranking._MANY", 0)
    assert [ranker.rank(EAST, "fox or hen", 3, weight=0.75, mode=mode) for mode in MODES] == apart


def test_k_cuts_the_ranking_and_does_not_change_it(ranker):
    """The best two are the first two of all."""
    everything = ranker.rank(EAST, "fox", 4, weight=0.75).hits
    assert ranker.rank(EAST, "fox", 2, weight=0.75).hits == everything[:2]


def test_a_record_that_only_the_words_know_is_found(proposed: Proposed):
    """It lies behind all those that the vectors name, and comes first by its rare word."""
    n = 400
    vectors = np.tile(np.array([[1, 0]], dtype=np.float32), (n, 1))
    vectors[-1] = [-1, 0]
    ids = [f"d:{i:04}-9" for i in range(n)]
    told = [words("fox")] * (n - 1) + [words("quokka")]
    ranker = proposed(Ranker(ids, VectorIndex.build(vectors), WordIndex.build(told)))
    ranking = ranker.rank(EAST, "quokka", 1, weight=0.7)
    assert ranking.hits[0].record_id == ids[-1]


@pytest.mark.parametrize("mode", MODES)
def test_the_last_bits_of_a_score_decide_nothing(proposed, mode):
    """They differ between processors: a cosine less by a ten-millionth is equal, and the lower id is first."""
    vectors = VectorIndex.build(np.array([[1, 0], [0.9999999, 0], [0, 1]], dtype=np.float32))
    ranker = proposed(Ranker(["b", "a", "c"], vectors, WordIndex.build([words("fox"), words("fox"), words("owl")])))
    hits = ranker.rank(EAST, "fox", 3, weight=0.5, mode=mode).hits
    assert [hit.record_id for hit in hits] == ["a", "b", "c"]
    assert hits[0].score == hits[1].score


@pytest.mark.parametrize("weight", [0.5, 0.7, 0.9])
def test_evidence_on_the_molecule_comes_before_nearer_evidence_on_a_near_one(proposed, weight):
    """Asked for miR-21, a record on miR-210 with the question's very vector stands behind, once words weigh half."""
    texts = ["miR-210 in foxes", "miR-21 in owls", "miR-212 in hens"]
    told = WordIndex.build([words(text) for text in texts])
    ranker = proposed(Ranker(["a", "b", "c"], VectorIndex.build(VECTORS[[0, 1, 2]]), told))
    assert ranker.rank(EAST, "what does miR-21 do", 3, weight=weight).hits[0].record_id == "b"


texts = st.lists(
    st.lists(st.sampled_from(["fox", "owl", "hen", "yak"]), min_size=1, max_size=4), min_size=1, max_size=8
)


@given(texts, st.sampled_from(MODES), st.randoms())
def test_the_order_is_total_and_that_of_the_positions_does_not_matter(proposed, given_texts, mode, random):
    """By (-score, record id), the same each time it is asked, and the same if the records stand otherwise."""

    def rank(places: list[int]) -> Ranking:
        encoder = HashedEncoder(16)
        rows = [given_texts[place] for place in places]
        vectors = VectorIndex.build(encoder.encode([" ".join(row) for row in rows]))
        ranker = proposed(Ranker([f"d:{place}-9" for place in places], vectors, WordIndex.build(rows)))
        asked = [ranker.rank(encoder.encode(["fox hen"])[0], "fox hen", 9, weight=0.6, mode=mode) for _ in range(2)]
        assert asked[0] == asked[1]
        return asked[0]

    places = list(range(len(given_texts)))
    first = rank(places)
    random.shuffle(places)
    other = rank(places)
    assert (other.hits, other.dense, other.words) == (first.hits, first.dense, first.words)
    assert [f"d:{places[position]}-9" for position in other.positions] == [hit.record_id for hit in other.hits]
    keys = [(-hit.score, hit.record_id) for hit in first.hits]
    assert keys == sorted(keys)
    assert [hit.rank for hit in first.hits] == list(range(1, len(keys) + 1))


KRIT = Entry("HGNC:1573", "KRIT1", "gene", ("KRIT1", "krev interaction trapped 1"))


def named(texts: list[str], vocabulary: Vocabulary) -> Ranker:
    """A ranker over these texts, each a record of a document of its own; all vectors point east."""
    vectors = VectorIndex.build(np.tile(EAST, (len(texts), 1)))
    told = WordIndex.build([vocabulary.record_words(text, f"d{i}") for i, text in enumerate(texts)])
    return Ranker([f"r{i}" for i in range(len(texts))], vectors, told, vocabulary=vocabulary)


def test_of_a_name_and_its_concept_the_better_counts_not_both(proposed: Proposed):
    """A record that names the gene as the question does scores what one that names it otherwise does, or more."""
    texts = ["KRIT1 sings", "krev interaction trapped 1 sings", "owls sleep", "hens wake"]
    ranker = proposed(named(texts, Vocabulary(None, Lexicon.of([KRIT]))))
    hits = {hit.record_id: hit.score for hit in ranker.rank(EAST, "KRIT1", 4, weight=1.0, mode="words").hits}
    single = {word: ranker.words.scores([word]) for word in ("krit1", "lex:HGNC:1573")}
    assert hits["r0"] == pytest.approx(max(float(single["krit1"][0]), float(single["lex:HGNC:1573"][0])), abs=1e-6)
    assert hits["r1"] == pytest.approx(float(single["lex:HGNC:1573"][1]), abs=1e-6)
    assert hits["r0"] >= hits["r1"] > 0
    assert hits["r2"] == hits["r3"] == 0


def test_a_vocabulary_that_knows_nothing_of_the_question_changes_no_score(proposed: Proposed):
    """A name without a concept is words as before."""
    texts = ["KRIT1 sings", "owls sleep"]
    plain, other = (proposed(named(texts, Vocabulary(None, known))) for known in (None, Lexicon.of([STAR])))
    assert plain.rank(EAST, "KRIT1 sleeps", 2, weight=0.5) == other.rank(EAST, "KRIT1 sleeps", 2, weight=0.5)


STAR = Entry("miR-9-3p", "miR-9-3p", "mirna", ("miR-9-3p", "miR-131"))


def test_a_molecules_older_name_is_no_other_molecule(proposed: Proposed):
    """The record with the older name keeps its whole score; one on a near name falls below what names none, as ever."""
    texts = ["miR-131 sings", "miR-90 sings", "miR-9-3p sings", "owls sleep"]
    ranker = proposed(named(texts, Vocabulary(None, Lexicon.of([STAR]))))
    hits = [hit.record_id for hit in ranker.rank(EAST, "does miR-9-3p sing", 4, weight=0.7).hits]
    assert hits == ["r2", "r0", "r3", "r1"]
    plain = proposed(named(texts, Vocabulary())).rank(EAST, "does miR-9-3p sing", 4, weight=0.7).hits
    assert [hit.score for hit in plain if hit.record_id == "r0"] == [
        hit.score for hit in plain if hit.record_id == "r1"
    ]


def test_what_names_no_molecule_stands_above_what_names_another(proposed: Proposed):
    """On miR-21 first, then on none, then the contradicted row of a study on it; miR-210 last, whatever it shares."""
    told = ["miR-210 sings loud", "who sings", "miR-21 sings", "miR-9 sings study:mir-21"]
    indexed = [words(text.replace(" study:mir-21", "")) for text in told]
    indexed[3].append("study:mir-21")
    vectors = VectorIndex.build(np.array([EAST] * 4, dtype=np.float32))
    ranker = proposed(Ranker(["a", "b", "c", "d"], vectors, WordIndex.build(indexed), contradicted=[3]))
    hits = ranker.rank(EAST, "does miR-21 sing loud", 4, weight=1.0).hits
    assert [hit.record_id for hit in hits] == ["c", "b", "d", "a"]


def test_a_row_of_a_study_on_the_molecule_is_no_evidence_on_it_unless_it_is_contradicted(proposed: Proposed):
    """A sound row on miR-9 stays one on miR-9, below what names none, though its study is on miR-21 too."""
    indexed = [[*words("miR-9 sings"), "study:mir-21"], words("miR-21 is silent"), words("owls")]
    vectors = VectorIndex.build(np.array([EAST] * 3, dtype=np.float32))
    ranker = proposed(Ranker(["a", "b", "c"], vectors, WordIndex.build(indexed)))
    hits = ranker.rank(EAST, "does miR-21 sing", 3, weight=0.5).hits
    assert [hit.record_id for hit in hits] == ["b", "c", "a"]


def test_who_asks_which_molecule_is_answered_by_one_that_is_named(proposed: Proposed):
    """The shorter text shares more, but names none, and keeps 0.7; where no molecule is asked for it leads."""
    told = ["kites sing to owls", "miR-9 makes kites sing to owls of the north"]
    vectors = VectorIndex.build(np.array([EAST] * 2, dtype=np.float32))
    ranker = proposed(Ranker(["a", "b"], vectors, WordIndex.build([words(text) for text in told])))
    assert ranker.rank(EAST, "which miRNAs make kites sing", 1, weight=1.0).hits[0].record_id == "b"
    assert ranker.rank(EAST, "do kites sing", 1, weight=1.0).hits[0].record_id == "a"


def test_the_family_of_a_molecule_stands_below_it_and_above_other_molecules(proposed: Proposed):
    """Asked for the family, its members count less; asked for a member, the family does, and no other member."""
    told = ["miR-200c sings", "miR-200 sings", "miR-20 sings", "miR-200a sings"]
    vectors = VectorIndex.build(np.array([EAST] * 4, dtype=np.float32))
    ranker = proposed(Ranker(["a", "b", "c", "d"], vectors, WordIndex.build([words(text) for text in told])))
    order = {
        one: [hit.record_id for hit in ranker.rank(EAST, f"does {one} sing", 4, weight=1.0).hits]
        for one in ("miR-200", "miR-200a")
    }
    assert order == {"miR-200": ["b", "a", "d", "c"], "miR-200a": ["d", "b", "a", "c"]}
