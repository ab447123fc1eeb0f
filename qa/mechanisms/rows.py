"""What a table row says of its molecules, read by the headers of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus.records import Cell, TableRow
from qa.mechanisms.actors import molecules_in
from qa.mechanisms.assertions import assertions_in
from qa.mechanisms.cancers import cancers_in
from qa.mechanisms.cells import cell_name, cells_in, recipients_in
from qa.mechanisms.genes import genes_in
from qa.mechanisms.joining import Said, joined, said
from qa.mechanisms.pathways import pathways_in
from qa.mechanisms.processes import process_name
from qa.mechanisms.spans import Span, slots
from qa.results import Slot

Column = Literal["molecule", "cancer", "recipient", "source", "effect", "mechanism"]

# families of words, of which the first that fits a header counts
_HEADERS: Final[dict[Column, re.Pattern[str]]] = {
    "molecule": re.compile(r".*(?:\bmi-?rs?\b|mi-?rnas?\b|micro-?\s?rnas?\b)", re.IGNORECASE),
    "cancer": re.compile(
        r"(?!.*(?:suppress|marker|cell)).*(?:cancer|tumou?r|disease|malignan|carcinoma)", re.IGNORECASE
    ),
    "recipient": re.compile(r".*(?:recipient|acceptor|target(?:ed)?\s+cell|receiving|destination)", re.IGNORECASE),
    "source": re.compile(
        r".*(?:source|origin|donor|secret|parent\w*\s+cell|releas\w+\s+(?:by|from)|sample)", re.IGNORECASE
    ),
    "effect": re.compile(
        r".*(?:biological|activit|effect|function|role|outcome|process|phenotype|consequence)", re.IGNORECASE
    ),
    "mechanism": re.compile(r".*(?:mechanism|target|gene\b|pathway|signal|axis)", re.IGNORECASE),
}
_NOTHING: Final = re.compile(r"\W*(?:n\.?/?[ad]\.?|none|not\s+\w+|unknown)?\W*", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"\s*(?:[,;&]|(?<=\s)\+(?=\s)|\band\b)\s*(?![^()]{0,200}\))")  # none within brackets
# no thing by itself, but the first of two that share a word: "liver & lung metastasis"
_HALF: Final = re.compile(
    r"(?:lung|liver|bone|brain|ovarian|hepatic|pulmonary|distant|peritoneal|tumou?r|cell|vascular)", re.IGNORECASE
)
_LESS: Final = re.compile(
    r"(?P<word>inhibition|suppression|reduction|decrease|attenuation|prevention|inhibit(?:s|ing)|suppress(?:es|ing)"
    r"|restrain(?:s|ing)|block(?:s|ing)|prevent(?:s|ing)|impair(?:s|ing)|hamper(?:s|ing)"
    r"|reduc(?:es|ing|ed)|decreas(?:es|ing|ed)|less)\s+(?:of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
# goes together with something, or is what becomes of something else: no effect of the molecule
_NO_EFFECT: Final = re.compile(
    r"(?:\w+\s+){0,2}(?:bio)?(?:markers?|predictors?|indicators?)\s+(?:of|for)\b|(?:correlat|associat)\w+\s+with\b"
    r"|(?:linked|related)\s+to\b|together\s+with\b|.*\b(?:its|their)\s+(?:\w+\s+)?(?:loss|transfer|inhibition|lack|absence|removal)\b"
    r"|.*\([^()]*\b(?:inhibit|suppress|reduc|prevent)",
    re.IGNORECASE,
)
_LESS_AFTER: Final = re.compile(r"\s+(?P<word>inhibition|suppression|reduction|decrease|attenuation)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A mechanism as a row tells it; fields as in `Mechanism`."""

    molecule: tuple[Slot, ...]
    source: tuple[Slot, ...]
    recipient: tuple[Slot, ...]
    cancer: tuple[Slot, ...]
    said: Said


def told_by(row: TableRow, text: str, *, doubtful: bool) -> Iterator[Told]:
    """What a row tells of the molecules in its column of them, in order; nothing where it has none.

    Args:
        text: of the whole document.
        doubtful: cells that were carried down to the row may belong to another: they fill nothing then, unless the file
            itself says that the merged cell reaches the row.
    """
    cells = _columns(row, doubtful=doubtful)
    if "molecule" not in cells or not (
        molecule := _slots(text, cells["molecule"], molecules_in(cells["molecule"].text))
    ):
        return
    source = _slots(text, cells.get("source"), _sources(cells["source"].text) if "source" in cells else ())
    recipient = _recipients(text, cells)
    cancer = _slots(text, cells.get("cancer"), _cancers(cells["cancer"].text) if "cancer" in cells else ())
    effects = list(_effects(text, cells["effect"])) if "effect" in cells else []
    mechanism = list(_mechanism(text, cells["mechanism"])) if "mechanism" in cells else []
    found = list(joined([*mechanism, *effects]))
    if not found and (cancer or source) and "effect" not in cells:
        found = [Said()]
    for one in found:
        yield Told(molecule, source, recipient, cancer, one)


