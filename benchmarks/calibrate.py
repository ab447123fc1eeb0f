"""Fits the three weights of `qa.support` on the fixed question set, over the starter library and any other named.

Run with `python benchmarks/calibrate.py [LIBRARY…]`. A logistic regression of answerable against not, on coverage,
nearness and whether what is asked about stands apart; prints its numbers, to be rounded into `qa/support.py`, and the
area under the ROC curve by ten-fold cross-validation, a question's folds the same in every library.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from index.encoder import SentenceEncoder
from index.intake import starter_sources, take_in
from index.library import Library
from index.texts import encoded_text
from qa.judgments import load_questions
from qa.question import read_question
from qa.questions import fixed_set
from qa.settings import Settings
from qa.support import WEIGHED, weigh


def main() -> None:
    """Prints the fitted weights and the cross-validated area under the curve."""
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as folder:
        take_in(Path(folder) / "starter", encoder, starter_sources())
        paths = [Path(folder) / "starter", *map(Path, sys.argv[1:])]
        rows = [row for path in paths for row in features(Library.open(path), encoder)]
    found, answerable, ids = (np.array(column) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=10).fit(found, answerable)
    coverage, nearness, apart = model.coef_[0]
    print(f"coverage {coverage:.2f}, nearness {nearness:.2f}, apart {apart:.2f}, level {model.intercept_[0]:.2f}")
    folds = GroupKFold(10)
    guessed = cross_val_predict(model, found, answerable, groups=ids, cv=folds, method="predict_proba")[:, 1]
    print(f"AUROC, cross-validated: {roc_auc_score(answerable, guessed):.4f}  ({len(rows)} questions and libraries)")


def features(library: Library, encoder: SentenceEncoder) -> list[tuple[tuple[float, float, float], bool, str]]:
    """For each question of the fixed set: what `weigh` finds, whether it is answerable, and its id."""
    rows = []
    for question in load_questions(fixed_set()):
        read = read_question(question.question, question.history)
        vector = encoder.encode([read.alone])[0]
        ranking = library.ranker.rank(vector, read.alone, WEIGHED, weight=Settings().words_weight)
        texts = [encoded_text(library.store.record(hit.record_id)) for hit in ranking.hits]
        asked = library.ranker.vocabulary.asked(read.alone)
        found = weigh(read, asked, ranking, library.ranker, texts)
        rows.append(((found.coverage, found.nearness, float(bool(found.apart))), question.answerable, question.id))
    return rows


if __name__ == "__main__":
    main()
