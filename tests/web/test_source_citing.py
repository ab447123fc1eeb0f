"""The source page of documents whose format itself says what cites what."""

from __future__ import annotations

import re

from corpus.assemble import read_document
from tests.corpus.jats import article
from web.source import source_view


def links(data: bytes, name: str) -> list[tuple[str, str]]:
    """Every linked text with the entry it leads to."""
    reading = read_document(name, data, document_id="a", source="s")
    pieces = [
        piece
        for node in source_view(reading, (0, len(reading.document.text))).nodes
        for line in node.lines
        for cell in line.cells
        for piece in cell
    ]
    assert "".join(piece.text for piece in pieces if piece.marked) == re.sub(r"[\n\t]", "", reading.document.text)
    return [(piece.text, piece.link) for piece in pieces if piece.link]


def test_author_and_year_lead_to_their_entry():
    """And other brackets with numbers lead nowhere."""
    body = (
        '<p>As (<xref ref-type="bibr" rid="r3">Gull, 2018</xref>; <xref ref-type="bibr" rid="no">No, 1</xref>) [1].</p>'
    )
    assert links(article(body), "a.xml") == [("Gull, 2018", "3")]


def test_a_study_that_only_a_row_names_has_no_entry_to_lead_to():
    """A cell of a spreadsheet is no link."""
    assert links(b"miRNA,Title\nmiR-21,Foam\n", "a.csv") == []
