"""Chooses the weights of `index.fusion` by ten-fold cross-validation on the fixed question set.

Run with `python benchmarks/fusion.py [LIBRARY…]`; the starter library is always among them. Every combination of the
weights below is measured on every question; a fold takes the combination that is best on the other nine. Prints, for
each combination, nDCG@10 over all, best first, and what the choices give on the folds they were not chosen on: what a
question that nobody has seen may expect.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

import index.fusion
from index.encoder import SentenceEncoder, Vectors
from index.intake import starter_sources, take_in
from qa.evaluation.experiment import on_library
from qa.service import Service
from qa.settings import Settings

GRID: Final = list(itertools.product((0.3, 0.4, 0.5, 0.6), (0.0, 0.15, 0.3), (0.0, 0.3, 0.6)))
"""Of the words against the vectors, of what one sentence says, and of what is named."""
FOLDS: Final = 10


class Remembering:
    """An encoder that encodes each text once."""

    def __init__(self) -> None:
        self._encoder = SentenceEncoder()
        self.identity = self._encoder.identity
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: list[str], progress: object = None) -> Vectors:  # noqa: ARG002 (as encoders take it)
        """As the encoder does."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode([text])[0]
        return np.array([self._known[text] for text in texts])


def main() -> None:
    """Prints the combinations, and what cross-validation gives."""
    with tempfile.TemporaryDirectory() as folder:
        take_in(Path(folder) / "starter", SentenceEncoder(), starter_sources())
        encoder = Remembering()
        table = np.array([scores([Path(folder) / "starter", *map(Path, sys.argv[1:])], encoder, *one) for one in GRID])
    means = table.mean(axis=1)
    for place in np.argsort(-means, kind="stable")[:12]:
        print("words {:.1f}, said {:.2f}, named {:.1f}: {:.4f}".format(*GRID[place], means[place]))
    fold = np.arange(table.shape[1]) % FOLDS
    chosen = [int(np.argmax(table[:, fold != one].mean(axis=1))) for one in range(FOLDS)]
    unseen = np.mean([table[chosen[one], place] for place, one in enumerate(fold)])
    print(f"cross-validated: {unseen:.4f}; chosen: {[GRID[one] for one in sorted(set(chosen))]}")


def scores(paths: list[Path], encoder: Remembering, weight: float, said: float, named: float) -> list[float]:
    """nDCG@10 of every answerable question with these weights, its mean over the libraries, by id."""
    index.fusion.SAID, index.fusion.NAMED = said, named  # type: ignore[misc]
    found: dict[str, list[float]] = {}
    for path in paths:
        with closing(Service(path, Settings(library=path, words_weight=weight), encoder)) as service:
            (evaluation,) = on_library(service, None, lambda *_: None, modes=["fused"]).evaluations
        for id_, each in evaluation.scores.items():
            found.setdefault(id_, []).append(each["nDCG@10"])
    return [float(np.mean(found[id_])) for id_ in sorted(found)]


if __name__ == "__main__":
    main()
