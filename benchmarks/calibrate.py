"""Fits the weights of `qa.judging.weighing` on the fixed question set, over the starter library and any other named.

Run with `python benchmarks/calibrate.py [LIBRARY…]`. A logistic regression of answerable against not, on what
`qa.judging.weighing.features` sees of the evidence; prints its numbers, to be rounded into `qa/judging/weighing.py`,
and the area under the ROC curve by ten-fold cross-validation, a question's folds the same in every library.
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
from qa.evaluation.judgments import load_questions
from qa.judging.weighing import WEIGHED, WEIGHTS, features, weigh
from qa.questions import fixed_set
from qa.reading.question import read_question
from qa.settings import Settings


def main() -> None:
    """Prints the fitted weights and the cross-validated area under the curve."""
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as folder:
        take_in(Path(folder) / "starter", encoder, starter_sources())
        paths = [Path(folder) / "starter", *map(Path, sys.argv[1:])]
        rows = [row for path in paths for row in seen(Library.open(path), encoder)]
    found, answerable, ids = (np.array(column) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=10, max_iter=5000)
    model.fit(found, answerable)
    for name, weight in zip(WEIGHTS, model.coef_[0], strict=True):
        print(f"{name:12} {weight:6.2f}")
    print(f"{'level':12} {model.intercept_[0]:6.2f}")
    guessed = cross_val_predict(model, found, answerable, groups=ids, cv=GroupKFold(10), method="predict_proba")[:, 1]
    print(f"AUROC, cross-validated: {roc_auc_score(answerable, guessed):.4f}  ({len(rows)} questions and libraries)")


def seen(library: Library, encoder: SentenceEncoder) -> list[tuple[tuple[float, ...], bool, str]]:
    """For each question of the fixed set: the features of what is found, whether it is answerable, and its id."""
    rows = []
    for question in load_questions(fixed_set()):
        read = read_question(question.question, question.history)
        vector = encoder.encode([read.alone])[0]
        ranking = library.ranker.rank(vector, read.alone, WEIGHED, weight=Settings().words_weight)
        texts = [encoded_text(library.store.record(hit.record_id)) for hit in ranking.hits]
        rows.append((features(weigh(read, ranking, library.ranker, texts)), question.answerable, question.id))
    return rows


if __name__ == "__main__":
    main()
