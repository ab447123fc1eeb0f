from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged
from index.abbreviations import Abbreviation, Meaning
from index.definitions import definitions_in, load_definitions, save_definitions
from tests.index.conftest import read_paper

PAPER = """# Kites over water

## Lift

A long red kite (LRK) climbs over the bay.

## Cargo

Table 1. Tails

| Kite | Tail |
| --- | --- |
| LRK | long |

Abbreviations: STL: short tail length; ZO-9: zonula of the ninth.

## Abbreviations

BBG: big blue gull

## References

1. Ito A. A little round kite (LTK) at sea. Wind Notes 2019;4:1-9.
"""


def test_a_document_defines_abbreviations_in_prose_under_tables_and_in_a_list():
    """But not in the titles of what it cites; each definition stands where it says."""
    document = read_paper("kites", PAPER).document
    found = definitions_in(document)
    assert [(one.short, one.long) for one in found] == [
        ("LRK", "long red kite"),
        ("STL", "short tail length"),
        ("ZO-9", "zonula of the ninth"),
        ("BBG", "big blue gull"),
    ]
    assert all(one.short in document.text[one.start : one.end] for one in found)
    assert all(one.long in document.text[one.start : one.end] for one in found)


DEFINED = {"gulls": (Abbreviation("HCC", "hollow coastal cliffs", 3, 31),), "moss": (Abbreviation("TGF-β", "Ω", 0, 9),)}


def test_what_is_saved_is_read_again_and_always_the_same_bytes(tmp_path: Path):
    """Whatever the order in which the documents came; one that defines nothing leaves no trace."""
    save_definitions(DEFINED, tmp_path / "a")
    save_definitions({"fog": (), **dict(reversed(DEFINED.items()))}, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert load_definitions(tmp_path / "b") == DEFINED


def test_meanings_are_worked_out_once(tmp_path: Path):
    """When a document is read; what was saved with it is not worked out again."""
    (found,) = definitions_in(read_paper("kites", "# Kites\n\nA long red kite (LRK) climbs.\n").document)
    assert found.meaning == Meaning(("LRK",), "long red kite", said=True)
    save_definitions({"kites": (found,)}, tmp_path / "a")
    (read,) = load_definitions(tmp_path / "a")["kites"]
    assert (read, read.meaning) == (found, found.meaning)


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'{"gulls": [["HCC"]]}', b"\xff"])
def test_a_file_of_abbreviations_that_cannot_be_read_is_damage(tmp_path: Path, data: bytes):
    """And the message says what to do."""
    (tmp_path / "names").write_bytes(data)
    with pytest.raises(LibraryDamaged, match="make a new one"):
        load_definitions(tmp_path / "names")
