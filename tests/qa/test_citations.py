from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Cell, Passage, Reference, RowCheck, TableRow
from corpus.summaries import DocumentSummary
from index.hits import Hit
from qa.citations import also_cards, document_card, evidence, short_name
from qa.results import AlsoCard, Caution, CellCard, DocumentCard, ReferenceCard, RowCard

KELP = DocumentSummary(
    "kelp", "Kelp letters", ("A. Ito",), 2020, "10.1000/kelp.1", "Sea Notes", "kelp.md", "upload:kelp.md", "0" * 64,
    90, 1, 1, 1,
)  # fmt: skip
FOAM = replace(KELP, id="foam", title="Foam", authors=("B. Cruz",), year=2019)
CARD = DocumentCard("kelp", "Kelp letters", ("A. Ito",), 2020, "10.1000/kelp.1", "kelp.md")
ITO = Reference("kelp", "1", 60, 80, "1. Ito A. Parcels.", ("Ito A",), "Parcels", doi="10.1000/sea.4", pmid="42")
CRUZ = Reference("kelp", "2", 80, 90, "2. Cruz B. Walls.")


def row(*cells: Cell) -> TableRow:
    """A row of Table 2 with these cells."""
    return TableRow(
        "kelp:20-40", "kelp", 20, 40, "\tsouth", "Table 2", 3, "Table 2. Shores", cells, ("Tides",), 4, ("1",)
    )


def test_a_passage_is_cited_to_the_character():
    """Rank and score come from the hit, place and section from the record, the paper from its summary."""
    passage = Passage("kelp:0-11", "kelp", 0, 11, "Tides rise.", ("Findings", "Tides"), 2, ("1", "2"))
    piece = evidence(Hit("kelp:0-11", 0.75, 3), passage, KELP, (ITO, CRUZ))
    assert (piece.rank, piece.id, piece.kind, piece.score) == (3, "kelp:0-11", "passage", 0.75)
    assert (piece.text, piece.start, piece.end, piece.page) == ("Tides rise.", 0, 11, 2)
    assert piece.section == "Tides"
    assert piece.document == CARD
    assert piece.row is None
    assert piece.cautions == ()


def test_references_keep_their_order_and_markers():
    """The marker is the printed number, a string; what an entry does not say is None."""
    passage = Passage("kelp:0-11", "kelp", 0, 11, "Tides rise.", markers=("2", "1"))
    piece = evidence(Hit("kelp:0-11", 1.0, 1), passage, KELP, (CRUZ, ITO))
    assert piece.references == (
        ReferenceCard("2", "2. Cruz B. Walls.", None, None),
        ReferenceCard("1", "1. Ito A. Parcels.", "10.1000/sea.4", "42"),
    )


def test_a_study_that_other_papers_cite_names_them():
    """Each by its short name and the study's number there; a study that no other paper cites names none."""
    passage = Passage("kelp:0-11", "kelp", 0, 11, "Tides rise.", markers=("2", "1"))
    also = also_cards({"1": (("foam", "57"),)}, {"foam": FOAM, "kelp": KELP})
    piece = evidence(Hit("kelp:0-11", 1.0, 1), passage, KELP, (CRUZ, ITO), also=also)
    assert [card.also for card in piece.references] == [(), (AlsoCard("foam", "Foam", "Cruz 2019", "57"),)]


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Irem Yalim Camci", "Camci 2019"),
        ("Rana TAHAN", "Tahan 2019"),
        ("J. van der Berg", "van der Berg 2019"),
        ("Jan van der Berg", "van der Berg 2019"),
        ("Ito, K.", "Ito 2019"),
        ("Foam contributors", "Foam contributors 2019"),
        ("", "Foam"),
    ],
)
def test_a_paper_is_called_by_its_first_author_and_year(author: str, short: str):
    """The surname with its particles; the title where there is no author."""
    assert short_name(replace(FOAM, authors=(author, "A. Doe") if author else ())) == short


def test_a_review_says_that_it_is_one():
    """So that what it tells of a study is not taken for the study."""
    assert document_card(replace(FOAM, review=True)).review
    assert not document_card(FOAM).review


def test_before_the_first_heading_there_is_no_section():
    """None, not an empty word."""
    piece = evidence(Hit("kelp:0-11", 1.0, 1), Passage("kelp:0-11", "kelp", 0, 11, "Tides rise."), KELP, ())
    assert piece.section is None


def test_a_row_brings_its_table_its_number_and_its_cells():
    """Cells in order, empty ones too."""
    cells = (Cell("miRNA", "miR-9", False, 20, 25), Cell("Shore", "", False, 26, 26))
    piece = evidence(Hit("kelp:20-40", 1.0, 1), row(*cells), KELP, ())
    assert piece.kind == "row"
    assert piece.row == RowCard(
        "Table 2",
        3,
        "Table 2. Shores",
        (CellCard("miRNA", "miR-9", False, 20, 25), CellCard("Shore", "", False, 26, 26)),
    )
    assert piece.cautions == ()


def test_a_carried_cell_is_a_caution_that_names_it():
    """The reader learns which cells are not the row's own, and what they say."""
    cells = (
        Cell("miRNA", "miR-9", True, 5, 10),
        Cell("", "north", True, 11, 16),
        Cell("Target", "PTEN", False, 22, 26),
    )
    (caution,) = evidence(Hit("kelp:20-40", 1.0, 1), row(*cells), KELP, ()).cautions
    assert caution.kind == "unverified"
    assert "miRNA: miR-9" in caution.message
    assert "north" in caution.message
    assert "PTEN" not in caution.message


CELLS = (Cell("miRNA", "miR-9", True, 5, 10), Cell("Target", "PTEN", False, 22, 26))


def test_what_the_check_of_a_row_found_is_its_caution():
    """In the check's own words, with what it suggests and quotes; then nothing more is said of carried cells."""
    for kind in ("contradicted", "merged"):
        check = RowCheck(kind, "The row says miR-9.", "miR-21 in kelp", "Kelp and miR-21")
        piece = evidence(Hit("kelp:20-40", 1.0, 1), row(*CELLS), KELP, (), check)
        assert piece.cautions == (Caution(kind, "The row says miR-9.", "miR-21 in kelp", "Kelp and miR-21"),)
        assert piece.text == "\tsouth"


def test_a_carried_cell_that_a_study_confirms_needs_no_caution():
    """One that nothing confirms does."""
    hit = Hit("kelp:20-40", 1.0, 1)
    assert evidence(hit, row(*CELLS), KELP, (), RowCheck("consistent")).cautions == ()
    (caution,) = evidence(hit, row(*CELLS), KELP, (), RowCheck("unverified")).cautions
    assert caution.kind == "unverified"
    assert evidence(hit, row(CELLS[1]), KELP, (), RowCheck("unverified")).cautions == ()
