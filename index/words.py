"""The word index: BM25 over index words, by the library bm25s."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD

K1: Final = 1.2
B: Final = 0.75


class WordIndex:
    """Scores records by the words they share with a question: BM25 as Lucene computes it, k1 = 1.2, b = 0.75.

    The formula is Robertson & Zaragoza 2009 with Lucene's idf, `ln(1 + (N - n + ½) / (n + ½))`, and without its
    constant factor `k1 + 1` (Kamphuis et al. 2020 compare the variants).
    """

    def __init__(self, engine: bm25s.BM25 | None, size: int) -> None:
        self._engine = engine
        self._size = size

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        """An index of `texts`, each a record's index words; the record's position is its place in the sequence."""
        if not any(texts):
            return cls(None, len(texts))  # bm25s cannot index no word at all
        engine = bm25s.BM25(method="lucene", k1=K1, b=B)
        engine.index([list(words) for words in texts], show_progress=False)
        return cls(engine, len(texts))

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every record, `(n,)` float32, 0 where no word is shared; higher is better.

        A word asked twice counts twice.
        """
        known = [word for word in words if self._engine is not None and word in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)  # type: ignore[union-attr]

    def idf(self, word: str) -> float:
        """How rare a word is: Lucene's idf, natural logarithm; that of a word in no record where it is unknown."""
        n = self.frequency(word)
        return float(np.log1p((self._size - n + 0.5) / (n + 0.5)))

    def frequency(self, word: str) -> int:
        """In how many records a word occurs."""
        return len(self.holders(word))

    def holders(self, word: str) -> NDArray[np.int64]:
        """The positions of the records in which a word occurs, `(frequency,)` int64, ascending."""
        if self._engine is None or word not in self._engine.vocab_dict:
            return np.empty(0, dtype=np.int64)
        token = self._engine.vocab_dict[word]
        starts = self._engine.scores["indptr"]
        held = self._engine.scores["indices"][starts[token] : starts[token + 1]]
        return np.sort(np.asarray(held, dtype=np.int64))

    def holders_of_any(self, prefix: str) -> NDArray[np.int64]:
        """The positions of the records in which a word occurs that begins so, ascending, each once."""
        known = () if self._engine is None else self._engine.vocab_dict
        held = [self.holders(word) for word in known if word.startswith(prefix)]
        return np.unique(np.concatenate(held)) if held else np.empty(0, dtype=np.int64)

    def save(self, folder: Path) -> None:
        """The index is in `folder`, which is made."""
        folder.mkdir()
        (folder / "size.json").write_text(json.dumps({"size": self._size, "empty": self._engine is None}))
        if self._engine is not None:
            self._engine.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was saved in `folder`.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        try:
            about = json.loads((folder / "size.json").read_text())
            engine = None if about["empty"] else bm25s.BM25.load(folder, mmap=False, show_progress=False)
        except (OSError, ValueError, KeyError, EOFError) as error:
            msg = f"The word index of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        return cls(engine, int(about["size"]))
