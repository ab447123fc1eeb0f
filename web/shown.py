"""Mechanisms as pages show them: the lines of a table, its drawing, and where to have the whole as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from qa.mechanisms.table import MOST_SHOWN
from qa.results import AskResponse, Evidence, MechanismEntry
from qa.scope import EVERYTHING, Scope
from web.graph import Graph, graph_of
from web.limits import parameters


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `evidence` is what an answer shows it by, None outside an answer."""

    entry: MechanismEntry
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, and its drawing where there is one.

    Attributes:
        more: the addresses of the page before and after, None where there is none.
    """

    lines: tuple[Line, ...]
    graph: Graph | None
    downloads: tuple[tuple[str, str], ...]
    more: tuple[str | None, str | None] = (None, None)


def of_answer(response: AskResponse, scope: Scope = EVERYTHING) -> Shown | None:
    """The mechanisms of an answer, each with its evidence; None where it has none.

    Args:
        scope: what the question was limited to.
    """
    pieces = {piece.id: piece for piece in response.evidence}
    lines = tuple(
        Line(MechanismEntry(said, pieces[said.id].document, pieces[said.id].text), pieces[said.id])
        for said in response.mechanisms
    )
    if not lines:
        return None
    return Shown(lines, graph_of([line.entry for line in lines]), downloads(response.interpreted.question, scope))


def downloads(question: str | None, scope: Scope) -> tuple[tuple[str, str], ...]:
    """(name, address) of the whole table in each format."""
    asked: Sequence[tuple[str, str]] = [("question", question)] if question else []
    given = urlencode([*asked, *parameters(scope), ("limit", str(MOST_SHOWN))])
    return tuple((name, f"/api/mechanisms?{given}&format={name.lower()}") for name in ("CSV", "JSON"))
