"""One evaluation from start to end: the fixed set over a library, or a BEIR folder, by every system."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import InputError
from corpus.records import Record, Reference
from index.encoder import Encoder, Progress
from index.ranking import MODES
from index.reranker import open_reranker
from qa import judgments
from qa.beir import read_beir
from qa.evaluation import Evaluation, evaluate, nugget_holders, questions_hash
from qa.questions import fixed_set
from qa.results import LibraryCard
from qa.runs import Baseline, Setup, save_scores, write_run
from qa.service import Service
from qa.settings import Settings
from qa.systems import Again, BeirSystem, LibrarySystem, beir_ranker, question_vectors

Told = Callable[[str, int, int], None]
"""Called with (system, questions done, questions in all)."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """What was measured, and what came of it; the product as it is comes first."""

    setup: Setup
    evaluations: tuple[Evaluation, ...]

    def save(self, path: Path) -> None:
        """The scores of every question are in `path`, to be compared with later."""
        evaluations = self.evaluations
        save_scores(
            path, self.setup, {e.system: e.scores for e in evaluations}, {e.system: e.auroc for e in evaluations}
        )

    def write_runs(self, folder: Path) -> tuple[Path, ...]:
        """One TREC run file a system is in `folder`, which is made.

        Raises:
            InputError: the folder cannot be written in.
        """
        paths = []
        for evaluation in self.evaluations:
            paths.append(folder / f"{evaluation.system}.run")
            write_run(paths[-1], evaluation.run, f"exocite-{evaluation.system}")
        return tuple(paths)


def on_library(service: Service, questions: Path | None, told: Told) -> Experiment:
    """Every system over the service's library, judged by a question set; None for the fixed one.

    Raises:
        BadQuestionSet: the set cannot be read.
    """
    path = fixed_set() if questions is None else questions
    asked = judgments.load_questions(path)
    store = service.opened().store
    records = tuple(store.records())
    cited = {record.id: store.cited(record) for record in records}

    def references_of(record: Record) -> Sequence[Reference]:
        return cited[record.id]

    qrels = judgments.qrels(asked, records, references_of)
    holders = nugget_holders(asked, qrels, records, references_of)
    evaluations = [
        evaluate(LibrarySystem(mode, service), asked, qrels, holders, lambda n, mode=mode: told(mode, n, len(asked)))  # type: ignore[misc]
        for mode in MODES
    ]
    setup = Setup(service.library(), service.settings.shaping(), path.name, questions_hash(asked))
    return Experiment(setup, tuple(evaluations))


def on_beir(folder: Path, encoder: Encoder, settings: Settings, told: Told, encoding: Progress) -> Experiment:
    """Every system over a BEIR folder, each document one record.

    Raises:
        BadQuestionSet: the folder cannot be read.
    """
    benchmark = read_beir(folder)
    ranker = beir_ranker(benchmark.documents, encoder, encoding)
    vectors = question_vectors(benchmark.questions, encoder)
    asked = benchmark.questions
    again = None
    if reranker := open_reranker(settings.reranker):
        again = Again(reranker, settings.reranker_weight, {one.id: one.text for one in benchmark.documents})
    evaluations = [
        evaluate(
            BeirSystem(mode, ranker, vectors, settings.words_weight, again),
            asked,
            benchmark.qrels,
            progress=lambda n, mode=mode: told(mode, n, len(asked)),  # type: ignore[misc]
        )
        for mode in MODES
    ]
    digest = hashlib.sha256()
    for document in benchmark.documents:
        digest.update(f"{document.id}\t{document.text}\n".encode())
    size = len(benchmark.documents)
    card = LibraryCard(digest.hexdigest(), size, size, encoder.identity.model)
    return Experiment(Setup(card, settings.shaping(), benchmark.name, questions_hash(asked)), tuple(evaluations))


BASELINE: Final = "baseline.json"
"""The name under which a report keeps the scores it shows."""


def make_folder(folder: Path) -> None:
    """The folder is there; to be known before an hour is spent on what shall be written in it.

    Raises:
        InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"The folder {folder} cannot be made ({error.strerror or error}); choose another place."
        raise InputError(msg) from error


def write(experiment: Experiment, folder: Path, baseline: Baseline | None) -> Path:
    """The report, the run files and the scores are in `folder`; gives the report's path."""
    from qa.report import write_report  # noqa: PLC0415 (plots cost a second to import)

    experiment.write_runs(folder)
    experiment.save(folder / BASELINE)
    return write_report(folder, experiment.evaluations, experiment.setup, baseline)
