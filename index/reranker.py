"""The best hits read a second time, each together with the question, by a cross-encoder of sentence-transformers.

A setting, and none by default: it may tell the better of two records that are both about the matter, and takes far
longer than all that goes before it. It never decides which molecule a record is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from corpus.errors import EncoderError
from index.fusion import Scores, fuse
from index.hits import STEP
from index.models import WORKER, folder_of, loaded
from index.ranking import Ranker, Ranking

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

READ_AGAIN: Final = 20
"""How many of the best hits are read again, however few are asked for."""
_KIND: Final = "cross-encoder"


class Reranker(Protocol):
    """Says how well each text answers a question; a function of the question and the texts alone."""

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """One score a text, `(len(texts),)` float32, on any scale; higher is better."""


class CrossReranker:
    """Any `sentence_transformers.CrossEncoder` that gives one score a pair; safe to share between threads.

    Args:
        model: a folder that holds a model, or the name of one that was fetched before (`hf download NAME`).

    Raises:
        EncoderError: it cannot be found.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._folder = folder_of(model, "cross-encoder", _KIND)
        self._loaded: CrossEncoder | None = None
        self._lock = Lock()

    def load(self) -> CrossEncoder:
        """The model is in memory and ready; later calls return at once.

        Raises:
            EncoderError: it cannot be loaded, or is none that ranks.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.model, self._folder)
            return self._loaded

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """One score a text, `(len(texts),)` float32; a pair longer than the model reads is cut by the model.

        Raises:
            EncoderError: the model cannot be loaded, or is none that ranks.
        """
        return WORKER.submit(self._scores, question, texts).result()

    def _scores(self, question: str, texts: Sequence[str]) -> Scores:
        model = self.load()
        import torch

        # as the last layer gives them: a sigmoid would press the best and the worst together. Rounded, because the
        # last bits differ between processors, and with the pairs that a batch is padded to.
        raw = model.predict(
            [(question, text) for text in texts], activation_fn=torch.nn.Identity(), show_progress_bar=False
        )
        return np.asarray(np.round(raw, 4), dtype=np.float32)


def open_reranker(model: str) -> Reranker | None:
    """The cross-encoder of that name; None where the name is empty.

    Raises:
        EncoderError: it cannot be found.
    """
    return CrossReranker(model) if model else None


def rerank(
    reranker: Reranker, weight: float, question: str, ranker: Ranker, ranking: Ranking, texts: Mapping[int, str]
) -> dict[int, float]:
    """New scores, by place, of the hits whose texts are given; they lie where their old scores lay.

    The scores of the two are combined as those of words and vectors are (`index.fusion`). Whatever the cross-encoder
    says, a record that names none of the molecules asked about, or that the study it cites contradicts, does not come
    to stand above one that stood above it and is free of that.

    Args:
        weight: of the cross-encoder against the ranking there is, 0 to 1; at 0 the order stays.
        ranker: that made the ranking.
        texts: by place in the ranking, best first.
    """
    if not texts:
        return {}
    said = reranker.scores(question, list(texts.values()))
    old = np.array([ranking.hits[place].score for place in texts], dtype=np.float32)
    positions = np.array([ranking.positions[place] for place in texts], dtype=np.int64)
    left = ranker.left(question, ranker.vocabulary.asked(question), positions)
    both = fuse(old, said - said.min(), weight)
    capped: list[float] = []
    for i, score in enumerate(both):
        capped.append(min([float(score), *(capped[j] for j in range(i) if left[j] > left[i])]))
    order = sorted(range(len(both)), key=lambda i: (-capped[i], -left[i], -both[i], i))
    # each a step below the one before; the last still above all that was not read again
    spread = float(old.max() - old.min()) or 1.0
    least, score = float(old.min()) + len(order) * STEP, inf
    new = {i: (score := round(min(least + spread * capped[i], score - STEP), 6)) for i in order}
    return {place: new[i] for i, place in enumerate(texts)}


def _load(model: str, folder: Path) -> CrossEncoder:
    def make() -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        model: CrossEncoder = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        return model

    found = loaded(make, model, _KIND)
    # a model without a head for scores is given one of random numbers, and says so only in passing
    heads = (found.config and found.config.architectures) or []
    if found.num_labels != 1 or not any(head.endswith(("ForSequenceClassification", "ForCausalLM")) for head in heads):
        msg = f"The model '{model}' does not give one score for a question and a text; choose a {_KIND} made to rank."
        raise EncoderError(msg)
    return found
