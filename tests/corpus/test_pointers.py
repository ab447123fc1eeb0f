"""What the text of a whole document cites, in reference lists as they should be and as they should not."""

from __future__ import annotations

import pytest

from corpus.assemble import read_document
from corpus.pointers import reasons
from corpus.records import Reading

LETTERS = """1. Ito K. Letters. Foam Lett 2019;1:1-2.
2. Cruz B. Folds. Foam Lett 2019;1:3-4.
3. Diaz A. Walls. Foam Lett 2019;1:5-6.
"""
SAILS = """1. Eze D. Sails. Foam Lett 2019;1:7-8.
2. Lee A. Songs. Foam Lett 2019;1:9-10.
"""
SURNAMES = """Cruz, B., Ito, K., & Doe, C. (2019). Folds. Foam Letters, 1, 3-4.

Ito, K. (2018a). Letters. Foam Letters, 1, 1-2.

Lee, A. (2014). Songs. Foam Letters, 1, 5-6.

Lee, B. (2014). More songs. Foam Letters, 1, 7-8.
"""


def read(*, text: str, lists: str, heading: str = "References", suffix: str = ".txt") -> Reading:
    body = f"Foam of the shore\n\nINTRODUCTION\n\n{text}\n\n"
    body = f"{body}{heading.upper()}\n\n{lists}" if lists else body
    body = body.replace("INTRODUCTION", "## Introduction").replace(heading.upper(), f"## {heading}")
    body = body.replace("## ", "") if suffix == ".txt" else f"# {body}"
    return read_document(f"foam{suffix}", body.encode(), document_id="foam", source="upload:foam")


def markers(reading: Reading) -> list[str]:
    return [marker for record in reading.records for marker in record.markers]


def unresolved(reading: Reading) -> dict[str, str]:
    return reasons(reading.unresolved, reading.references)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_marker_beyond_the_end_of_the_list_is_unresolved(suffix: str):
    """What the list has is cited, the rest is named with its reason."""
    reading = read(text="Foam folds letters well [2,3-5], and walls [9-7].", lists=LETTERS, suffix=suffix)
    assert markers(reading) == ["2", "3"]
    end = "the reference list ends at 3"
    backwards = "the range runs backwards, or names more entries than can be meant"
    assert unresolved(reading) == {"4": end, "5": end, "9-7": backwards}


def test_without_a_list_every_marker_is_unresolved():
    """And the reason says that there is none; by number or by author and year."""
    why = "this document has no reference list"
    for text, name in (("Foam folds letters well [2].", "2"), ("Foam folds (Cruz et al., 2019).", "Cruz et al., 2019")):
        reading = read(text=text, lists="")
        assert (markers(reading), unresolved(reading)) == ([], {name: why})


def test_a_number_printed_twice_in_a_row_is_two_entries():
    """Neither is lost in the other, and the number names neither."""
    reading = read(
        text="Foam folds letters well [1,2].", lists=f"{LETTERS[:-1].replace('3.', '2.')}\n3. Lee A. Songs.\n"
    )
    assert [entry.marker for entry in reading.references] == ["1", "2", "2", "3"]
    assert (markers(reading), list(unresolved(reading))) == (["1"], ["2"])


