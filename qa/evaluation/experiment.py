"""One evaluation from start to end: the fixed set over a library, or a BEIR folder, by every system."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from corpus.errors import InputError
from corpus.records import Record, Reference
from index.encoder import Encoder, Progress
from index.ranking import MODES, Mode
from index.reranker import open_reranker
from index.texts import worded_text
from qa.evaluation import judgments
from qa.evaluation.ablation import Measured, compared, systems
from qa.evaluation.answers import AnswerEvaluation, evaluate_answers
from qa.evaluation.beir import BeirQuestion, read_beir
from qa.evaluation.judgments import Question
from qa.evaluation.retrieval import Evaluation, System, evaluate, nugget_holders, questions_hash
from qa.evaluation.runs import Baseline, SavedAnswers, Setup, save_scores, write_run
from qa.evaluation.systems import Again, LibrarySystem, RankerSystem, beir_ranker, text_vectors
from qa.questions import fixed_set
from qa.results import LibraryCard
from qa.service import Service
from qa.settings import Settings

ANSWERS: Final = "answers"
"""What is told of the writing of answers, in place of a system's name."""

Told = Callable[[str, int, int], None]
"""Called with (system, questions done, questions in all)."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """What was measured, and what came of it; the product as it is comes first.

    Attributes:
        steps: to the product, where they were asked for.
        answers: what the product's answers are worth; None where none were written.
    """

    setup: Setup
    evaluations: tuple[Evaluation, ...]
    steps: tuple[Measured, ...] = ()
    answers: AnswerEvaluation | None = None

    def save(self, path: Path) -> None:
        """The scores of every question are in `path`, to be compared with later."""
        save_scores(
            path,
            self.setup,
            {e.system: e.scores for e in self.evaluations},
            {e.system: e.auroc for e in self.evaluations},
            {e.system: e.verdicts for e in self.evaluations},
            SavedAnswers(self.answers.scores, self.answers.abstained) if self.answers else None,
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


def on_library(
    service: Service,
    questions: Path | None,
    told: Told,
    *,
    modes: Sequence[Mode] = MODES,
    ablation: bool = False,
    answers: bool = True,
) -> Experiment:
    """Every system over the service's library and its answers, judged by a question set; None for the fixed one.

    Args:
        modes: the systems to measure, the product first.
        ablation: whether to measure the steps to the product too.
        answers: whether to measure the answers.

    Raises:
        BadQuestionSet: the set cannot be read.
    """
    path = fixed_set() if questions is None else questions
    asked = judgments.load_questions(path)
    library = service.opened()
    records = tuple(library.store.records())
    cited = {record.id: library.store.cited(record) for record in records}

    def references_of(record: Record) -> Sequence[Reference]:
        return cited[record.id]

    qrels = judgments.qrels(asked, records, references_of)
    holders = nugget_holders(asked, qrels, records, references_of)

    def measured(systems: Iterable[System[Question]]) -> tuple[Evaluation, ...]:
        return tuple(evaluate(one, asked, qrels, holders, _of(told, one, asked)) for one in systems)

    evaluations = measured(LibrarySystem(mode, service) for mode in modes)
    steps: tuple[Measured, ...] = ()
    if ablation:
        worded = [(worded_text(record, cited[record.id]), record.document_id) for record in records]
        steps = compared(measured(_library_steps(service, asked, worded)), evaluations[0])
    setup = Setup(service.library(), service.settings.shaping(), path.name, questions_hash(asked))
    written = evaluate_answers(service, asked, lambda done: told(ANSWERS, done, len(asked))) if answers else None
    return Experiment(setup, evaluations, steps, written)


def _library_steps(
    service: Service, asked: Sequence[Question], worded: Sequence[tuple[str, str]]
) -> Iterator[RankerSystem]:
    """Every step but the last over the service's library."""
    turns = {one.id: (service.read(one.question).alone, service.read(one.question, one.history).alone) for one in asked}
    # one by one, as the product encodes them: in a batch the last bits differ
    vectors = {text: service.encoder.encode([text])[0] for text in dict.fromkeys(chain(*turns.values()))}
    return systems(service.opened().ranker, worded, turns, vectors, service.settings.words_weight)


def on_beir(
    folder: Path, encoder: Encoder, settings: Settings, told: Told, encoding: Progress, *, ablation: bool = False
) -> Experiment:
    """Every system over a BEIR folder, each document one record.

    Args:
        ablation: whether to measure the steps to the product too.

    Raises:
        BadQuestionSet: the folder cannot be read.
    """
    benchmark = read_beir(folder)
    ranker = beir_ranker(benchmark.documents, encoder, encoding)
    asked, weight = benchmark.questions, settings.words_weight
    texts = {one.id: one.question for one in asked}
    vectors = text_vectors(texts.values(), encoder)
    again = None
    if reranker := open_reranker(settings.reranker):
        again = Again(reranker, settings.reranker_weight, {one.id: one.text for one in benchmark.documents})

    def measured(systems: Iterable[System[BeirQuestion]]) -> tuple[Evaluation, ...]:
        return tuple(evaluate(one, asked, benchmark.qrels, progress=_of(told, one, asked)) for one in systems)

    evaluations = measured(RankerSystem(mode, ranker, texts, vectors, weight, mode, again) for mode in MODES)
    steps: tuple[Measured, ...] = ()
    if ablation:
        turns = {id_: (text, text) for id_, text in texts.items()}
        worded = [(document.text, document.id) for document in benchmark.documents]
        steps = compared(measured(systems(ranker, worded, turns, vectors, weight)), evaluations[0])
    digest = hashlib.sha256()
    for document in benchmark.documents:
        digest.update(f"{document.id}\t{document.text}\n".encode())
    size = len(benchmark.documents)
    card = LibraryCard(digest.hexdigest(), size, size, encoder.identity.model)
    return Experiment(Setup(card, settings.shaping(), benchmark.name, questions_hash(asked)), evaluations, steps)


def _of(told: Told, system: System[Any], asked: Sequence[object]) -> Callable[[int], None]:
    """What to tell of one system's progress."""
    return lambda done: told(system.name, done, len(asked))


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
    from qa.evaluation.report import write_report  # noqa: PLC0415 (plots cost a second to import)

    experiment.write_runs(folder)
    experiment.save(folder / BASELINE)
    return write_report(
        folder, experiment.evaluations, experiment.setup, baseline, experiment.steps, experiment.answers
    )
