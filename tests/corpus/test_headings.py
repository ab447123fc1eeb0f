"""Headings by their form."""

import pytest

from corpus.headings import is_back, is_back_run_in, is_references, level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INTRODUCTION", 1),
        ("Introduction", 1),
        ("2. Materials and Methods", 1),
        ("THE ROLE OF miRNAs: MASTS AND SAILS", 1),
        ("Non-coding RNAs", 2),
        ("3.2 Deep keels", 2),
        ("3.2.1. Deep keels", 3),
        ("ACGTTGCA", None),
        ("Ships float.", None),
        ("Ships that sail and", None),
        ("Ships were built in Kars", None),
        ("small ships", None),
        ("Masts [12]", None),
        ("α", None),
        ("A\tB", None),
    ],
)
def test_level(text, expected):
    """Capitals and the sections all papers have are 1, title case 2, numbers as deep as they say, sentences nothing."""
    assert level(text) == expected


@pytest.mark.parametrize(
    "text", ["Notes", "NOTE", "Notes:", "7. Notes", "Editor's notes", "Editors’ note", "About this digest"]
)
def test_notes_are_back_matter_only_as_a_whole_heading(text):
    """A remark that begins with the word is running text; a word more makes another heading."""
    assert is_back(text)
    assert level(text) == 1
    assert not is_back_run_in(f"{text.rstrip(':')}: the keel was oak.")
    assert not is_back(f"{text.rstrip(':')} on keels")


def test_back_matter_and_references_by_their_names():
    """As headings, and as labels that run into their paragraph."""
    for text in (
        "Conflict of Interest",
        "FUNDING",
        "Author Contributions:",
        "Use of AI for Writing Assistance",
        "Peer-review",
    ):
        assert is_back(text)
        assert is_back_run_in(f"{text.rstrip(':')}: none.")
    assert not is_back_run_in("Funding of ships was scarce.")
    assert not is_back("Use of AI for Writing Assistance: No tools.")
    assert is_references("5. REFERENCES")
    assert is_references("Literature cited:")
    assert not is_references("Reference ranges")
