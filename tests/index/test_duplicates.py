from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.records import Reading, Record, Reference
from index.duplicates import Said, behind, folded, tell_apart
from index.hits import Hit
from tests.index.conftest import read_paper

SAID = "Foam parcels of miR-21 silence KRIT1 in 3 of 10 gulls, and the tide does not stop them."


def records(*papers: str) -> list[Record]:
    """The records of Markdown papers named d0, d1, …, in order, each after a title."""
    return [record for reading in read(*papers) for record in reading.records]


def read(*papers: str) -> list[Reading]:
    return [read_paper(f"d{i}", f"# Letters\n\n{paper}") for i, paper in enumerate(papers)]


def cited_in(readings: Sequence[Reading]):
    """What a store gives for the records of these readings."""
    entries = {(entry.document_id, entry.marker): entry for reading in readings for entry in reading.references}

    def cited(record: Record) -> tuple[Reference, ...]:
        found = (entries.get((record.document_id, marker)) for marker in record.markers)
        return tuple(entry for entry in found if entry)

    return cited


def new_of(*papers: str) -> list[int]:
    """The places of the records that say something new, in the order of the papers."""
    readings = read(*papers)
    found = [record for reading in readings for record in reading.records]
    return tell_apart(found, cited_in(readings), len(found))[1]


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        SAID.upper(),
        SAID.replace("miR-21", "miR\u201121").replace(" silence", "\u00a0silence"),
        SAID.replace("Foam parcels", '"Foam" parcels').replace("gulls,", "gulls"),
    ],
    ids=["letter by letter", "capitals", "hyphens and blanks", "quotes and commas"],
)
def test_the_same_words_again_are_a_repeat(other: str):
    """However they are set."""
    assert new_of(SAID, other) == [0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("miR-21", "miR-210"),
        ("miR-21", "miR-21-5p"),
        ("3 of 10", "5 of 10"),
        ("3 of 10", "10 of 3"),
        ("3 of 10", "3.1 of 10"),
        ("3 of", "<3 of"),
        ("does not stop", "does stop"),
        ("silence", "awaken"),
        ("KRIT1", "KRIT2"),
        ("gulls", "terns"),
    ],
)
def test_texts_that_differ_in_one_word_are_never_repeats(old: str, new: str):
    """A near molecule, an arm, a number, a sign, a negation, a verb, a gene: among 18 words one tells them apart."""
    assert old in SAID
    assert new_of(SAID, SAID.replace(old, new)) == [0, 1]
    assert new_of(SAID.replace(old, new), SAID) == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5 days", "1-5 days"), ("1.5 days", "1 5 days"), ("CD8+ cells", "CD8- cells"), ("-3 kcal", "3 kcal")],
)
def test_signs_that_make_a_number_or_a_name_are_told(one: str, other: str):
    """They are no mere punctuation."""
    assert folded(one) != folded(other)


def test_a_part_is_a_repeat_of_the_whole_but_not_the_whole_of_a_part():
    """The second sentence is new, so a text with both adds something to the first alone."""
    more = "Brown moss keeps one quokka warm through the long nights of winter."
    assert new_of(f"{SAID} {more}", more) == [0]
    assert new_of(more, f"{SAID} {more}") == [0, 1]


def test_sentences_said_by_two_records_do_not_make_a_third_a_repeat():
    """One record must say it all, or a fact would hang on two citations."""
    more = "Brown moss keeps one quokka warm through the long nights of winter."
    assert new_of(SAID, more, f"{SAID} {more}") == [0, 1, 2]


ITO = "Ito A. Parcels. Sea Notes 2019;4:1-9. doi:10.1000/sea.4"
CRUZ = "Cruz B. Foam. Sea Notes 2018;7:1-9."
LIST = f"\n\n## References\n\n1. {ITO}\n2. {CRUZ}"
TURNED = f"\n\n## References\n\n1. {CRUZ}\n2. {ITO}"


