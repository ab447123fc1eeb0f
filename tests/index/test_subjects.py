"""What a text is about is told in its own words, and held against another text by what names leave open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.subjects import agree, begins_with, find_cancers, named, named_in_prose, phrase


def test_a_text_is_told_in_its_own_words():
    """The cancer as printed, without a title's capitals; an organ by its noun."""
    told = named("Gastric Carcinoma and hepatic miR-21-5p, microRNA 9 in RCC")
    assert told["molecule"] == {"miR-21-5p": "miR-21-5p", "miR-9": "miR-9"}
    assert told["cancer"] == {"stomach": "gastric carcinoma", "liver": "the liver", "kidney": "RCC"}


def test_a_cancer_tells_more_than_its_organ_wherever_it_stands():
    """Before or after; of two cancers in a list each is one."""
    assert phrase({}, named("Breast and ovarian cancers")["cancer"]) == "breast and ovarian cancers"
    assert named("lung and lung cancer")["cancer"] == {"lung": "lung cancer"}
    assert named("lung cancer in the lung")["cancer"] == {"lung": "lung cancer"}


@pytest.mark.parametrize(
    "text",
    [
        "bone metastasis",
        "bone marrow",
        "metastasis to the bone",
        "hepatic stellate cells",
        "liver-tropic foam",
        "liver and ovarian metastasis",
    ],
)
def test_where_a_cancer_goes_and_whose_cells_these_are_is_left_out(text: str):
    """No organ is named as the place of a disease."""
    assert named(text)["cancer"] == {}
    assert find_cancers(text) == ()


@pytest.mark.parametrize("text", ["Melanoma metastasis", "HCC metastasis", "Lung cancer cells"])
def test_a_cancer_that_spreads_is_a_cancer(text: str):
    """Its own name comes before the word."""
    assert len(find_cancers(text)) == 1


def test_in_prose_an_organ_counts_where_a_cancer_is_spoken_of():
    """Oral care is no oral cancer; an abbreviation is a cancer by itself."""
    assert named_in_prose("Oral care and miR-21") == {"molecule": {"miR-21": "miR-21"}, "cancer": {}}
    assert named_in_prose("From the lung, tumours")["cancer"] == {"lung": "the lung"}
    assert named_in_prose("miR-21 in RCC")["cancer"] == {"kidney": "RCC"}


def test_a_phrase_lists_what_is_known():
    """Molecules, then cancers, an organ only where no cancer is named; nothing of nothing."""
    assert phrase(named("miR-9, miR-21 and miR-7")["molecule"], {}) == "miR-9, miR-21 and miR-7"
    assert phrase({"miR-9": "miR-9"}, {"lung": "the lung", "liver": "HCC"}) == "miR-9 in HCC"
    assert phrase({}, {"lung": "the lung"}) == "the lung"
    assert phrase({}, {}) == ""


def test_a_text_begins_with_a_name_or_not():
    """An organ by itself is no cancer."""
    assert begins_with("HNSCC \\ oral", "cancer")
    assert begins_with(" miR-21", "molecule")
    assert not begins_with("In HNSCC", "cancer")
    assert not begins_with("Oral care", "cancer")
    assert not begins_with("", "molecule")


NAMES = st.builds(
    "miR-{}{}{}".format, st.integers(1, 30), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "-5p", "-3p"])
)


@given(NAMES, NAMES)
def test_names_agree_where_what_both_tell_is_equal(one: str, other: str):
    """In either order; a name agrees with itself, and one of another number with none."""
    ours, theirs = named(one)["molecule"], named(other)["molecule"]
    assert agree(ours, theirs, "molecule") == agree(theirs, ours, "molecule")
    assert agree(ours, ours, "molecule")
    if one.split("-")[1].rstrip("ab") != other.split("-")[1].rstrip("ab"):
        assert not agree(ours, theirs, "molecule")


def test_the_head_and_neck_hold_two_places_that_are_two():
    """The mouth and the nasopharynx."""
    wide, mouth, nose = ({site: site} for site in ("head and neck", "mouth", "nasopharynx"))
    assert agree(wide, mouth, "cancer")
    assert agree(nose, wide, "cancer")
    assert not agree(mouth, nose, "cancer")
    assert not agree({}, wide, "cancer")
