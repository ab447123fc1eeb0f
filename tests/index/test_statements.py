from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryDamaged
from corpus.records import Cell, Passage, TableRow
from index.statements import Statements, statements_of
from index.vocabulary import Asked, Group

# the first record says fox and hen in two sentences, the second in one; the third says nothing
TOLD = [[["fox", "owl"], ["hen"]], [["fox", "hen"]], [[]]]
IDF_2 = log(1 + 2.5 / 2.5)
"""Lucene's idf of a word in two of the four statements."""


def asked(*rest: str) -> Asked:
    return Asked(rest, ())


def test_what_one_sentence_says_counts_and_what_two_say_does_not_add_up():
    """Half of "fox hen" for either sentence of the first, all of it for the second."""
    assert Statements.build(TOLD).shares(asked("fox", "hen")).tolist() == [0.5, 1.0, 0.0]


def test_a_rare_word_counts_more_and_a_word_asked_twice_counts_once():
    """Owls are in one statement of four: ln(1 + 3.5 / 1.5) against ln 2."""
    rare = log(1 + 3.5 / 1.5)
    shares = Statements.build(TOLD).shares(asked("fox", "owl", "owl", "hen"))
    total = rare + 2 * IDF_2
    assert shares == pytest.approx([(rare + IDF_2) / total, 2 * IDF_2 / total, 0])


def test_any_way_to_name_a_thing_will_do():
    """A vixen is a fox here: who asks for one is answered by the other."""
    vixen = Asked(("hen",), (Group(0, 5, ("vixen",), ("fox",)),))
    rarest = log(1 + 4.5 / 0.5)
    assert Statements.build(TOLD).shares(vixen) == pytest.approx([rarest / (rarest + IDF_2), 1.0, 0.0])


def test_nothing_asked_and_nothing_there_is_no_share():
    """Neither divides by zero."""
    assert Statements.build(TOLD).shares(asked()).tolist() == [0, 0, 0]
    assert Statements.build([]).shares(asked("fox")).tolist() == []


def test_what_was_saved_is_what_is_read(tmp_path: Path):
    """And what does not fit together is refused."""
    Statements.build(TOLD).save(tmp_path / "kept")
    kept = Statements.load(tmp_path / "kept")
    assert len(kept) == 3
    assert kept.shares(asked("fox", "hen")).tolist() == [0.5, 1.0, 0.0]
    np.save(tmp_path / "kept" / "starts.npy", np.array([0, 9]))
    with pytest.raises(LibraryDamaged, match="do not belong to its records"):
        Statements.load(tmp_path / "kept")
    (tmp_path / "kept" / "starts.npy").write_bytes(b"none")
    with pytest.raises(LibraryDamaged, match="cannot be read"):
        Statements.load(tmp_path / "kept")


def test_a_passage_is_its_sentences_and_a_row_is_one_statement():
    """The row is told by its headers, full stops or not."""
    text = "Foxes bark. Hens cluck."
    assert statements_of(Passage("d:0-23", "d", 0, 23, text)) == ("Foxes bark.", "Hens cluck.")
    cells = (Cell("Who", "foxes. Really.", False, 0, 14), Cell("What", "bark", False, 15, 19))
    row = TableRow("d:0-19", "d", 0, 19, "foxes. Really.\tbark", "Table 1", 1, "Table 1", cells)
    assert statements_of(row) == ("Who: foxes. Really.; What: bark",)