def _columns(row: TableRow, *, doubtful: bool) -> dict[Column, Cell]:
    """The filled cells that can be trusted, by what their header says they hold; the first of equals."""
    found: dict[Column, Cell] = {}
    for cell in row.cells:
        kind = next((kind for kind, header in _HEADERS.items() if header.match(cell.header)), None)
        slid = doubtful and cell.carried and not cell.spanned
        if kind and kind not in found and not slid and not _NOTHING.fullmatch(cell.text):
            found[kind] = cell
    return found


def _slots(text: str, cell: Cell | None, spans: tuple[Span, ...]) -> tuple[Slot, ...]:
    return slots(text, spans, cell.start) if cell else ()


def _cancers(cell: str) -> tuple[Span, ...]:
    """The cancers of a cell; where the table of organs knows none, what it lists."""
    return cancers_in(cell) or tuple(
        Span("cancer", cell[s.start : s.end].casefold(), s.start, s.end) for s in _parts(cell)
    )


def _sources(cell: str) -> tuple[Span, ...]:
    """The cells, tissues and fluids that a cell lists, as it lists them."""
    return tuple(Span("cell", cell_name(cell[one.start : one.end]), one.start, one.end) for one in _parts(cell))


def _recipients(text: str, cells: dict[Column, Cell]) -> tuple[Slot, ...]:
    """The cells of a column of them, otherwise those that the effect and the mechanism name."""
    if cell := cells.get("recipient"):
        return _slots(text, cell, cells_in(cell.text) or _parts(cell.text))
    named = [
        slot
        for kind in ("effect", "mechanism")
        if (cell := cells.get(kind))
        for slot in _slots(text, cell, recipients_in(cell.text, 0, len(cell.text), 0))
    ]
    return tuple({slot.name: slot for slot in reversed(named)}.values())[::-1]


def _parts(cell: str) -> tuple[Span, ...]:
    """The things that a cell lists, in order; the halves of one stay together."""
    parts: list[tuple[int, int]] = []
    start = 0
    for stop, following in [*(mark.span() for mark in _SEPARATOR.finditer(cell)), (len(cell), len(cell))]:
        if _HALF.fullmatch(cell, start, stop):
            continue
        if cell[start:stop].strip(" ()\\/-"):
            parts.append((start, stop))
        start = following
    return tuple(Span("process", process_name(cell[a:b]), a, b) for a, b in parts)


def _effects(text: str, cell: Cell) -> Iterator[Said]:
    """What a cell of effects lists: as it stands; where there is less of something, as what is inhibited."""
    less: Slot | None = None
    none = False
    last = 0
    for part in _parts(cell.text):
        apart = re.search(r"[,;]", cell.text[last : part.start])
        last, start, end = part.end, part.start, part.end
        less = None if apart else less
        none = bool(_NO_EFFECT.match(cell.text, start, end)) or (none and not apart)
        if none:
            continue
        if before := _LESS.match(cell.text, start):
            less, start = _word(text, cell, before), before.end()
        word = less
        if after := _LESS_AFTER.search(cell.text, start, end):
            word, end = _word(text, cell, after), after.start()
        slot = slots(text, [Span("process", process_name(cell.text[start:end]), start, end)], cell.start)
        yield Said(direction=(word,) if word else (), effect=slot)


def _word(text: str, cell: Cell, match: re.Match[str]) -> Slot:
    start, end = match.start("word") + cell.start, match.end("word") + cell.start
    return Slot(text[start:end], "inhibits", start, end)


def _mechanism(text: str, cell: Cell) -> Iterator[Said]:
    """What a cell of mechanisms says; the pathways and, where nothing else is said, the genes that it only names."""
    found = assertions_in(cell.text, about=True)
    yield from (said(one, text, cell.start) for one in found)
    used = [(one.start, one.end) for assertion in found for one in assertion.objects]
    pathways = pathways_in(cell.text)
    free = [one for one in pathways if not any(a < one.end and one.start < b for a, b in used)]
    if free:
        yield Said(pathway=_slots(text, cell, tuple(free)))
    if not found and not pathways:
        yield Said(target=_slots(text, cell, genes_in(cell.text)))
