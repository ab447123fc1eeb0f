from __future__ import annotations

from index.definitions import definitions_in
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