def test_a_list_that_starts_again_leaves_the_numbers_it_has_twice_unresolved():
    """Entries 1 and 2 are there twice, 3 once; no entry is lost."""
    reading = read(text="Foam folds letters well [1-3].", lists=LETTERS + SAILS)
    assert [entry.marker for entry in reading.references] == ["1", "2", "3", "1", "2"]
    assert markers(reading) == ["3"]
    why = "the reference list has 2 entries of this number, and nothing tells which is meant"
    assert unresolved(reading) == {"1": why, "2": why}


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("second", ["References", "Supplementary references"])
def test_of_two_lists_the_text_before_the_first_cites_the_first(suffix: str, second: str):
    """After it either may be meant; no entry of either list becomes evidence."""
    lists = f"{LETTERS}\n## Discussion\n\nGulls sing these songs too [1,3].\n\n## {second}\n\n{SAILS}"
    reading = read(text="Foam folds letters well [1].", lists=lists, suffix=suffix)
    assert [entry.title for entry in reading.references] == ["Letters", "Folds", "Walls", "Sails", "Songs"]
    cited = {passage.text: passage.markers for passage in reading.passages}
    assert cited == {"Foam folds letters well [1].": ("1",), "Gulls sing these songs too [1,3].": ("3",)}
    assert list(unresolved(reading)) == ["1"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_authors_and_years_name_entries_by_their_place(suffix: str):
    """In a list without numbers markers count from 1; what fits two entries, or none, is unresolved with its reason."""
    text = "Foam folds well (Cruz et al., 2019; Ito, 2018a). So does glue [12, 15] (Lee, 2014), says Kia et al. (2011)."
    reading = read(text=text, lists=SURNAMES, suffix=suffix)
    assert [(entry.marker, entry.authors[0]) for entry in reading.references] == [
        ("1", "Cruz, B."),
        ("2", "Ito, K."),
        ("3", "Lee, A."),
        ("4", "Lee, B."),
    ]
    assert markers(reading) == ["1", "2"]
    assert unresolved(reading) == {
        "Lee, 2014": "entries 3, 4 of the reference list fit, and nothing tells which is meant",
        "Kia et al., 2011": "no entry of the reference list has this author and year",
    }


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_an_entry_with_a_hundred_authors_is_not_lost(suffix: str):
    """In a list without numbers it is one entry, and those after it follow."""
    authors = ", ".join(f"X{'abcdefghij'[n % 10] * 3}{'klmnopqrst'[n // 10] * 3} {'AB'[n % 2]}" for n in range(100))
    long = f"{authors} (2016). Whales of the shore. Foam Letters, 1, 9.\n\nZoe, A. (2011). Songs. Foam Letters, 1, 1.\n"
    reading = read(text="Foam folds (Ito, 2018a).", lists=f"{SURNAMES}\n{long}", suffix=suffix)
    assert [entry.title for entry in reading.references][-2:] == ["Whales of the shore", "Songs"]
    assert len(reading.references) == 6
    assert len(reading.passages) == 1


def test_a_row_cites_what_its_own_cells_cite():
    """Brackets in any own cell and bare numbers in a reference column; not other numbers, and not what is carried."""
    table = "| miRNA | Doses | Refs |\n| --- | --- | --- |\n| miR-1 [1] | 2 | 3 |\n|  | 1 [3] | 3, 9 |\n"
    reading = read(text=f"Foam folds letters well [2].\n\n{table}", lists=LETTERS, suffix=".md")
    assert [row.markers for row in reading.rows] == [("1", "3"), ("3",)]
    assert reading.rows[1].cells[0].carried
    assert reading.unresolved == ("9",)


def test_a_row_may_cite_by_author_and_year():
    """In a cell of its own or in brackets beside other words."""
    table = "| Study | Cargo |\n| --- | --- |\n| Ito, 2018a | miR-1 |\n| foam | miR-2 (Cruz et al., 2019) |\n"
    reading = read(text=f"Foam folds (Ito, 2018a).\n\n{table}", lists=SURNAMES, suffix=".md")
    assert [row.markers for row in reading.rows] == [("2",), ("1",)]


def test_a_numbered_list_is_cited_by_number_whatever_authors_are_named():
    """An author and a year beside a number in brackets are words."""
    reading = read(text="Ito et al. (2019) fold letters [2], as did Kia et al. (2011).", lists=LETTERS)
    assert (markers(reading), reading.unresolved) == (["2"], ())


def test_a_row_may_cite_by_author_and_year_what_the_text_cites_by_number():
    """In one cell or in two side by side, where it has no number; whoever is no entry, or two, is not cited."""
    rows = ("| Ito et al., 2019 | miR-1 |", "| Cruz | 2019 |", "| Diaz 2019 | [1] |", "| Kia et al., 2019 | miR-2 |")
    table = "\n".join(("| Study | Cargo |", "| --- | --- |", *rows))
    reading = read(text=f"Foam folds letters well [2].\n\n{table}", lists=LETTERS, suffix=".md")
    assert [row.markers for row in reading.rows] == [("1",), ("2",), ("1",), ()]
    assert reading.unresolved == ()


@pytest.mark.parametrize("named", [False, True])
def test_a_list_of_5000_entries_is_read_whole(named: bool):
    """Each sentence cites one of them, by number or by author and year, and each resolves to it."""
    count = 5000
    letters = ["abcdefghijklmnopqrst"[n // 10**place % 10 + place % 2 * 10] for n in range(count) for place in range(4)]
    names = ["X" + "".join(letters[4 * n : 4 * n + 4]) for n in range(count)]
    if named:
        text = " ".join(f"Foam folds letters again and again ({name}, 2019)." for name in names)
        lists = "\n\n".join(f"{name}, A. (2019). Letters. Foam Letters, 1, 1-2." for name in names)
    else:
        text = " ".join(f"Foam folds letters again and again [{n}]." for n in range(1, count + 1))
        lists = "\n".join(f"{n}. {name} A. Letters. Foam Lett 2019;1:1-2." for n, name in enumerate(names, start=1))
    reading = read(text=text, lists=lists)
    assert markers(reading) == [entry.marker for entry in reading.references] == [str(n) for n in range(1, count + 1)]
    assert reading.unresolved == ()
