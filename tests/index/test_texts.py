from __future__ import annotations

from corpus.records import Cell, Passage, Reference, RowCheck, TableRow
from index.texts import encoded_text, instead_text, study_words, worded_text


def row(*cells: tuple[str, str, bool]) -> TableRow:
    made = tuple(Cell(header, text, carried, 0, len(text)) for header, text, carried in cells)
    text = "\t".join(text for _, text, carried in cells if not carried)
    return TableRow("d:0-9", "d", 0, 9, text, "Table 1", 1, "Table 1. Kites", made)


def test_a_passage_is_encoded_as_it_stands():
    """Character by character."""
    assert encoded_text(Passage("d:0-9", "d", 0, 9, "Red kites", ("Lift",))) == "Red kites"


def test_a_row_is_told_cell_by_cell_with_what_was_carried_down():
    """A carried cell is found by the row it was carried to; empty cells and lone dashes say nothing."""
    told = encoded_text(row(("Kite", "red", True), ("Tail", "long", False), ("Age", "–", False), ("", "loose", False)))
    assert told == "Kite: red; Tail: long; loose"


def test_a_row_of_nothing_has_no_text():
    """Dashes only."""
    assert encoded_text(row(("Kite", "-", False), ("Tail", "", False))) == ""


def test_the_words_of_a_record_begin_with_what_it_says():
    """Whatever else helps to find it, its own text is in the text whose words find it."""
    cited = [Reference("d", "1", 0, 1, "1. x", title="Herons by night")]
    passage = Passage("d:0-9", "d", 0, 9, "Red kites", ("Lift",))
    assert encoded_text(passage) in worded_text(passage, cited)
    assert encoded_text(passage) in worded_text(passage, [])
    red = row(("Kite", "red", True))
    assert encoded_text(red) in worded_text(red, cited)


MIR_9 = [Reference("d", "1", 0, 1, "1. x", title="Exosomal miR 9-5p and kites")]


def test_a_row_that_names_a_molecule_is_not_found_as_its_studys_one():
    """A slid row: it says miR-105, its study miR-9; the study's molecule has a word of its own kind."""
    slid = row(("miRNA", "miR-105", False))
    assert "miR 9" not in worded_text(slid, MIR_9)
    assert "kites" in worded_text(slid, MIR_9)
    assert study_words(slid, MIR_9) == ["study:mir-9", "study:mir-9-5p"]


def test_a_row_without_a_molecule_and_a_passage_are_found_by_that_of_their_study():
    """What they leave out, the title says."""
    assert "miR 9-5p" in worded_text(row(("Effect", "lift", False)), MIR_9)
    passage = Passage("d:0-9", "d", 0, 9, "miR-105 rises", ("Lift",))
    assert "miR 9-5p" in worded_text(passage, MIR_9)
    assert study_words(passage, MIR_9) == []


def test_a_contradicted_row_is_found_by_what_it_should_say_too():
    """Beside what is printed; the reading of a merged row, which is two, is not taken for its own."""
    red = row(("Kite", "red", False))
    assert instead_text(red, RowCheck("contradicted", "It says red.", "blue kites", "Kites are blue")) == "blue kites"
    for check in (RowCheck("merged", "Two rows.", "blue kites"), RowCheck("consistent"), None):
        assert instead_text(red, check) == ""


def test_what_a_row_should_say_never_adds_a_molecule_to_one_that_names_another():
    """Its words say the rest; the molecule is its study's."""
    check = RowCheck("contradicted", "It says miR-21.", "miR-210 in moss", "Kites of miR-210")
    named, silent = row(("Kite", "miR-21", False)), row(("Kite", "red", False))
    assert instead_text(named, check).split() == ["in", "moss"]
    assert instead_text(silent, check) == "miR-210 in moss"
    assert study_words(named, [], check) == ["study:mir-210"]
    assert study_words(named, []) == []
