from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import log

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.postings import Postings
from index.words import WordIndex, leading

# lengths 2, 3 and 1: on average 2
TEXTS = [["fox", "hen"], ["fox", "fox", "owl"], ["owl"]]
# Lucene's idf: ln(1 + (N - n + ½) / (n + ½)); fox and owl stand in 2 of 3, hen in 1 of 3
IDF_2, IDF_1 = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)
WORDS = ["fox", "owl", "hen", "yak", "con:night", "lex:9", "mir:mir-21"]

texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=8)
questions = st.lists(st.sampled_from([*WORDS, "gnu"]), max_size=4)


def tf(count: int, length: int) -> float:
    """The saturated count, k1 = 1.2 and b = 0.75, against an average length of 2."""
    return count / (count + 1.2 * (1 - 0.75 + 0.75 * length / 2))


def by_hand(texts: list[list[str]], words: list[str]) -> list[float]:
    """The formula of the docstring, record by record."""
    plain = [[word for word in text if ":" not in word or word.startswith("mir:")] for text in texts]
    mean = sum(map(len, plain)) / max(len(texts), 1) or 1
    scores = []
    for text, own in zip(texts, plain, strict=True):
        score = 0.0
        for word in words:
            n = sum(word in other for other in texts)
            b = 0.75 if ":" not in word or word.startswith("mir:") else 0
            norm = 1.2 * (1 - b + b * len(own) / mean)
            idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            score += idf * text.count(word) / (text.count(word) + norm) if word in text else 0
        scores.append(score)
    return scores


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[list[str]], WordIndex]:
    """Records, and an index of them in several parts; what they abbreviate is beside the parts."""
    given_texts = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(given_texts)), max_size=3)))
    bounds = [0, *cuts, len(given_texts)]
    own = [[word for word in text if not word.startswith("con:")] for text in given_texts]
    marks = [(word, i) for i, text in enumerate(given_texts) for word in text if word.startswith("con:")]
    parts = [Postings.build(own[start:end]) for start, end in pairwise(bounds)]
    return given_texts, WordIndex(parts, Postings.of_pairs(marks, len(given_texts)))


@pytest.fixture
def words() -> WordIndex:
    return WordIndex.build(TEXTS)


def test_bm25_is_that_of_the_formula(words):
    """Worked out for each text by the formula in the docstring; the second has the word twice but is longer."""
    assert words.scores(["fox"]) == pytest.approx([IDF_2 * tf(1, 2), IDF_2 * tf(2, 3), 0], rel=1e-6)
    assert words.scores(["fox"])[0] == pytest.approx(0.470004 / 2.2, rel=1e-5)
    assert words.scores(["fox"]).dtype == np.float32


def test_words_add_up(words):
    """The score of a question is the sum over its words."""
    assert words.scores(["hen", "owl"]) == pytest.approx(
        [IDF_1 * tf(1, 2), IDF_2 * tf(1, 3), IDF_2 * tf(1, 1)], rel=1e-6
    )


def test_a_word_asked_twice_counts_twice(words):
    """As its docstring says."""
    assert words.scores(["owl", "owl"]) == pytest.approx(2 * words.scores(["owl"]), rel=1e-6)


def test_a_word_in_no_text_adds_nothing(words):
    """Alone it gives zeros, beside a known word it changes nothing."""
    assert words.scores(["yak"]).tolist() == [0, 0, 0]
    assert words.scores(["yak", "fox"]).tolist() == words.scores(["fox"]).tolist()
    assert words.scores([]).tolist() == [0, 0, 0]


def test_of_the_ways_to_name_a_thing_the_best_counts(words):
    """Beside an owl a hen, or two foxes: two foxes are worth more than a hen to the first, which holds both."""
    scores = words.combined(["owl"], [[["hen"], ["fox", "fox"]]])
    fox, hen = 2 * IDF_2 * tf(1, 2), IDF_1 * tf(1, 2)
    assert fox < hen
    assert scores == pytest.approx([hen, IDF_2 * tf(1, 3) + 2 * IDF_2 * tf(2, 3), IDF_2 * tf(1, 1)], rel=1e-6)


@given(texts, questions, st.lists(st.lists(questions, min_size=1, max_size=3), max_size=3), st.sampled_from([0, 99]))
def test_every_score_is_the_formulas(given_texts, rest, groups, more):
    """Added over the rest, and for each group the greatest of its ways; asked twice, the second answer is the first.

    So it is where most records hold something, and where only few do.
    """
    given_texts = [*given_texts, *[["elk"]] * more]
    index = WordIndex.build(given_texts)
    best = [np.max([by_hand(given_texts, way) for way in group], axis=0) for group in groups]
    wanted = np.sum([by_hand(given_texts, rest), *best], axis=0)
    first = index.combined(rest, groups)
    assert first == pytest.approx(wanted, abs=1e-5)
    assert index.combined(rest, groups).tobytes() == first.tobytes()


@given(st.lists(st.lists(st.sampled_from(["fox", "owl", "hen", "yak"]), max_size=6), min_size=1), questions)
def test_bm25s_says_the_same(given_texts, asked):
    """Another implementation of the same variant, to five digits."""
    known = {word for text in given_texts for word in text}
    asked = [word for word in asked if word in known]
    if asked:
        other = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        other.index(given_texts, show_progress=False)
        assert WordIndex.build(given_texts).scores(asked) == pytest.approx(other.get_scores(asked), abs=1e-5)


