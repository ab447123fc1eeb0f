"""How short papers in PDF open: letters and corrections, whose text stands right below their front matter."""

from __future__ import annotations

import pytest

from corpus.readers.pdf.blocks import Body, blocks_of
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import lines_of
from corpus.records import Draft
from tests.corpus.typesetting import PROSE, drafted, told

PAGE = '#set page(paper: "a4", numbering: "1")\n'
TITLE = "#align(center)[#text(18pt)[*Letter: lanterns of the northern harbour*]]\n"
AUTHORS = "#align(center)[Maria Costa, Wei Zhang]\n"


def _opened(below: str) -> Draft:
    return drafted(f"{PAGE}{TITLE}{AUTHORS}{below}")


def test_a_sentence_that_holds_a_doi_and_ends_in_a_number_is_text():
    """Below a line that states the paper's own; nothing of it would be found as front matter."""
    said = (
        "In the version of this letter first printed (doi: 10.1234/quay.7) the number of lamps was given as 4.2; "
        "it should be 2.4."
    )
    letter = _opened(f"doi: 10.1234/quay.9\n\n{said}\n")
    assert told(letter, "paragraph") == [said]
    assert letter.doi == "10.1234/quay.9"


@pytest.mark.parametrize(
    "address",
    [
        "Department of Tides, University of the North, Bergen 5020.",
        "Correspondence: Maria Costa, Quay 7, Bergen. E-mail: costa\\@quay.example, phone 2.4.",
        "Received 2 May 2020; accepted 7 June 2020.",
    ],
)
def test_addresses_and_dates_that_end_in_a_number_are_front_matter(address: str):
    assert told(_opened(f"{address}\n\n{PROSE}\n"), "paragraph") == [PROSE.strip()]


def _line(baseline: float, *words: tuple[str, float, float]) -> list[Word]:
    """Words at one height, each with where it begins and ends."""
    return [
        Word(text, left, baseline - 8.0, right, baseline + 2.0, baseline, 10.0, "Bembo") for text, left, right in words
    ]


def test_text_right_below_a_line_in_the_middle_is_a_block_of_its_own():
    """Though its first line nearly fills the column, so that it may seem to stand in the middle too."""
    words = [
        *_line(10.0, ("Maria", 170, 198), ("Costa", 202, 230)),
        *_line(22.0, ("To", 0, 12), ("the", 15, 30), ("Editor", 34, 387)),
        *_line(34.0, ("we", 0, 14), ("write", 18, 400)),
    ]
    blocks = blocks_of(lines_of(words, 1), 0, Body(10.0, 12.0))
    assert [block.text for block in blocks] == ["Maria Costa", "To the Editor we write"]


def test_a_centred_line_that_was_broken_stays_one_block():
    """It leaves no room for the word that it goes on with."""
    names = "Maria Costa, Wei Zhang, Ada Lovelace, Mary Somerville, Emmy Noether, Lise Meitner, Ada Ito, Bela Cruz, "
    letter = drafted(f"{PAGE}{TITLE}#align(center)[{names}Kim Marsh]\n\nThe lamps are lit before the tide comes in.\n")
    assert told(letter, "front") == [f"{names}Kim Marsh"]
