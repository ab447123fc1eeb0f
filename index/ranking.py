"""Asking both indexes at once and making one ranking of what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from index.aside import Aside
from index.encoder import Vectors
from index.engine import Engine
from index.engines.faiss import FaissEngine
from index.fusion import fuse, with_names
from index.hits import Hit
from index.ids import Ids
from index.mentions import NAMED, Mention, asks_for_molecules, find_mentions
from index.molecules import about, family, studied
from index.names import find_names
from index.statements import Statements
from index.vectors import VectorIndex
from index.vocabulary import Asked, Vocabulary
from index.within import Limit, Within
from index.wording import Wording
from index.words import WordIndex, among

Mode = Literal["fused", "dense", "words"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)

_POOL: Final = 1000
"""How many candidates each side names, however few are asked for: scores are scaled over them all."""
_MANY: Final = 250_000
"""From so many records on vectors are searched while words are looked at; of fewer the thread costs what it saves."""
_SILENT: Final = 0.6
"""What is left of the score of a record that names no molecule at all, where the question names one."""
_OTHER: Final = 0.1
"""What is left of the score of a record that names other molecules, none of them asked about; it stands below all else.

No nearness may lift evidence on another molecule above evidence on the one asked about, nor above what could be about
any.
"""
_BESIDE: Final = _OTHER**2
"""What is left of the score of a record that lacks what is asked about besides: it stands below all that has it."""
_FAMILY: Final = 0.5
"""What is left of the score of a record on the family of a molecule asked about, or on a member of a family."""
_UNNAMED: Final = 0.7
"""What is left of the score of a record that names no molecule, where the question asks for some."""
_DOUBTFUL: Final = 0.6
"""What is left of the score of a row that the study it cites contradicts: it shows, below what nothing contradicts."""
_BY_STUDY: Final = 0.5
"""What of that is left of such a row that names another molecule, while its study is on the one asked about."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hits of one question, best first, with what each side said of them.

    Attributes:
        hits: order `(-score, record_id)`.
        positions: the position of each hit, in the same order.
        dense: the cosine of each hit, in the same order.
        words: the BM25 score of each hit, in the same order.
        said: the greatest share of the question that one statement of each hit holds, in the same order.
        asked: the question, taken apart.
        mentions: the kinds of things that it names.
    """

    hits: tuple[Hit, ...]
    positions: tuple[int, ...] = field(compare=False)
    dense: tuple[float, ...]
    words: tuple[float, ...]
    said: tuple[float, ...]
    asked: Asked = field(compare=False, repr=False)
    mentions: tuple[Mention, ...] = field(compare=False, repr=False)

    def of(self, scores: Mapping[int, float]) -> Ranking:
        """The hits at these places, from 0, with these scores, ranked anew; the others are left out."""
        best = sorted(scores, key=lambda place: (-scores[place], self.hits[place].record_id))
        hits = (Hit(self.hits[place].record_id, scores[place], rank) for rank, place in enumerate(best, start=1))
        return Ranking(
            tuple(hits),
            tuple(self.positions[place] for place in best),
            tuple(self.dense[place] for place in best),
            tuple(self.words[place] for place in best),
            tuple(self.said[place] for place in best),
            self.asked,
            self.mentions,
        )


class Ranker:
    """Ranks the records of a vector index and a word index that hold the same records in the same positions.

    Args:
        ids: of the records, by position.
        statements: of the same records in the same positions; None for no difference between them.
        engine: what proposes the records that may answer; None for what looks through `vectors` and `words`.
        contradicted: positions of rows that the studies they cite contradict, or that have slid, ascending.
        vocabulary: with which the records' words were made; None for no abbreviation and no other name.
    """

    def __init__(
        self,
        ids: Sequence[str],
        vectors: VectorIndex,
        words: WordIndex,
        contradicted: Sequence[int] = (),
        vocabulary: Vocabulary | None = None,
        statements: Statements | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.contradicted = np.asarray(contradicted, dtype=np.int64)
        self.ids = ids if isinstance(ids, Ids) else Ids.listed(ids)
        self.vectors = vectors
        self.words = words
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self.statements = Statements.build([[[]] for _ in range(len(ids))]) if statements is None else statements
        self.engine: Engine = FaissEngine(vectors, words, self.ids) if engine is None else engine

    def reworded(self, told: Sequence[tuple[str, str]], wording: Wording, *, said: bool = False) -> Ranker:
        """The same records by the same vectors, their words made of no more than `wording`; no row is contradicted.

        Args:
            told: of each position, the text whose words find it and the id of its document.
            said: whether what stands in one sentence counts more; of everything only, as its words are made of that.
        """
        vocabulary = self.vocabulary.limited(wording)
        words = WordIndex.build([vocabulary.record_words(text, document_id) for text, document_id in told])
        statements = self.statements if said else None
        return Ranker(self.ids, self.vectors, words, vocabulary=vocabulary, statements=statements)

    def rank(
        self,
        vector: Vectors,
        question: str,
        k: int,
        *,
        weight: float,
        mode: Mode = "fused",
        allowed: Sequence[int] | NDArray[np.int64] | None = None,
        limit: Limit | None = None,
        besides: Sequence[Mention] = (),
    ) -> Ranking:
        """The best `k` records; fewer where fewer are allowed.

        Args:
            vector: of the question, `(d,)` float32, unit length.
            question: its text, for its words and the molecules it names.
            weight: of the words against the vectors, 0 to 1; used by the mode `fused` alone.
            mode: both sides, or one of them alone (to compare).
            allowed: positions that may be found, ascending; None for all.
            limit: what these records, and no others, have in common; None where that cannot be said so.
            besides: what the question names that cannot be told from its words and these records; what does not name
                it stands below all that does.
        """
        within = None if allowed is None else Within(np.asarray(allowed, dtype=np.int64), limit)
        propose = partial(self.engine.nearest, vector, _POOL, within)
        near = Aside(propose) if len(self.ids) >= _MANY else None
        asked = self.vocabulary.asked(question)
        mentions = (*(find_mentions(question, asked, self.words) if self.vocabulary.wording.names else ()), *besides)
        likely, word_scores = self.engine.likely(asked, _POOL, within)
        candidates = np.union1d(near.result() if near else propose(), likely)
        for one in besides:
            some = one.positions if allowed is None else np.intersect1d(one.positions, allowed)
            candidates = np.union1d(candidates, some[:_POOL])
        # rounded, so that the last bits, which differ between processors, never decide an order
        dense = np.round(self.vectors.scores(vector, candidates), 6)
        shared = np.round(word_scores(candidates), 6)
        said = self.statements.shares(asked, candidates)
        scores = {"dense": dense, "words": shared}.get(mode)
        if scores is None:
            named = [among(candidates, one.positions) for one in mentions if one.kind in NAMED]
            full = with_names(fuse(dense, shared, weight), said, named)
            left = self.left(question, asked, candidates)
            for one in (one for one in besides if len(one.positions)):
                left = np.where(among(candidates, one.positions), left, left * _BESIDE)
            scores = np.round(_placed(full, left), 6)
        places, hits = self._best(candidates, scores, k)
        return Ranking(
            hits,
            tuple(candidates[places].tolist()),
            tuple(dense[places].tolist()),
            tuple(shared[places].tolist()),
            tuple(said[places].tolist()),
            asked,
            mentions,
        )

    def left(self, question: str, asked: Asked, candidates: NDArray[np.int64]) -> NDArray[np.float64]:
        """What is left of each candidate's score: all of it, unless it is on another molecule or contradicted."""
        doubtful = among(candidates, self.contradicted)
        left = np.where(doubtful, _DOUBTFUL, 1.0)
        if names := find_names(question) if self.vocabulary.wording.names else ():
            named = among(candidates, about(names, self.words, asked))
            by_study = doubtful & among(candidates, studied(names, self.words))
            kin = self.words.held_by(family(names, self.words), candidates)
            tiers = [named, by_study, self._silent[candidates], kin]
            left *= np.select(tiers, [1.0, _BY_STUDY, _SILENT, _FAMILY], _OTHER)
        elif self.vocabulary.wording.names and asks_for_molecules(question):
            left *= np.where(self._silent[candidates], _UNNAMED, 1.0)
        return left

    @cached_property
    def _silent(self) -> NDArray[np.bool_]:
        """Whether each record names no molecule, `(n,)`."""
        return ~self.words.held_beginning("mir:")

    def _best(
        self, candidates: NDArray[np.int64], scores: NDArray[Any], k: int
    ) -> tuple[NDArray[np.int64], tuple[Hit, ...]]:
        """The places among the candidates of the best `k`, and their hits, in the order `(-score, record_id)`."""
        places = np.arange(len(candidates))
        if k < len(candidates):
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            places = np.flatnonzero(scores >= least)
        ids = dict(zip(places.tolist(), self.ids.of(candidates[places]), strict=True))
        best = sorted(ids, key=lambda place: (-scores[place], ids[place]))[:k]
        hits = tuple(Hit(ids[place], float(scores[place]), rank) for rank, place in enumerate(best, start=1))
        return np.array(best, dtype=np.int64), hits


def _placed(scores: NDArray[np.float64], left: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is left of each score, 0 to 1, those of records on other molecules in the lowest tenth and nothing else."""
    if not np.any(left <= _OTHER):
        return scores * left
    return np.where(left <= _OTHER, scores * left, _OTHER + (1 - _OTHER) * scores * left)