@given(cut(), questions, st.lists(st.lists(questions, min_size=1, max_size=3), max_size=2))
def test_records_score_alike_however_they_are_cut(cut_texts, rest, groups):
    """Bit for bit, and who holds a word, how many do and how rare it is are the same."""
    given_texts, index = cut_texts
    whole = WordIndex.build(given_texts)
    assert index.combined(rest, groups).tobytes() == whole.combined(rest, groups).tobytes()
    assert len(index) == len(whole)
    for word in rest:
        assert index.holders(word).tolist() == [i for i, text in enumerate(given_texts) if word in text]
        assert (index.frequency(word), index.idf(word)) == (whole.frequency(word), whole.idf(word))
    assert index.beginning("") == whole.beginning("")


@given(cut(), questions, st.lists(st.integers(0, 7)))
def test_who_of_some_records_holds_a_word_is_who_holds_it_of_all(cut_texts, asked, places):
    """In any order, and a record that is asked about twice is answered twice."""
    given_texts, index = cut_texts
    positions = np.array([place for place in places if place < len(given_texts)], dtype=np.int64)
    wanted = [bool(set(asked) & set(given_texts[place])) for place in positions]
    assert index.held_by(asked, positions).tolist() == wanted
    assert index.holders_of(asked).tolist() == [i for i, text in enumerate(given_texts) if set(asked) & set(text)]


@given(cut(), st.sampled_from(["", "f", "mir:", "con", "o", "z"]))
def test_who_holds_a_word_that_begins_so_is_who_holds_one_of_them(cut_texts, prefix):
    """Whatever else the words are; marks are no words."""
    given_texts, index = cut_texts
    own = [
        [word for word in text if word[:4] not in {"con:", "lex:"} and word.startswith(prefix)] for text in given_texts
    ]
    assert index.beginning(prefix) == sorted(Counter(word for text in own for word in text))
    assert index.held_beginning(prefix).tolist() == [bool(text) for text in own]


@given(st.lists(st.sampled_from([0, 0.5, 1, 2, 3.25]), max_size=60), st.integers(1, 5), st.integers(1, 4))
def test_those_that_lead_are_the_best_and_who_ties_with_the_last(some, k, times):
    """Also where there are so many that they are looked at in blocks; none leads with nothing."""
    scores = np.repeat(np.array(some, dtype=np.float32), 64 // times * k)
    least = sorted(scores.tolist(), reverse=True)[:k][-1:] or [0]
    wanted = [i for i, score in enumerate(scores) if score > 0 and score >= least[0]]
    assert leading(scores, k).tolist() == wanted


def test_many_threads_are_answered_as_one():
    """Two hundred questions at once, each with ways to name a thing, as one after another."""
    index = WordIndex.build([[WORDS[i % 7], WORDS[i * i % 5], WORDS[i % 3]] for i in range(5000)])
    asked = [([WORDS[i % 7]], [[[WORDS[i % 5], WORDS[i % 3]], [WORDS[i % 4]]]]) for i in range(200)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: index.combined(*one).tobytes(), asked))
    assert together == [index.combined(*one).tobytes() for one in asked]


def test_marks_lengthen_no_text_and_no_length_takes_from_them():
    """The words score as they do without; each mark gives idf / 2.2, in the long text as in the short one."""
    marked = WordIndex.build([["fox", "hen", "con:night"], ["fox", "fox", "owl", "topic:den"], ["owl", "con:night"]])
    assert marked.scores(["fox"]) == pytest.approx(WordIndex.build(TEXTS).scores(["fox"]))
    assert marked.scores(["con:night"]) == pytest.approx([IDF_2 / 2.2, 0, IDF_2 / 2.2])
    assert marked.scores(["owl", "topic:den"])[1] == pytest.approx(IDF_2 * tf(1, 3) + IDF_1 / 2.2)
    assert marked.holders("con:night").tolist() == [0, 2]


def test_words_that_begin_alike_are_found_with_who_holds_one(words):
    """Of owl, fox and hen one begins with o; each holder counts once, and a mark is no word."""
    assert words.beginning("o") == ["owl"]
    assert words.beginning("f") == ["fox"]
    assert words.beginning("foxes") == []
    assert words.holders_of(["fox", "owl", "yak"]).tolist() == [0, 1, 2]
    assert words.holders_of([]).tolist() == []
    assert WordIndex.build([["con:owl"], ["cone"]]).beginning("con") == ["cone"]


def test_frequency_counts_texts_not_occurrences(words):
    """The fox is named three times, in two texts."""
    assert [words.frequency(word) for word in ("fox", "hen", "owl", "yak")] == [2, 1, 2, 0]


def test_idf_is_lucenes(words):
    """Rarer is higher, and a word in no text is the rarest: ln(1 + 3.5 / 0.5)."""
    assert [words.idf(word) for word in ("fox", "hen", "yak")] == pytest.approx([IDF_2, IDF_1, log(8)])


def test_a_text_without_words_is_a_text():
    """It keeps its position, scores 0 and counts for the average length (here 1 of 2 texts: 2 words, average 1)."""
    scores = WordIndex.build([[], ["fox", "hen"]]).scores(["hen"])
    assert scores == pytest.approx([0, log(1 + 1.5 / 1.5) / (1 + 1.2 * (0.25 + 0.75 * 2))], rel=1e-6)


@pytest.mark.parametrize("parts", [[], [[]], [[[], []]]], ids=["no parts", "no texts", "texts without words"])
def test_an_empty_index_scores_nothing(parts):
    """It has its size and gives zeros."""
    index = WordIndex([Postings.build(part) for part in parts])
    size = sum(map(len, parts))
    assert index.combined(["fox"], [[["hen"], ["owl"]]]).tolist() == [0] * size
    assert (len(index), index.frequency("fox"), index.beginning("f")) == (size, 0, [])
    assert index.held_by(["fox"], np.arange(size)).tolist() == index.held_beginning("f").tolist() == [False] * size