@pytest.mark.parametrize(
    ("one", "other", "new"),
    [
        (f"{SAID[:-1]} [1].{LIST}", f"{SAID}", [0]),
        (f"{SAID}", f"{SAID[:-1]} [1].{LIST}", [0, 1]),
        (f"{SAID[:-1]} [1].{LIST}", f"{SAID[:-1]} [2].{LIST}", [0, 1]),
        (f"{SAID[:-1]} [1].{LIST}", f"{SAID[:-1]} [2].{TURNED}", [0]),
        (f"{SAID[:-1]} [1].{LIST}", f"{SAID[:-1]} [1].{TURNED}", [0, 1]),
        (f"{SAID[:-1]} [8].", f"{SAID[:-1]} [9].", [0, 1]),
    ],
    ids=["abstract", "body after abstract", "another study", "another number", "same number", "not in the list"],
)
def test_what_cites_another_study_is_no_repeat(one: str, other: str, new: list[int]):
    """A study is known by what it is, not by its number, which is another in every list."""
    assert new_of(one, other) == new


@pytest.mark.parametrize(
    ("one", "other", "new"),
    [
        ("Colorectal cancer", "Results", [0]),
        ("Abstract", "Colorectal cancer", [0, 1]),
        ("Colorectal cancer", "Gastric cancer", [0, 1]),
        ("The role of miR-21", "The role of miR-210", [0, 1]),
    ],
)
def test_a_heading_that_names_another_organ_or_molecule_makes_it_new(one: str, other: str, new: list[int]):
    """What stands below often leaves the name out."""
    assert new_of(f"## {one}\n\n{SAID}", f"## {other}\n\n{SAID}") == new


def table(caption: str, *rows: str) -> str:
    return "\n".join([f"Table 1. {caption}", "", "| miRNA | Target |", "| --- | --- |", *rows])


def test_a_row_printed_again_is_a_repeat():
    """By all of its cells, in a table of the same caption; the table's number may differ."""
    row = "| miR-21 | PTEN |"
    assert new_of(table("Raised in gulls", row), table("Raised in gulls", row).replace("Table 1", "Table 4")) == [0]
    assert new_of(table("Raised in gulls", row), table("Lowered in gulls", row)) == [0, 1]
    assert new_of(table("Raised in gulls", row, "| miR-210 | PTEN |")) == [0, 1]


def test_looking_stops_at_the_last_that_is_wanted():
    """What stands further down is not even looked up."""
    found = iter(records(SAID, SAID, "Green moss drinks fog.", "Stones stay warm."))
    seen, new = tell_apart(found, lambda _: (), 2)
    assert [record.document_id for record in seen] == ["d0", "d1", "d2"]
    assert new == [0, 2]
    assert [record.document_id for record in found] == ["d3"]


def test_a_repeat_of_a_repeat_is_a_repeat():
    """And what was told to be one is held against the first alone."""
    said = Said(lambda _: ())
    assert [said.repeats(record) for record in records(SAID, SAID, SAID)] == [False, True, True]


def test_repeats_stand_behind_with_scores_that_say_so():
    """New at 0.9 and 0.5, repeats at 0.9, 0.7 and 0.2: all less 0.400001, so that the best is just below 0.5."""
    hits = [Hit(f"d:{i}", score, i + 1) for i, score in enumerate([0.9, 0.9, 0.7, 0.5, 0.2])]
    assert behind({0: 0.9, 3: 0.5}, hits) == {1: 0.499999, 2: 0.299999, 4: -0.200001}


def test_repeats_that_are_behind_already_keep_their_scores():
    """As they keep them where there is none."""
    hits = [Hit(f"d:{i}", score, i + 1) for i, score in enumerate([0.9, 0.5, 0.2])]
    assert behind({0: 0.9, 1: 0.5}, hits) == {2: 0.2}
    assert behind({0: 0.9, 1: 0.5, 2: 0.2}, hits) == {}
