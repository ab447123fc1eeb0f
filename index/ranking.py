"""Asking both indexes at once and making one ranking of what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.fusion import fuse, with_names
from index.hits import Hit
from index.mentions import NAMED, Mention, asks_for_molecules, find_mentions
from index.molecules import about, family, studied
from index.names import find_names
from index.statements import Statements
from index.vectors import VectorIndex
from index.vocabulary import Asked, Vocabulary
from index.wording import Wording
from index.words import WordIndex

Mode = Literal["fused", "dense", "words"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)

_POOL: Final = 1000
"""How many candidates each side names, however few are asked for: scores are scaled over them all."""
_SILENT: Final = 0.6
"""What is left of the score of a record that names no molecule at all, where the question names one."""
_OTHER: Final = 0.1
"""What is left of the score of a record that names other molecules, none of them asked about; it stands below all else.

No nearness may lift evidence on another molecule above evidence on the one asked about, nor above what could be about
any.
"""
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
    positions: tuple[int, ...]
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
        ids: the record id of each position.
        statements: of the same records in the same positions; None for no difference between them.
        contradicted: positions of rows that the studies they cite contradict.
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
    ) -> None:
        self.contradicted = np.asarray(contradicted, dtype=np.int64)
        self.ids = ids
        # where each record stands in the order of ids, which settles ties
        self._places = np.empty(len(ids), dtype=np.int64)
        self._places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        self.vectors = vectors
        self.words = words
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self.statements = Statements.build([[[]] for _ in ids]) if statements is None else statements

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
        allowed: Sequence[int] | None = None,
    ) -> Ranking:
        """The best `k` records; fewer where fewer are allowed.

        Args:
            vector: of the question, `(d,)` float32, unit length.
            question: its text, for its words and the molecules it names.
            weight: of the words against the vectors, 0 to 1; used by the mode `fused` alone.
            mode: both sides, or one of them alone (to compare).
            allowed: positions that may be found, ascending; None for all.
        """
        asked = self.vocabulary.asked(question)
        mentions = find_mentions(question, asked, self.words) if self.vocabulary.wording.names else ()
        word_scores = self._word_scores(asked)
        nearest, _ = self.vectors.search(vector, _POOL, allowed)
        candidates = np.union1d(nearest, self._best_by_words(word_scores, allowed))
        # rounded, so that the last bits, which differ between processors, never decide an order
        dense = np.round(self.vectors.scores(vector, candidates), 6)
        shared = np.round(word_scores[candidates], 6)
        said = self.statements.shares(asked, candidates)
        scores = {"dense": dense, "words": shared}.get(mode)
        if scores is None:
            named = [np.isin(candidates, one.positions) for one in mentions if one.kind in NAMED]
            full = with_names(fuse(dense, shared, weight), said, named)
            scores = np.round(_placed(full, self.left(question, asked, candidates)), 6)
        best = np.lexsort((self._places[candidates], -scores))[:k]
        hits = tuple(Hit(self.ids[candidates[i]], float(scores[i]), rank) for rank, i in enumerate(best, start=1))
        return Ranking(
            hits,
            tuple(int(candidates[i]) for i in best),
            tuple(float(dense[i]) for i in best),
            tuple(float(shared[i]) for i in best),
            tuple(float(said[i]) for i in best),
            asked,
            mentions,
        )

    def _word_scores(self, asked: Asked) -> NDArray[np.float32]:
        """The BM25 score of every record, `(n,)` float32; of a name's words and its concept's the better one counts.

        Both together would count one thing twice: the fixed set loses by it.
        """
        groups = [(group.surface, *((word,) for word in group.concepts)) for group in asked.groups]
        return self.words.combined(asked.rest, groups)

    def left(self, question: str, asked: Asked, candidates: NDArray[np.int64]) -> NDArray[np.float64]:
        """What is left of each candidate's score: all of it, unless it is on another molecule or contradicted."""
        doubtful = np.isin(candidates, self.contradicted)
        silent = ~self.words.held_beginning("mir:")[candidates]
        left = np.where(doubtful, _DOUBTFUL, 1.0)
        if names := find_names(question) if self.vocabulary.wording.names else ():
            named = np.isin(candidates, about(names, self.words, asked))
            by_study = doubtful & np.isin(candidates, studied(names, self.words))
            kin = self.words.held_by(family(names, self.words), candidates)
            tiers = [named, by_study, silent, kin]
            left *= np.select(tiers, [1.0, _BY_STUDY, _SILENT, _FAMILY], _OTHER)
        elif self.vocabulary.wording.names and asks_for_molecules(question):
            left *= np.where(silent, _UNNAMED, 1.0)
        return left

    def _best_by_words(self, scores: NDArray[np.float32], allowed: Sequence[int] | None) -> NDArray[np.int64]:
        """The positions that share most with the question, `_POOL` at most, ties by position; all share a word."""
        places = np.arange(len(scores)) if allowed is None else np.asarray(allowed, dtype=np.int64)
        places = places[scores[places] > 0]
        order = np.argsort(-scores[places], kind="stable")[:_POOL]
        return places[order].astype(np.int64)


def _placed(scores: NDArray[np.float64], left: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is left of each score, 0 to 1, those of records on other molecules in the lowest tenth and nothing else."""
    if not np.any(left <= _OTHER):
        return scores * left
    return np.where(left <= _OTHER, scores * left, _OTHER + (1 - _OTHER) * scores * left)
