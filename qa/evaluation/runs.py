"""Results on disk: TREC run files, and the scores of every question as a baseline to compare with later.

Neither holds a date or a time: the same library, questions and settings give the same file, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from corpus.errors import BadQuestionSet, InputError
from index.hits import Hit, ranked
from qa.evaluation import metrics
from qa.evaluation.answer_metrics import COVERAGE
from qa.results import LibraryCard

FORMAT = "exocite scores 1"
"""The first field of a baseline file; its number changes with the shape of the file."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What was measured, so that two results can be told to be of the same thing.

    Attributes:
        library: content hash, size and encoder.
        settings: those that shape rankings and verdicts, by name.
        questions: the question set's name: its file, or its BEIR folder.
        questions_hash: of the questions, hexadecimal.
    """

    library: LibraryCard
    settings: Mapping[str, float | int | str]
    questions: str
    questions_hash: str


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """What answers were worth.

    Attributes:
        scores: by question id, then figure; all questions.
        abstained: ids of the questions that were told "not in these documents", in order.
    """

    scores: Mapping[str, Mapping[str, float]]
    abstained: Sequence[str]

    @property
    def abstention(self) -> metrics.Abstention:
        """How "not in these documents" was said; what is answerable has a coverage."""
        said = frozenset(self.abstained)
        return metrics.abstention((id_ in said, COVERAGE not in figures) for id_, figures in self.scores.items())

    def mean(self, figure: str) -> float | None:
        """Over the questions that have the figure; None where none has."""
        values = [figures[figure] for figures in self.scores.values() if figure in figures]
        return fmean(values) if values else None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Scores saved earlier.

    Attributes:
        setup: what was measured.
        scores: by system name, then question id, then figure; answerable questions only.
        auroc: by system name; None where it could not be computed.
        verdicts: by system name, then question id; empty for a system without, and in files of before there were any.
        answers: None where none were written, and in files of before they were measured.
    """

    setup: Setup
    scores: Mapping[str, Mapping[str, Mapping[str, float]]]
    auroc: Mapping[str, float | None]
    verdicts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: SavedAnswers | None = None

    def matching(self, system: str) -> str:
        """The name of the saved system to compare `system` with: of the same name, otherwise the first saved."""
        return system if system in self.scores else next(iter(self.scores))

    def abstention(self, system: str) -> metrics.Abstention | None:
        """How the system said "not in these documents", or None where no verdicts were saved."""
        verdicts = self.verdicts.get(system)
        if not verdicts:
            return None
        return metrics.abstention((said == "absent", id_ not in self.scores[system]) for id_, said in verdicts.items())


def write_run(path: Path, run: Mapping[str, Sequence[Hit]], tag: str) -> None:
    """Writes a TREC run file: `qid Q0 docid rank score tag` a line, questions in order, hits best first.

    trec_eval reads scores as 32-bit floats, sorts by them alone and breaks ties its own way. So scores are written
    as such floats, and one that is not below the one before it is lowered to the next float below: every reader
    finds the order that was given.

    Raises:
        BadQuestionSet: an id or the tag is empty or holds a blank, which the format cannot express.
        ValueError: a score is not finite.
        InputError: the file cannot be written.
    """
    lines = []
    for question, hits in run.items():
        scores = _descending([hit.score for hit in hits])
        for rank, (hit, score) in enumerate(zip(hits, scores, strict=True), start=1):
            for word in (question, hit.record_id, tag):
                if len(word.split()) != 1 or word.split()[0] != word:
                    raise BadQuestionSet(f"“{word}” cannot stand in a run file; give ids without blanks.")
            lines.append(f"{question} Q0 {hit.record_id} {rank} {score:.9g} {tag}\n")
    _write(path, "".join(lines))


def read_run(path: Path) -> dict[str, tuple[Hit, ...]]:
    """The hits of every question of a TREC run file, by score, then record id; the ranks in the file do not count.

    Raises:
        BadQuestionSet: the file cannot be read, or a line has not six fields, a score that is no finite number, or a
            record a second time; the message names the line.
    """
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line.strip():
            continue
        fields = line.split()
        if len(fields) != 6:
            raise BadQuestionSet(
                f"{path}, line {number}: {len(fields)} fields; a run file has six: qid Q0 docid rank score tag."
            )
        question, _, record, _, score, _ = fields
        scores = found.setdefault(question, {})
        if record in scores:
            raise BadQuestionSet(f"{path}, line {number}: {record} stands twice for {question}; keep one of the two.")
        scores[record] = _number(score, f"{path}, line {number}")
    return {question: ranked(scores.items(), len(scores)) for question, scores in found.items()}


def save_scores(
    path: Path,
    setup: Setup,
    scores: Mapping[str, Mapping[str, Mapping[str, float]]],
    auroc: Mapping[str, float | None],
    verdicts: Mapping[str, Mapping[str, str]] | None = None,
    answers: SavedAnswers | None = None,
) -> None:
    """Writes scores and verdicts by system, then question id, as a baseline that `load_scores` gives back unchanged.

    What answers were worth is written where there is any.

    Raises:
        InputError: the file cannot be written.
    """
    content = {
        "format": FORMAT,
        "setup": asdict(setup),
        "auroc": dict(auroc),
        "verdicts": verdicts or {},
        "scores": scores,
        **({"answers": asdict(answers)} if answers else {}),
    }
    _write(path, json.dumps(content, ensure_ascii=False, indent=1, default=dict) + "\n")


def load_scores(path: Path) -> Baseline:
    """The baseline that `save_scores` wrote.

    Raises:
        BadQuestionSet: the file cannot be read, is no such baseline, or holds no scores.
    """
    text = _read(path)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadQuestionSet(
            f"{path}, line {error.lineno}: not JSON ({error.msg}); give a file saved by evaluate."
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BadQuestionSet(f"{path}: not a baseline of this version (“{FORMAT}”); save a new one with evaluate.")
    try:
        return _baseline(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadQuestionSet(
            f"{path}: a part of the baseline is missing or of the wrong kind; save a new one."
        ) from error


def _baseline(content: dict[str, Any]) -> Baseline:
    setup, scores, answers = content["setup"], content["scores"], content.get("answers")
    if not scores or not all(scores.values()):
        message = "no scores"
        raise ValueError(message)
    return Baseline(
        setup=Setup(
            library=LibraryCard(**setup["library"]),
            settings=dict(setup["settings"]),
            questions=setup["questions"],
            questions_hash=setup["questions_hash"],
        ),
        scores={system: _figures(by_question) for system, by_question in scores.items()},
        auroc={system: None if value is None else float(value) for system, value in content["auroc"].items()},
        verdicts={system: dict(by_question) for system, by_question in content.get("verdicts", {}).items()},
        answers=SavedAnswers(_figures(answers["scores"]), tuple(answers["abstained"])) if answers else None,
    )


def _figures(by_question: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    return {id_: {name: float(value) for name, value in figures.items()} for id_, figures in by_question.items()}


def _descending(scores: Sequence[float]) -> list[float]:
    """The scores as 32-bit floats, each below the one before it."""
    lowest = np.float32(-np.inf)
    written: list[np.float32] = []
    for score in scores:
        if not isfinite(score):
            message = f"a score is {score}, not a finite number"
            raise ValueError(message)
        value = np.float32(score)
        if written and value >= written[-1]:
            value = np.nextafter(written[-1], lowest)
        written.append(value)
    return [float(value) for value in written]


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise BadQuestionSet(f"{where}: the score “{text}” is not a finite number; mend the line.")
    return value


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionSet(f"{path}: cannot be read ({error}); give a text file in UTF-8.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); choose another place.") from error
