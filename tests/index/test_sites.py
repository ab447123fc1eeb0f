from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sites import find_sites


def sites(text: str) -> list[tuple[str, str]]:
    return [(found.text, found.site) for found in find_sites(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colon cancer", [("colon cancer", "colorectum")]),
        ("Bowel tumours", [("Bowel tumours", "colorectum")]),
        ("CRC", [("CRC", "colorectum")]),
        ("hepatocellular carcinoma", [("hepatocellular carcinoma", "liver")]),
        ("oral squamous cell carcinoma", [("oral squamous cell carcinoma", "mouth")]),
        ("non-small cell lung cancer", [("lung cancer", "lung")]),
        ("head and neck", [("head and neck", "head and neck")]),
        ("esophageal and oesophageal", [("esophageal", "oesophagus"), ("oesophageal", "oesophagus")]),
        ("from breast to brain", [("breast", "breast"), ("brain", "brain")]),
    ],
)
def test_lay_and_clinical_words_name_one_organ(text, expected):
    """With the disease that follows taken into the text."""
    assert sites(text) == expected


def test_an_abbreviation_is_taken_only_in_capitals():
    """`NPC` is a cancer, `npc` is not; a plain word may be written any way."""
    assert sites("NPC npc Crc LIVER Liver") == [
        ("NPC", "nasopharynx"), ("LIVER", "liver"), ("Liver", "liver"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["deliver", "delivery", "livers", "lungfish", "colony", "boney", "cologne", ""])
def test_a_word_within_a_word_is_no_organ(text):
    """Only whole words count."""
    assert find_sites(text) == ()


def test_plasma_cell_and_skin_are_two_things():
    """MM is left alone: it may mean either."""
    assert sites("melanoma, myeloma, MM") == [("melanoma", "skin"), ("myeloma", "plasma cell")]


@given(
    st.lists(st.sampled_from(["colon ", "cancer ", "head and neck ", "CRC", ", ", "lung-", "tumor ", "x"])).map("".join)
)
def test_sites_are_exact_spans_in_order(text):
    """`text[start:end] == site.text`."""
    found = find_sites(text)
    assert [text[site.start : site.end] for site in found] == [site.text for site in found]
    assert [site.start for site in found] == sorted(site.start for site in found)


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("bowel cancer", "colorectal cancer", "cancer"),
        ("HCC", "liver cancer", "cancer"),
        ("hepatoma", "liver cancer", "cancer"),
        ("kidney", "kidney", "organ"),
        ("LIVER", "liver", "organ"),
        ("head and neck tumours", "head and neck cancer", "cancer"),
    ],
)
def test_a_disease_is_named_as_such(text, name, type_):
    """An organ alone stays an organ."""
    assert [(found.name, found.type) for found in find_sites(text)] == [(name, type_)]
