"""What a page carries besides its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.furniture import continued_table, is_affiliation, is_article_type, is_float, is_front, without_furniture


def kept(text):
    """The lines left, blank ones out."""
    return [line.text for line in without_furniture(text).lines if line.text]


@pytest.mark.parametrize(
    "text",
    [
        "Received: May 1, 2020",
        "Published online: January 28, 2026",
        "Correspondence: Ada Lovelace.",
        "E-mail: ada@kars.edu",
        "Keywords: masts; sails.",
        "Copyright © 2025, A Society",
        "This work is licensed under a Creative Commons licence.",
        "How to cite this article: Berg J.",
        "www.kars.edu",
        "A Street, 12, Kars ada@kars.edu",
        "¹Department of Engines, University of Kars",
    ],
)
def test_front_matter_is_known_by_its_labels(text):
    """Wherever it stands."""
    assert is_front(text)


@pytest.mark.parametrize(
    "text",
    [
        "Received wisdom has it that ships float.",
        "Accepted methods were used by all groups.",
        "Online sources differ on this.",
        "The university hospital of Kars, the largest, took part.",
        "Correspondence between model and data was good.",
    ],
)
def test_sentences_are_not_front_matter(text):
    """The same words in running text."""
    assert not is_front(text)


def test_addresses_articles_and_captions():
    """Each by its form."""
    assert is_affiliation("Department of Engines, University of Kars")
    assert not is_affiliation("Ships float on water, as a rule.")
    assert is_article_type("Narrative Review")
    assert not is_article_type("Review of masts")
    assert is_float("Table 1. Masts")
    assert is_float("Figure 2 Sails of ships")
    assert not is_float("Table 1 shows masts.")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Table 1 Cont.", "1"),
        ("Table 12 (continued)", "12"),
        ("TABLE II. Continued", "II"),
        ("Table 1 Masts", None),
        ("Table 1 Continents and seas", None),
    ],
)
def test_a_table_that_goes_on(text, label):
    """The printed number tells which."""
    assert continued_table(text) == label


def test_numbers_that_count_up_are_page_numbers():
    """Others are text."""
    assert kept("Ships\n\n11\n\nsail\n\n12\n\non") == ["Ships", "sail", "on"]
    assert kept("Ships\n\n11\n\nsail\n\n7\n\non") == ["Ships", "11", "sail", "7", "on"]


def test_what_is_dropped_is_told():
    """Each kind of line once, with its page's number as printed."""
    sheets = without_furniture("Head\na\n\fHead\nb\n\fHead\nc\n")
    assert sheets.dropped == ("Head",)
    assert [(line.text, line.page) for line in sheets.lines if line.text] == [("a", 1), ("b", 2), ("c", 3)]


def test_a_heading_that_repeats_between_whole_sentences_stays():
    """It breaks into none."""
    text = "All the ships sail on the sea.\n\nResults\n\n" * 4
    assert kept(text).count("Results") == 4


def test_lines_that_differ_in_numbers_that_do_not_count_pages_stay():
    """A head counts its pages, or stands there the same."""
    ports = [f"Port {page * page} took {7 * page} ships." for page in range(1, 6)]
    pages = [f"Ships {31 + page}\n{port}\n\n{'sail' * page}\nend{page * '.'}\n" for page, port in enumerate(ports)]
    assert [line for line in kept("\f".join(pages)) if line[0] in "PS"] == ports


def test_lines_that_break_into_sentences_stay_where_their_numbers_do_not_count_up():
    """Of a text without pages."""
    text = "".join(f"The ships of the northern sea that sail to\n\nPort {at}\n\nwere counted.\n\n" for at in (4, 9, 2))
    assert [line for line in kept(text) if line.startswith("Port")] == ["Port 4", "Port 9", "Port 2"]
    counted = text.replace("Port 4", "Port 1").replace("Port 9", "Port 3").replace("Port 2", "Port 5")
    assert not [line for line in kept(counted) if line.startswith("Port")]


@given(st.lists(st.text("#1 9a", min_size=1, max_size=4), min_size=2, max_size=8))
def test_a_sign_for_numbers_is_no_number(heads: list[str]):
    """Lines that have one where others have a number are no copies of these; what stands between them stays."""
    birds = ("gulls", "herons", "terns", "crows", "rooks", "owls", "larks", "wrens")
    text = "\f".join(f"{head}\n{bird}\n" for head, bird in zip(heads, birds, strict=False))
    assert set(birds[: len(heads)]) <= set(kept(text))
