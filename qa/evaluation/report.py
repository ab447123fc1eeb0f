"""An evaluation to be read: a page of HTML that stands alone, and a table for the terminal.

The page needs no other file and no network; its plots are drawn as SVG in the page's own colours, so that it reads
in light and in dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.box import SIMPLE_HEAD
from rich.table import Table

from corpus.errors import InputError
from qa.counts import counted
from qa.evaluation import answer_metrics, metrics
from qa.evaluation.ablation import FIGURES, MEANINGS, Measured
from qa.evaluation.answer_report import answer_comparison, weakest
from qa.evaluation.answers import AnswerEvaluation
from qa.evaluation.numbers import number, p_value, signed, with_interval
from qa.evaluation.plots import answers_plot, category_plot, confidence_plot, steps_plot, svg
from qa.evaluation.retrieval import Evaluation, QuestionResult
from qa.evaluation.runs import Baseline, Setup
from qa.evaluation.significance import Comparison, compare

WORST = 15
"""How many of the worst questions a report shows."""

CHANGED = 10
"""How many of the most changed questions a comparison shows."""

MAIN = "nDCG@10"
"""The figure that orders questions and fills plots."""


@dataclass(frozen=True, slots=True)
class Worst:
    """A question that went badly.

    Attributes:
        result: what it gave.
        answers: where its relevant records stand: "2 at rank 4, 1 at rank 12", or that none was returned.
        first: ids of the first records returned.
    """

    result: QuestionResult
    answers: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepsLine:
    """One category of an ablation, or all of them.

    Attributes:
        name: of the category, or `"overall"`.
        questions: how many answerable ones.
        means: of nDCG@10, one a step, in order.
    """

    name: str
    questions: int
    means: tuple[float, ...]

    @property
    def best(self) -> float:
        """The highest of the means."""
        return max(self.means)


def write_report(
    folder: Path,
    evaluations: Sequence[Evaluation],
    setup: Setup,
    baseline: Baseline | None = None,
    steps: Sequence[Measured] = (),
    answers: AnswerEvaluation | None = None,
) -> Path:
    """Writes `report.html` into the folder, made if need be, and gives its path.

    Args:
        folder: where to write.
        evaluations: of the same questions, at least one; the first is the one the page is about.
        setup: what was measured.
        baseline: scores saved earlier, which every system is compared with.
        steps: of an ablation, in order; none where it was not asked for.
        answers: to the same questions; None where none were written.

    Raises:
        InputError: the file cannot be written.
        BadQuestionSet: the baseline has no question in common.
    """
    page = render_report(evaluations, setup, baseline, steps, answers)
    path = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); choose another place.") from error
    return path


def render_report(
    evaluations: Sequence[Evaluation],
    setup: Setup,
    baseline: Baseline | None = None,
    steps: Sequence[Measured] = (),
    answers: AnswerEvaluation | None = None,
) -> str:
    """The report as one HTML page; arguments as in `write_report`."""
    main = evaluations[0]
    environment = Environment(
        loader=PackageLoader("qa"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(counted=counted, number=number, signed=signed, p_value=p_value)
    return environment.get_template("report.html").render(
        setup=setup,
        baseline=baseline,
        same_questions=baseline is None or baseline.setup.questions_hash == setup.questions_hash,
        main=main,
        evaluations=evaluations,
        figures=_figures(main),
        definitions=metrics.DEFINITIONS,
        comparisons=comparisons(evaluations, baseline),
        texts={result.id: result.question for result in main.results},
        changed=CHANGED,
        by_category=svg(lambda: category_plot(evaluations, MAIN), "categories") if main.overall.means else None,
        by_confidence=svg(lambda: confidence_plot(main), "confidence") if main.auroc is not None else None,
        steps=steps,
        step_figures=FIGURES,
        meanings=MEANINGS,
        step_categories=steps_by_category(steps),
        by_step=svg(lambda: steps_plot(steps, MAIN), "steps") if steps and main.overall.means else None,
        answers=answers,
        answer_figures=answer_metrics.DEFINITIONS,
        answer_difference=answer_comparison(answers, baseline) if answers else None,
        by_answer=svg(lambda: answers_plot(answers), "answers") if answers and answers.answerable else None,
        weakest=weakest(answers) if answers else [],
        worst=worst_questions(main),
        surest=_surest_unanswerable(main),
    )


def comparisons(evaluations: Sequence[Evaluation], baseline: Baseline | None) -> list[Comparison]:
    """Systems against their baselines, where there are any, then the first system against each of the others.

    The first system is compared with the saved one of its name, or else the first saved; the others with the saved one
    of their own name only.

    Raises:
        BadQuestionSet: the baseline has no question in common.
    """
    found = []
    if baseline is not None:
        for place, evaluation in enumerate(evaluations):
            saved = baseline.matching(evaluation.system)
            if place > 0 and saved != evaluation.system:
                continue
            found.append(compare(evaluation.system, evaluation.scores, f"{saved} (baseline)", baseline.scores[saved]))
    first, *others = evaluations
    if first.scores:
        found += [compare(first.system, first.scores, other.system, other.scores) for other in others]
    return found


def worst_questions(evaluation: Evaluation, count: int = WORST) -> list[Worst]:
    """The answerable questions below 1, lowest nDCG@10 first, then lowest MRR@10, then by id."""
    poor = [result for result in evaluation.results if result.answerable and result.scores[MAIN] < 1]
    poor.sort(key=lambda result: (result.scores[MAIN], result.scores["MRR@10"], result.id))
    return [
        Worst(result=result, answers=_answers(result), first=tuple(hit.record_id for hit in result.hits[:3]))
        for result in poor[:count]
    ]


def steps_by_category(steps: Sequence[Measured]) -> list[StepsLine]:
    """nDCG@10 of every step by category, one line for each with answerable questions, then the overall one."""
    by_step = [(*step.evaluation.categories, step.evaluation.overall) for step in steps]
    return [
        StepsLine(group[0].name, group[0].answerable, tuple(summary.means[MAIN] for summary in group))
        for group in zip(*by_step, strict=True)
        if group[0].answerable
    ]


def as_table(evaluations: Sequence[Evaluation]) -> Table:
    """The overall means for the terminal: a row a figure, a column a system, 95 % intervals in brackets."""
    table = Table(title="Means over the answerable questions", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("figure")
    for evaluation in evaluations:
        table.add_column(evaluation.system, justify="right")
    for name in _figures(evaluations[0]):
        table.add_row(name, *(with_interval(evaluation.overall, name) for evaluation in evaluations))
    told = [evaluation.overall.abstention for evaluation in evaluations]
    table.add_section()
    table.add_row("AUROC", *(number(evaluation.auroc) for evaluation in evaluations))
    table.add_row("abstention precision", *(number(counts.precision if counts else None) for counts in told))
    table.add_row("abstention recall", *(number(counts.recall if counts else None) for counts in told))
    table.add_row("ms a question", *(f"{evaluation.median_ms:.1f}" for evaluation in evaluations))
    return table


def category_table(evaluations: Sequence[Evaluation], figure: str = MAIN) -> Table:
    """One figure by category for the terminal: a row a category, a column a system; a dash where none is answerable."""
    table = Table(title=f"{figure} by category", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("category")
    table.add_column("questions", justify="right")
    for evaluation in evaluations:
        table.add_column(evaluation.system, justify="right")
    for line, summary in enumerate(evaluations[0].categories):
        means = (number(evaluation.categories[line].means.get(figure)) for evaluation in evaluations)
        table.add_row(summary.name, str(summary.questions), *means)
    return table


def difference_table(comparison: Comparison) -> Table:
    """A comparison for the terminal: both means, the change with its interval, how many questions rose and fell, p."""
    table = Table(
        title=f"{comparison.first} − {comparison.second}", title_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    for heading in ("figure", comparison.first, comparison.second, "change", "95 % interval", "up/down", "p"):
        table.add_column(
            heading, justify="left" if heading == "figure" else "right", no_wrap=heading == "figure" or "%" in heading
        )
    for row in comparison.differences:
        low, high = row.interval
        means = (number(row.first), number(row.second), signed(row.change))
        counts = f"{row.worse}/{row.better}" if row.lower else f"{row.better}/{row.worse}"
        table.add_row(row.metric, *means, f"{signed(low)} to {signed(high)}", counts, p_value(row.p_value))
    return table


def steps_table(steps: Sequence[Measured]) -> Table:
    """An ablation for the terminal: a row a step, the change in nDCG@10 against the step before, and its p."""
    table = Table(title="Step by step", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("step", *FIGURES, f"change in {MAIN}", "p", "against"):
        table.add_column(heading, justify="left" if heading in {"step", "against"} else "right")
    for step in steps:
        means = (number(step.evaluation.overall.means.get(figure)) for figure in FIGURES)
        change = (signed(step.change.change), p_value(step.change.p_value)) if step.change else ("–", "–")
        table.add_row(step.evaluation.system, *means, *change, step.before)
    return table


def _figures(evaluation: Evaluation) -> list[str]:
    return [name for name in metrics.DEFINITIONS if name in evaluation.overall.means]


def _answers(result: QuestionResult) -> str:
    missing = result.relevant - len(result.found)
    if result.relevant == 0:
        return "no such evidence in this library"
    if not result.found:
        return f"none of {result.relevant} returned"
    places = [f"{rank} (grade {grade})" for rank, grade in result.found[:6]]
    more = [f"{len(result.found) - 6} further down"] if len(result.found) > 6 else []
    return "; ".join([", ".join(places), *more, *([f"{missing} not returned"] if missing else [])])


def _surest_unanswerable(evaluation: Evaluation, count: int = 10) -> list[QuestionResult]:
    """The unanswerable questions that were not told so, surest first; all of them where there are no verdicts."""
    missed = [result for result in evaluation.results if not result.answerable and result.verdict != "absent"]
    return sorted(missed, key=lambda result: (-result.confidence, result.id))[:count]
