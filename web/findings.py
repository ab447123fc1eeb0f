"""The page of what to know before the papers are trusted: of all of them, of those that hold some words, of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from corpus.summaries import DocumentSummary
from qa.overview import FINDING_KINDS, Finding, FindingKind, Overview, Tally, plural, summed_up, tally
from qa.results import DocumentCard
from qa.service import Service
from web.dependency import TheService
from web.leaves import Leaf, sought
from web.rendering import render

router = APIRouter(include_in_schema=False)

_PAPERS: Final = 20
"""Papers on one page."""
_OF_EACH: Final = 10
"""Findings of a paper that are shown among others."""
_FINDINGS: Final = 100
"""Findings of one paper on one page."""
_PLACE: Final = "findings"
"""Where on the page they begin."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper and findings of it; `more` says how many are left out, and `url` where all are."""

    document: DocumentCard
    findings: Sequence[Finding]
    more: int = 0
    url: str = ""


@router.get("/check")
def check(service: TheService, document: str | None = None, q: str = "", kind: str = "", page: str = "") -> Response:
    """What to know before trusting the papers, or one of them, each thing with a link to its place."""
    chosen = next((each for each in FINDING_KINDS if each == kind), None)
    if document is not None:
        return _of_one(service.shelf().overview(document), chosen, page)
    return _of_many(service, sought(q), chosen, page)


def _of_one(found: Overview, kind: FindingKind | None, page: str) -> Response:
    """The page of one paper."""
    findings = [finding for finding in found.findings if kind in {None, finding.kind}]
    asked = {"document": found.document.id}
    leaf = Leaf.of(findings, page, _FINDINGS, "/check", _PLACE, **asked, kind=kind)
    shown = [Checked(found.document, leaf.items)]
    return _page(leaf, shown, tally([found]), asked, kind, papers=1, one=True)


def _of_many(service: Service, q: str, kind: FindingKind | None, page: str) -> Response:
    """The page of the papers that hold these words, of those where nothing was found only how many they are."""
    shelf = service.shelf()
    papers = shelf.find(q)
    told = [paper for paper in papers if (shelf.tallies[paper.id][kind] if kind else shelf.tallies[paper.id])]
    leaf = Leaf.of(told, page, _PAPERS, "/check", _PLACE, q=q, kind=kind)
    shown = [_checked(shelf.overview(paper.id), kind) for paper in leaf.items]
    clear = 0 if kind else len(papers) - len(told)
    held = len(shelf.papers)
    return _page(leaf, shown, shelf.told(papers), {"q": q}, kind, papers=len(papers), documents=held, clear=clear)


def _checked(found: Overview, kind: FindingKind | None) -> Checked:
    """The first findings of a paper, of this kind where there is one."""
    findings = [finding for finding in found.findings if kind in {None, finding.kind}]
    url = "/check?" + urlencode({"document": found.document.id} | ({"kind": kind} if kind else {}))
    return Checked(found.document, findings[:_OF_EACH], len(findings[_OF_EACH:]), url)


def _page(
    leaf: Leaf[Finding] | Leaf[DocumentSummary],
    shown: Sequence[Checked],
    total: Tally,
    asked: dict[str, str],
    kind: FindingKind | None,
    *,
    papers: int,
    documents: int = 0,
    clear: int = 0,
    one: bool = False,
) -> Response:
    content = render(
        "check.html",
        leaf=leaf,
        shown=shown,
        total=summed_up(total),
        kinds=_kinds(total, asked),
        kind=kind,
        papers=papers,
        documents=documents,
        clear=clear,
        one=one,
        q=asked.get("q", ""),
    )
    return HTMLResponse(content)


def _kinds(total: Tally, asked: dict[str, str]) -> list[tuple[FindingKind | None, str, str, int]]:
    """Each kind that was found, and before them everything: the kind, what it is called, its address, how many."""
    found: list[tuple[FindingKind | None, str, int]] = [(None, "everything", total.total())]
    found += [(kind, plural(kind), total[kind]) for kind in FINDING_KINDS if total[kind]]
    kept = {name: value for name, value in asked.items() if value}
    return [
        (kind, name[0].upper() + name[1:], f"/check?{urlencode(kept | ({'kind': kind} if kind else {}))}", number)
        for kind, name, number in found
    ]
