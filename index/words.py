"""The word index: BM25 over index words, by the library bm25s."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path
from typing import Final, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD

K1: Final = 1.2
B: Final = 0.75


MARKS: Final = ("con:", "lex:", "study:", "topic:")
"""How words begin that mark what a record is about; they are beside its text, and do not make it longer."""


class WordIndex:
    """Scores records by the words they share with a question: BM25 as Lucene computes it, k1 = 1.2, b = 0.75.

    The formula is Robertson & Zaragoza 2009 with Lucene's idf, `ln(1 + (N - n + ½) / (n + ½))`, and without its
    constant factor `k1 + 1` (Kamphuis et al. 2020 compare the variants). Marks are scored alike with b = 0, so that no
    mark that is added takes from what the words say.
    """

    def __init__(self, plain: bm25s.BM25 | None, marks: bm25s.BM25 | None, size: int) -> None:
        self._plain = plain
        self._marks = marks
        self._size = size

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        """An index of `texts`, each a record's index words; the record's position is its place in the sequence."""
        plain = [[word for word in words if not word.startswith(MARKS)] for words in texts]
        marks = [[word for word in words if word.startswith(MARKS)] for words in texts]
        return cls(_built(plain, B), _built(marks, 0.0), len(texts))

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every record, `(n,)` float32, 0 where no word is shared; higher is better.

        A word asked twice counts twice.
        """
        scores = np.zeros(self._size, dtype=np.float32)
        for engine in (self._plain, self._marks):
            known = [word for word in words if word in engine.vocab_dict] if engine else []
            if engine and known:
                scores += np.asarray(engine.get_scores(known), dtype=np.float32)
        return scores

    def idf(self, word: str) -> float:
        """How rare a word is: Lucene's idf, natural logarithm; that of a word in no record where it is unknown."""
        n = self.frequency(word)
        return float(np.log1p((self._size - n + 0.5) / (n + 0.5)))

    def frequency(self, word: str) -> int:
        """In how many records a word occurs."""
        return len(self.holders(word))

    def holders(self, word: str) -> NDArray[np.int64]:
        """The positions of the records in which a word occurs, `(frequency,)` int64, ascending."""
        engine = self._marks if word.startswith(MARKS) else self._plain
        if engine is None or word not in engine.vocab_dict:
            return np.empty(0, dtype=np.int64)
        token = engine.vocab_dict[word]
        starts = engine.scores["indptr"]
        held = engine.scores["indices"][starts[token] : starts[token + 1]]
        return np.sort(np.asarray(held, dtype=np.int64))

    def beginning(self, prefix: str) -> list[str]:
        """The words that begin so and are no marks, in alphabetical order."""
        first = bisect_left(self._alphabet, prefix)
        return list(takewhile(lambda word: word.startswith(prefix), islice(self._alphabet, first, None)))

    def holders_of(self, words: Iterable[str]) -> NDArray[np.int64]:
        """The positions of the records in which any of the words occurs, ascending, each once."""
        held = [self.holders(word) for word in words]
        return np.unique(np.concatenate(held)) if held else np.empty(0, dtype=np.int64)

    @cached_property
    def _alphabet(self) -> list[str]:
        return sorted(() if self._plain is None else self._plain.vocab_dict)

    def save(self, folder: Path) -> None:
        """The index is in `folder`, which is made."""
        folder.mkdir()
        parts = {name: one for name, one in (("plain", self._plain), ("marks", self._marks)) if one is not None}
        (folder / "size.json").write_text(json.dumps({"size": self._size, "parts": list(parts)}))
        for name, engine in parts.items():
            engine.save(folder / name, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was saved in `folder`.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        try:
            about = json.loads((folder / "size.json").read_text())
            plain, marks = (
                bm25s.BM25.load(folder / name, mmap=False, show_progress=False) if name in about["parts"] else None
                for name in ("plain", "marks")
            )
        except (OSError, ValueError, KeyError, EOFError, TypeError) as error:
            msg = f"The word index of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        return cls(plain, marks, int(about["size"]))


def _built(texts: Sequence[list[str]], b: float) -> bm25s.BM25 | None:
    if not any(texts):
        return None  # bm25s cannot index no word at all
    engine = bm25s.BM25(method="lucene", k1=K1, b=b)
    engine.index(texts, show_progress=False)
    return engine
