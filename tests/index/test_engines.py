"""What every engine promises, asked of both: the exact best, ties in one order, within any limit."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from index.encoder import unit
from index.engine import Engine, SegmentPart
from index.engineplace import ENGINES
from index.engines.faiss import FaissEngine
from index.engines.milvus import MilvusEngine, expression
from index.engines.milvusids import RecordIds, ids_of, sparse
from index.engines.milvusserver import MilvusCollection
from index.engines.milvuswriting import MilvusWriting
from index.ids import Ids
from index.postings import Postings
from index.vectorpart import VectorPart
from index.vectors import VectorIndex
from index.vocabulary import Asked, Group
from index.within import Limit, Within
from index.words import WordIndex

NAMES = ["ffffffffffff", "000000000001"]
"""Of two segments, so that ids are in another order than positions."""
DOCUMENTS = [
    [('a "quoted" \\ one', 20, 2018), ("plain", 20, None), ('"] or id > 0 or document in ["', 20, 2021)],
    [("α\nβ", 30, 2015), ("later", 30, 2021)],
]
WORDS = "fox owl hen kite moss fern mir:mir-21 mir:mir-210 topic:cell lex:g1".split()  # noqa: SIM905 (shorter)
EMT = "con:EMT"
"""A word that only the overlay knows: no engine of another program is told of it."""


class Corpus:
    """Records of few words and few directions, so that many tie; in two segments, with an overlay."""

    def __init__(self) -> None:
        chance = random.Random(7)  # noqa: S311 (nothing is kept secret)
        sizes = [sum(count for _, count, _ in some) for some in DOCUMENTS]
        told = [[chance.choices(WORDS, k=chance.randint(0, 9)) for _ in range(size)] for size in sizes]
        directions = unit(np.array([[chance.gauss(0, 1) for _ in range(4)] for _ in range(25)]))
        vectors = [VectorPart.build(directions[[chance.randrange(25) for _ in range(size)]]) for size in sizes]
        kinds = [["row" if chance.random() < 0.4 else "passage" for _ in range(size)] for size in sizes]
        postings = [Postings.build(some) for some in told]
        overlay = Postings.of_pairs([(EMT, place) for place in range(0, sum(sizes), 9)], sum(sizes))
        self.parts = [
            SegmentPart(one, words, documents, kind)
            for one, words, documents, kind in zip(vectors, postings, DOCUMENTS, kinds, strict=True)
        ]
        self.segments = [*zip(NAMES, sizes, strict=True)]
        self.vectors, self.words = VectorIndex(vectors, 4), WordIndex(postings, overlay)
        counts = [(document, count) for some in DOCUMENTS for document, count, _ in some]
        self.ids = Ids(lambda positions: tuple(map(str, positions)), counts)
        self.kinds = [kind for some in kinds for kind in some]
        self.documents = [
            (document, year) for some in DOCUMENTS for document, count, year in some for _ in range(count)
        ]

    def within(self, limit: Limit) -> Within:
        """The records of a limit, found one by one."""
        found = [
            place
            for place, ((document, year), kind) in enumerate(zip(self.documents, self.kinds, strict=True))
            if (limit.documents is None or document in limit.documents)
            and (limit.kinds is None or kind in limit.kinds)
            and (limit.from_year is None or (year is not None and year >= limit.from_year))
            and (limit.to_year is None or (year is not None and year <= limit.to_year))
        ]
        return Within(np.array(found, dtype=np.int64), limit)


CORPUS = Corpus()


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], MilvusCollection]]:
    """Connects to a collection of Milvus Lite that holds both segments."""
    address = str(tmp_path_factory.mktemp("engines") / "milvus.db")

    def connect() -> MilvusCollection:
        return MilvusCollection(address, "exocite_corpus", "")

    writing = MilvusWriting(connect(), 4, "FLAT", CORPUS.words.mean)
    for name, part in zip(NAMES, CORPUS.parts, strict=True):
        writing.put(name, part)
    writing.seal("hash")
    yield connect
    writing.close()


@pytest.fixture(params=ENGINES)
def asked(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine over that corpus; Milvus is asked for everything, however few records may be found."""
    if request.param == "faiss":
        yield FaissEngine(CORPUS.vectors, CORPUS.words, CORPUS.ids)
        return
    engine = MilvusEngine(
        *(CORPUS.vectors, CORPUS.words, CORPUS.ids),
        segments=CORPUS.segments,
        content_hash="hash",
        connect=request.getfixturevalue("collection"),
        is_current=lambda: True,
        few=0,
    )
    yield engine
    engine.close()


