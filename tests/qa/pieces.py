"""Evidence made by hand, for tests of what is written from it."""

from __future__ import annotations

from qa.results import Caution, CellCard, DocumentCard, Evidence, ReferenceCard, RowCard

KELP = DocumentCard("kelp", "Kelp letters", (), None, None, "kelp.md")


def piece(
    rank: int,
    text: str,
    *,
    cites: tuple[ReferenceCard, ...] = (),
    section: str | None = None,
    document: DocumentCard = KELP,
    start: int = 0,
) -> Evidence:
    """A passage with this text, which begins at `start` of its document."""
    record_id = f"{document.id}:{start}-{start + len(text)}"
    return Evidence(
        rank, record_id, "passage", text, 1.0, document, section, None, start, start + len(text), None, cites, (), ""
    )


def row(rank: int, cites: tuple[ReferenceCard, ...] = (), caution: str = "", **cells: str) -> Evidence:
    """Row 3 of Table 1 with these cells, by their headers, one after another from character 0, parted by tabs."""
    cards, place = [], 0
    for header, text in cells.items():
        cards.append(CellCard(header, text, False, place, place + len(text)))
        place += len(text) + 1
    text = "\t".join(cells.values())
    cautions = (Caution(caution, "The row says green."),) if caution else ()
    card = RowCard("Table 1", 3, "", tuple(cards))
    return Evidence(
        rank, f"kelp:0-{len(text)}", "row", text, 1.0, KELP, None, None, 0, len(text), card, cites, cautions, ""
    )


def cited(marker: str, text: str = "A study.", also: tuple = ()) -> ReferenceCard:
    """An entry of the reference list."""
    return ReferenceCard(marker, text, None, None, also)
