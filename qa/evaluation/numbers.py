"""How figures are written for readers."""

from __future__ import annotations

from qa.evaluation.retrieval import Summary


def number(value: float | None) -> str:
    """Three digits after the point, from 10 on one; or a dash where there is no figure."""
    return "–" if value is None else f"{value:.{1 if value >= 10 else 3}f}"


def signed(value: float) -> str:
    """Three digits with a sign; a zero has none."""
    text = f"{value:+.3f}".replace("-", "−")
    return "0.000" if text[1:] == "0.000" else text


def p_value(value: float) -> str:
    """Three digits, or that it is below the least of them."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def with_interval(summary: Summary, name: str) -> str:
    """The mean of a figure with its 95 % interval: `0.375 (.000–.750)`."""
    low, high = summary.intervals[name]
    return f"{number(summary.means[name])} ({number(low).removeprefix('0')}–{number(high).removeprefix('0')})"