LIMITS = [
    None,
    *(CORPUS.within(Limit(documents=[document])) for some in DOCUMENTS for document, _, _ in some),
    CORPUS.within(Limit(documents=["plain", "later"], kinds=["row"])),
    CORPUS.within(Limit(from_year=2018)),
    CORPUS.within(Limit(to_year=2018, kinds=["passage", "row"])),
    CORPUS.within(Limit(from_year=2021, to_year=2021)),
    Within(np.array([3, 21, 22, 60, 61, 119], dtype=np.int64)),
    Within(np.array([], dtype=np.int64)),
]
QUESTIONS = [
    Asked(("fox", "fox", "hen"), ()),
    Asked(("owl",), (Group(0, 1, ("kite", "moss"), ("lex:g1", EMT)),)),
    Asked((), (Group(0, 1, (), (EMT,)),)),
    Asked(("nobody", "says"), ()),
    Asked((), ()),
]


def best(scores: np.ndarray, within: Within | None, k: int, least: float) -> set[int]:
    """The `k` best of all records by brute force, ties by document id and place."""
    places = np.arange(len(scores)) if within is None else within.positions
    order = CORPUS.ids.order(places)
    ranked = sorted(range(len(places)), key=lambda at: (-scores[places[at]], order[at]))
    return {int(places[at]) for at in ranked[:k] if scores[places[at]] > least}


@pytest.mark.parametrize("within", LIMITS)
@pytest.mark.parametrize("k", [1, 7, 1000])
def test_the_nearest_are_named_whoever_may_be_found(asked: Engine, within: Within | None, k: int):
    """Records in 25 directions tie in dozens; which of them are among the nearest is the same for both engines."""
    for vector in CORPUS.vectors.vectors(np.array([0, 50, 119])):
        scores = CORPUS.vectors.scores(vector, np.arange(120))
        assert {*asked.nearest(vector, k, within).tolist()} == best(scores, within, k, -2)


@pytest.mark.parametrize("within", LIMITS)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("k", [1, 5, 1000])
def test_those_that_share_most_are_named_with_their_scores(
    asked: Engine, question: Asked, within: Within | None, k: int
):
    """Of the ways to name a thing the better counts, words of the overlay too; what shares nothing is not named."""
    scores = CORPUS.words.combined(question.rest, question.ways)
    found, told = asked.likely(question, k, within)
    assert {*found.tolist()} == best(scores, within, k, 0)
    some = np.array([119, 0, 7, 60])
    assert told(some).tolist() == scores[some].tolist()


def test_an_engine_that_holds_everything_says_so(asked: Engine):
    """Two segments of 60 records each; what searches the segments themselves holds nothing of its own."""
    asked.check()
    state = asked.state()
    assert state is None or (state.segments, state.records, state.collection) == (2, 120, "exocite_corpus")


def test_what_words_score_is_the_same_bit_by_bit_wherever_it_is_asked():
    """At some records, in any order and some of them twice, as over all."""
    places = np.array([119, 3, 3, 64, 0])
    for question in QUESTIONS:
        every = CORPUS.words.combined(question.rest, question.ways)
        assert CORPUS.words.scored(question.rest, question.ways, places).tobytes() == every[places].tobytes()


def test_records_and_their_ids_are_told_from_one_another():
    """The first segment's number is the greatest there is, the second's the least."""
    ids = RecordIds([("ffffffffffff", 3), ("000000000001", 2)])
    assert ids.ids(np.array([0, 2, 3, 4])).tolist() == [(2**39 - 1) << 24, ((2**39 - 1) << 24) + 2, 0, 1]
    assert ids.positions([1, ((2**39 - 1) << 24) + 2, 0]).tolist() == [2, 3, 4]
    assert ids.positions([]).tolist() == []
    assert ids_of("000000000200", 2) == range(1 << 24, (1 << 24) + 2)


def test_a_limit_says_just_the_ids_that_it_holds():
    """Quotes and backslashes end no string."""
    limit = Limit(documents=['a "b" \\', "c"], kinds=["row"], from_year=2018, to_year=2020)
    told = r'document in ["a \"b\" \\", "c"] and kind in ["row"] and year >= 2018 and year <= 2020'
    assert expression(limit) == told


def test_words_of_no_weight_are_not_asked_for():
    """Milvus takes no zeros."""
    assert list(sparse([("fox", 1.5), ("owl", 0.0), ("fox", 0.5)]).values()) == [2.0]
