"""The command `evaluate`: an evaluation with its progress bars, and what of it is printed and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from corpus.errors import BadSetting, InputError
from index.encoder import Encoder
from qa.commands.terminal import progress_bar
from qa.evaluation import experiment
from qa.evaluation.answer_report import answer_comparison, answers_by_category, answers_table
from qa.evaluation.experiment import Experiment
from qa.evaluation.report import as_table, category_table, comparisons, difference_table, steps_table
from qa.evaluation.runs import Baseline, Setup, load_scores
from qa.service import Service
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked to have measured and written.

    Attributes:
        questions: a question set; None for the fixed one.
        beir: a BEIR folder to measure on instead of the library.
        report: where to write an HTML report, run files and scores.
        baseline: scores saved earlier, to compare with.
        save: where to save the scores.
        ablation: whether to measure what each part adds.
    """

    questions: Path | None = None
    beir: Path | None = None
    report: Path | None = None
    baseline: Path | None = None
    save: Path | None = None
    ablation: bool = False


def measure(wanted: Wanted, settings: Settings, encoder: Encoder, console: Console) -> None:
    """What was asked for is measured, printed as tables and written.

    Raises:
        BadSetting: both a question set and a BEIR folder are given.
        BadQuestionSet: the set, the folder or the baseline cannot be read.
        InputError: the library holds nothing, or what is to be written cannot be.
    """
    if wanted.beir and wanted.questions:
        raise BadSetting("Give either a question set or --beir, not both.")
    before = load_scores(wanted.baseline) if wanted.baseline else None
    for folder in (wanted.report, wanted.save.parent if wanted.save else None):
        if folder:
            experiment.make_folder(folder)
    with _counting(console) as (told, encoding):
        if wanted.beir:
            done = experiment.on_beir(wanted.beir, encoder, settings, told, encoding, ablation=wanted.ablation)
        else:
            service = _filled(settings, encoder)
            done = experiment.on_library(service, wanted.questions, told, ablation=wanted.ablation)
    _print(done, before, console, categories=wanted.beir is None)
    if wanted.save:
        done.save(wanted.save)
    if wanted.report:
        console.print(f"Report: {experiment.write(done, wanted.report, before)}")


def _print(done: Experiment, before: Baseline | None, console: Console, *, categories: bool) -> None:
    """Every table of the experiment, and how it compares with the scores of before."""
    console.print(as_table(done.evaluations))
    if categories:
        console.print(category_table(done.evaluations))
    if done.steps:
        console.print(steps_table(done.steps))
    if done.answers:
        console.print(answers_table(done.answers))
        if categories:
            console.print(answers_by_category(done.answers))
    if before and (caution := unlike(before.setup, done.setup)):
        console.print(caution, style="yellow")
    for comparison in comparisons(done.evaluations, before):
        console.print(difference_table(comparison))
    if done.answers and (compared := answer_comparison(done.answers, before)):
        console.print(difference_table(compared))


def unlike(before: Setup, now: Setup) -> str:
    """What a baseline was measured on that is not what is measured now, in one sentence; "" where it is the same."""
    what = []
    if before.library.hash != now.library.hash:
        what.append("another library")
    if before.questions_hash != now.questions_hash:
        what.append("other questions")
    if not what:
        return ""
    only = " Only questions whose id both have are compared." if "other questions" in what else ""
    return f"The baseline was made with {' and '.join(what)}: a change may come from there.{only}"


def _filled(settings: Settings, encoder: Encoder) -> Service:
    """The library, which holds something to be found: over an empty one every figure would be zero."""
    service = Service(settings.library, settings, encoder)
    if not service.library().records:
        service.close()
        msg = f"The library at {settings.library} holds nothing to search; `exocite add PATH…` reads papers into it."
        raise InputError(msg)
    return service


@contextmanager
def _counting(console: Console) -> Iterator[tuple[Callable[[str, int, int], None], Callable[[int, int], None]]]:
    """What an evaluation tells of its questions and its encoding, as progress bars."""
    with progress_bar(console) as show:
        yield (
            lambda system, n, total: show(f"Asking ({system})", n, total),
            lambda n, total: show("Embedding", n, total),
        )
