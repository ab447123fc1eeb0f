"""What answers are worth, for the terminal, and what of it a report shows."""

from __future__ import annotations

from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table

from qa.evaluation.answer_metrics import COVERAGE, DEFINITIONS, LOWER_IS_BETTER
from qa.evaluation.answers import AnswerEvaluation
from qa.evaluation.judge import AnswerResult
from qa.evaluation.numbers import number, with_interval
from qa.evaluation.runs import Baseline
from qa.evaluation.significance import Comparison, compare

WEAKEST: Final = 15
"""How many of the weakest answers a report shows."""

BY_CATEGORY: Final = (COVERAGE, "coverage of found", "words a nugget", "citation precision")
"""The figures that are told by category."""


def answers_table(answers: AnswerEvaluation) -> Table:
    """The overall means for the terminal: a row a figure, 95 % intervals in brackets."""
    table = _table(f"Answers ({', '.join(answers.writers)})", "figure", "mean")
    for name in DEFINITIONS:
        if name in answers.overall.means:
            table.add_row(name, with_interval(answers.overall, name))
    table.add_section()
    if answers.words:
        table.add_row("words a nugget, median and 95th", f"{answers.words[0]:.1f}, {answers.words[1]:.1f}")
    told = answers.overall.abstention
    table.add_row("abstention precision", number(told.precision if told else None))
    table.add_row("abstention recall", number(told.recall if told else None))
    table.add_row("ms an answer, without the search", f"{answers.median_ms:.1f}")
    return table


def answers_by_category(answers: AnswerEvaluation) -> Table:
    """The main figures by category for the terminal; a dash where there is none."""
    table = _table("Answers by category", "category", "questions", *BY_CATEGORY)
    for summary in answers.categories:
        means = (number(summary.means.get(figure)) for figure in BY_CATEGORY)
        table.add_row(summary.name, str(summary.questions), *means)
    return table


def answer_comparison(answers: AnswerEvaluation, baseline: Baseline | None) -> Comparison | None:
    """The answers against those of the baseline; None where it holds none.

    Raises:
        BadQuestionSet: the baseline has no question in common.
    """
    if baseline is None or baseline.answers is None:
        return None
    return compare(
        "answers",
        answers.scores,
        "answers (baseline)",
        baseline.answers.scores,
        figures=DEFINITIONS,
        lower=LOWER_IS_BETTER,
        main=COVERAGE,
    )


def weakest(answers: AnswerEvaluation, count: int = WEAKEST) -> list[AnswerResult]:
    """The answers that leave out facts, or cite what does not bear them out: lowest coverage first, then by id."""
    poor = [result for result in answers.results if result.unsaid or result.missing or result.faults]
    return sorted(poor, key=lambda result: (result.scores.get(COVERAGE, 0.0), result.id))[:count]


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    return table
