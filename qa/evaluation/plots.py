"""The plots of a report: drawn off screen, given as SVG in the page's own colours."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from qa.counts import counted
from qa.evaluation.ablation import Measured
from qa.evaluation.answers import AnswerEvaluation
from qa.evaluation.judge import AnswerResult
from qa.evaluation.retrieval import Evaluation, Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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


def category_plot(evaluations: Sequence[Evaluation], name: str) -> Figure:
    """Bars of a figure with 95 % intervals, a group for each category with answerable questions, a bar a system."""
    groups = [summary.name for summary in evaluations[0].categories if summary.answerable] + ["overall"]
    figure = _figure(0.8 + 0.17 * len(groups) * (len(evaluations) + 1))
    axes = figure.add_subplot()
    for place, evaluation in enumerate(evaluations):
        summaries = {summary.name: summary for summary in evaluation.categories} | {"overall": evaluation.overall}
        height = 0.8 / len(evaluations)
        middles = [line - 0.4 + height * (place + 0.5) for line in range(len(groups))]
        colour = _SERIES[place % len(_SERIES)]
        _bars(axes, middles, [summaries[group] for group in groups], name, height * 0.9, colour, evaluation.system)
    _lay_out(axes, groups, f"{name}, mean with 95 % interval")
    if len(evaluations) > 1:
        figure.legend(loc="outside upper left", ncols=len(evaluations))
    return figure


def steps_plot(steps: Sequence[Measured], name: str) -> Figure:
    """Bars of a figure over all questions with 95 % intervals, one a step of an ablation."""
    figure = _figure(0.7 + 0.3 * len(steps))
    axes = figure.add_subplot()
    _bars(axes, range(len(steps)), [step.evaluation.overall for step in steps], name, 0.7, _SERIES[0])
    _lay_out(axes, [step.evaluation.system for step in steps], f"{name}, mean with 95 % interval")
    return figure


def answers_plot(answers: AnswerEvaluation) -> Figure:
    """By category the facts that answers say, those only the evidence holds and the rest; then coverage as one reads.

    The curve is the mean share of the facts that a reader knows after so many words, over the answerable questions;
    that what is read is taken as one trail of text is from Sakai & Dou (SIGIR 2013).
    """
    names = [category.name for category in answers.categories if category.answerable]
    figure = _figure(3.4 + 0.3 * (len(names) + 1))
    upper, lower = figure.subplots(2, 1, height_ratios=(0.3 * (len(names) + 1) + 0.6, 2.2))
    groups = [[result for result in answers.answerable if result.category == name] for name in names]
    _parts(upper, [*groups, answers.answerable])
    _lay_out(upper, [*names, "overall"], "facts that answer, mean share")
    figure.legend(loc="outside upper left", ncols=2)
    lower.step(*_known(answers.answerable), where="post", color=_SERIES[0])
    lower.set_ylim(0, 1)
    lower.set_xlim(0)
    lower.set_xlabel("words read of an answer")
    lower.set_ylabel("coverage")
    lower.grid(axis="y")
    return figure


def _known(results: Sequence[AnswerResult]) -> tuple[list[int], list[float]]:
    """How many words are read, wherever an answer says more, and the mean share of the facts known by then."""
    reads = sorted({0, *(read for result in results for read, _ in result.trail)})
    shares = [[max((share for at, share in one.trail if at <= read), default=0.0) for one in results] for read in reads]
    return reads, [fmean(known) for known in shares]


def _parts(axes: Axes, groups: Sequence[Sequence[AnswerResult]]) -> None:
    """One bar a group of answers, from top to bottom: the share of the facts said, then of those only found."""
    lines = range(len(groups))
    said = [fmean(len(one.said) / one.nuggets for one in group) for group in groups]
    found = [fmean(len(one.unsaid) / one.nuggets for one in group) for group in groups]
    axes.barh(lines, said, 0.7, color=_SERIES[0], label="said")
    axes.barh(lines, found, 0.7, left=said, color=_SERIES[1], label="in the evidence, not said")


def _bars(
    axes: Axes,
    middles: Sequence[float],
    summaries: Sequence[Summary],
    name: str,
    height: float,
    colour: str,
    label: str | None = None,
) -> None:
    """Bars of a figure with 95 % intervals, one a summary, at these heights."""
    means = [summary.means[name] for summary in summaries]
    ends = [summary.intervals[name] for summary in summaries]
    spread = [
        [max(mean - low, 0) for mean, (low, _) in zip(means, ends, strict=True)],
        [max(high - mean, 0) for mean, (_, high) in zip(means, ends, strict=True)],
    ]
    axes.barh(middles, means, height, color=colour, label=label)
    axes.errorbar(means, middles, xerr=spread, fmt="none", color=_INK, ecolor=_INK, elinewidth=0.9, capsize=1.5)


def _lay_out(axes: Axes, lines: Sequence[str], name: str) -> None:
    """Lines of bars from top to bottom, from 0 to 1."""
    axes.set_yticks(range(len(lines)), lines)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.set_xlabel(name)
    axes.grid(axis="x")


def confidence_plot(evaluation: Evaluation) -> Figure:
    """Histograms of the confidence, answerable above unanswerable, as shares of each kind."""
    figure = _figure(3.2)
    upper, lower = figure.subplots(2, 1, sharex=True, sharey=True)
    edges = [step / 20 for step in range(21)]
    for axes, answerable, colour in ((upper, True, _SERIES[0]), (lower, False, _SERIES[1])):
        values = [min(max(r.confidence, 0.0), 1.0) for r in evaluation.results if r.answerable == answerable]
        kind = "answerable" if answerable else "unanswerable"
        axes.hist(values, bins=edges, weights=[1 / len(values)] * len(values), color=colour, rwidth=0.9)
        axes.set_title(f"{kind} ({counted(len(values), 'question')})", loc="left")
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


def svg(draw: Callable[[], Figure], name: str) -> Markup:
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
