"""An evaluation to be read: a page of HTML that stands alone, and a table for the terminal.

The page needs no other file and no network; its plots are drawn as SVG in the page's own colours, so that it reads
in light and in dark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rich.box import SIMPLE_HEAD
from rich.table import Table

from corpus.errors import InputError
from qa import metrics
from qa.evaluation import Evaluation, QuestionResult, Summary
from qa.runs import Baseline, Setup
from qa.significance import Comparison, compare

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WORST = 15
"""How many of the worst questions a report shows."""

CHANGED = 10
"""How many of the most changed questions a comparison shows."""

MAIN = "nDCG@10"
"""The figure that orders questions and fills plots."""

# Colours that stand for the page's own; drawn with these, then named by CSS variables of the same meaning.
_INK, _FAINT = "#010101", "#020202"
_SERIES = ("#030303", "#040404", "#050505", "#060606")
_VARIABLES = {_INK: "--ink", _FAINT: "--line"} | {c: f"--series-{n}" for n, c in enumerate(_SERIES, start=1)}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.titlesize": "medium",
    "axes.edgecolor": _FAINT,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": _FAINT,
    "grid.linewidth": 0.7,
    "legend.frameon": False,
}


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


def write_report(
    folder: Path, evaluations: Sequence[Evaluation], setup: Setup, baseline: Baseline | None = None
) -> Path:
    """Writes `report.html` into the folder, made if need be, and gives its path.

    Args:
        folder: where to write.
        evaluations: of the same questions, at least one; the first is the one the page is about.
        setup: what was measured.
        baseline: scores saved earlier, which every system is compared with.

    Raises:
        InputError: the file cannot be written.
        BadQuestionSet: the baseline has no question in common.
    """
    page = render_report(evaluations, setup, baseline)
    path = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); choose another place.") from error
    return path


def render_report(evaluations: Sequence[Evaluation], setup: Setup, baseline: Baseline | None = None) -> str:
    """The report as one HTML page; arguments as in `write_report`."""
    main = evaluations[0]
    environment = Environment(
        loader=PackageLoader("qa"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(number=number, signed=signed, p_value=p_value)
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
        by_category=_svg(lambda: _category_plot(evaluations), "categories") if main.overall.means else None,
        by_confidence=_svg(lambda: _confidence_plot(main), "confidence") if main.auroc is not None else None,
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


def as_table(evaluations: Sequence[Evaluation]) -> Table:
    """The overall means for the terminal: a row a figure, a column a system, 95 % intervals in brackets."""
    table = Table(title="Means over the answerable questions", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("figure")
    for evaluation in evaluations:
        table.add_column(evaluation.system, justify="right")
    for name in _figures(evaluations[0]):
        table.add_row(name, *(_with_interval(evaluation.overall, name) for evaluation in evaluations))
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
        table.add_column(heading, justify="left" if heading == "figure" else "right", no_wrap="%" in heading)
    for row in comparison.differences:
        low, high = row.interval
        means = (number(row.first), number(row.second), signed(row.change))
        counts = f"{row.better}/{row.worse}"
        table.add_row(row.metric, *means, f"{signed(low)} to {signed(high)}", counts, p_value(row.p_value))
    return table


def number(value: float | None) -> str:
    """Three digits after the point, or a dash where there is no figure."""
    return "–" if value is None else f"{value:.3f}"


def signed(value: float) -> str:
    """Three digits with a sign; a zero has none."""
    text = f"{value:+.3f}".replace("-", "−")
    return "0.000" if text[1:] == "0.000" else text


def p_value(value: float) -> str:
    """Three digits, or that it is below the least of them."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _figures(evaluation: Evaluation) -> list[str]:
    return [name for name in metrics.DEFINITIONS if name in evaluation.overall.means]


def _with_interval(summary: Summary, name: str) -> str:
    low, high = summary.intervals[name]
    return f"{number(summary.means[name])} ({number(low).removeprefix('0')}–{number(high).removeprefix('0')})"


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


def _category_plot(evaluations: Sequence[Evaluation]) -> Figure:
    """Bars of nDCG@10 with 95 % intervals, a group for each category with answerable questions, a bar a system."""
    names = [summary.name for summary in evaluations[0].categories if summary.answerable] + ["overall"]
    figure = _figure(0.8 + 0.17 * len(names) * (len(evaluations) + 1))
    axes = figure.add_subplot()
    for place, evaluation in enumerate(evaluations):
        summaries = {summary.name: summary for summary in evaluation.categories} | {"overall": evaluation.overall}
        height = 0.8 / len(evaluations)
        middles = [line - 0.4 + height * (place + 0.5) for line in range(len(names))]
        means = [summaries[name].means[MAIN] for name in names]
        ends = [summaries[name].intervals[MAIN] for name in names]
        spread = [
            [max(mean - low, 0) for mean, (low, _) in zip(means, ends, strict=True)],
            [max(high - mean, 0) for mean, (_, high) in zip(means, ends, strict=True)],
        ]
        axes.barh(middles, means, height * 0.9, color=_SERIES[place % len(_SERIES)], label=evaluation.system)
        axes.errorbar(means, middles, xerr=spread, fmt="none", color=_INK, ecolor=_INK, elinewidth=0.9, capsize=1.5)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.set_xlabel(f"{MAIN}, mean with 95 % interval")
    axes.grid(axis="x")
    if len(evaluations) > 1:
        figure.legend(loc="outside upper left", ncols=len(evaluations))
    return figure


def _confidence_plot(evaluation: Evaluation) -> Figure:
    """Histograms of the confidence, answerable above unanswerable, as shares of each kind."""
    figure = _figure(3.2)
    upper, lower = figure.subplots(2, 1, sharex=True, sharey=True)
    edges = [step / 20 for step in range(21)]
    for axes, answerable, colour in ((upper, True, _SERIES[0]), (lower, False, _SERIES[1])):
        values = [min(max(r.confidence, 0.0), 1.0) for r in evaluation.results if r.answerable == answerable]
        kind = "answerable" if answerable else "unanswerable"
        axes.hist(values, bins=edges, weights=[1 / len(values)] * len(values), color=colour, rwidth=0.9)
        axes.set_title(f"{kind} ({len(values)} questions)", loc="left")
        axes.set_ylabel("share")
        axes.grid(axis="y")
    lower.set_xlabel("confidence that the documents answer")
    lower.set_xlim(0, 1)
    return figure


def _figure(height: float) -> Figure:
    """An empty figure, 6.6 inches wide; drawn off screen, by whatever window system matplotlib would choose."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - half a second, for reports only
    from matplotlib.figure import Figure  # noqa: PLC0415 - likewise

    figure = Figure(figsize=(6.6, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _svg(draw: Callable[[], Figure], name: str) -> Markup:
    """The figure as an SVG element in the page's colours; `name` keeps its ids apart from other plots'."""
    from matplotlib import rc_context  # noqa: PLC0415 - half a second, for reports only

    drawn = io.StringIO()
    with rc_context({**_STYLE, "svg.hashsalt": name}):
        draw().savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = drawn.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(r'( id="|url\(#|xlink:href="#)', rf"\g<1>{name}-", text)
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    return Markup(text)  # noqa: S704 - drawn by matplotlib, which escapes the names of categories and systems
