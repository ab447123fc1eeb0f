from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryDamaged
from index.words import WordIndex

# lengths 2, 3 and 1: on average 2
TEXTS = [["fox", "hen"], ["fox", "fox", "owl"], ["owl"]]
# Lucene's idf: ln(1 + (N - n + ½) / (n + ½)); fox and owl stand in 2 of 3, hen in 1 of 3
IDF_2, IDF_1 = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)


def tf(count: int, length: int) -> float:
    """The saturated count, k1 = 1.2 and b = 0.75, against an average length of 2."""
    return count / (count + 1.2 * (1 - 0.75 + 0.75 * length / 2))


@pytest.fixture
def words() -> WordIndex:
    return WordIndex.build(TEXTS)


def test_bm25_is_that_of_the_formula(words):
    """Worked out for each text by the formula in the docstring; the second has the word twice but is longer."""
    assert words.scores(["fox"]) == pytest.approx([IDF_2 * tf(1, 2), IDF_2 * tf(2, 3), 0], rel=1e-6)
    assert words.scores(["fox"])[0] == pytest.approx(0.470004 / 2.2, rel=1e-5)


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


@pytest.mark.parametrize("texts", [[], [[], []]], ids=["no texts", "texts without words"])
def test_an_empty_index_scores_nothing(tmp_path: Path, texts):
    """It has its size, gives zeros, and can be saved and loaded."""
    WordIndex.build(texts).save(tmp_path / "words")
    for words in (WordIndex.build(texts), WordIndex.load(tmp_path / "words")):
        assert words.scores(["fox"]).tolist() == [0] * len(texts)
        assert (len(words), words.frequency("fox")) == (len(texts), 0)


def test_what_was_saved_scores_as_before(words, tmp_path: Path):
    """Bit for bit, and so do frequency and idf."""
    words.save(tmp_path / "words")
    loaded = WordIndex.load(tmp_path / "words")
    for question in (["fox"], ["hen", "owl", "yak"], ["owl", "owl"]):
        assert loaded.scores(question).tobytes() == words.scores(question).tobytes()
    assert len(loaded) == 3
    assert loaded.scores(["fox"]).dtype == np.float32
    assert [loaded.frequency(w) for w in ("fox", "yak")] == [2, 0]
    assert loaded.idf("hen") == words.idf("hen")


def test_words_of_every_script_are_kept(tmp_path: Path):
    """Colons, Greek and Han come back from the disk as the same words."""
    words = WordIndex.build([["mir:mir-21", "β", "風"], ["mir:mir-210"]])
    words.save(tmp_path / "words")
    loaded = WordIndex.load(tmp_path / "words")
    assert [loaded.frequency(word) for word in ("mir:mir-21", "mir:mir-210", "β", "風")] == [1, 1, 1, 1]
    assert loaded.scores(["mir:mir-21"])[1] == 0


def test_a_damaged_or_missing_part_is_said_to_be_damage(words, tmp_path: Path):
    """Each file in turn is cut in half or taken away; no foreign error comes through."""
    words.save(tmp_path / "words")
    files = sorted(file for file in (tmp_path / "words").rglob("*") if file.is_file())
    assert len(files) > 3
    for file in files:
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
            WordIndex.load(tmp_path / "words")
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(LibraryDamaged):
            WordIndex.load(tmp_path / "words")
        file.write_bytes(whole)
    assert len(WordIndex.load(tmp_path / "words")) == 3
