from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markers import MAX_RANGE, bare_markers, expand, find_markers, resolve


@pytest.mark.parametrize(
    ("text", "marker", "names"),
    [
        ("It rose.[30]", "[30]", ("30",)),
        ("It rose [ 56, 57 ].", "[ 56, 57 ]", ("56", "57")),
        ("It rose.[16-18]", "[16-18]", ("16", "17", "18")),
        ("It rose.[16–18]", "[16–18]", ("16", "17", "18")),
        ("It rose.[17,29-31]", "[17,29-31]", ("17", "29", "30", "31")),
        ("It rose.^[35,36] Then", "[35,36]", ("35", "36")),
        ("as in [1]-[3], it", "[1]-[3]", ("1", "2", "3")),
        ("It rose.[5,4,5]", "[5,4,5]", ("5", "4")),
    ],
)
def test_a_bracket_of_whole_numbers_is_a_marker(text, marker, names):
    """A marker's span is the bracket without a caret, and its ranges are written out in order."""
    (found,) = find_markers(text)
    assert text[found.start : found.end] == marker
    assert found.markers == names


@pytest.mark.parametrize(
    "text",
    [
        "small [19-25 nucleotides] strands",
        "carcinoma [RCC]",
        "MET [Hepatocyte Growth Factor Receptor]",
        "interval [0.5, 1.2]",
        "interval [0, 1]",
        "the inhibitor [1,2,4]oxadiazole",
        "median age 61 [18-94] years",
        "[]",
        "T cells² and 10⁻³",
    ],
)
def test_other_brackets_are_not_markers(text):
    """A bracket with words, decimals, zero, a chemical name or an interval cites nothing."""
    assert find_markers(text) == ()


def test_a_range_backwards_or_too_long_stays_as_printed():
    """A range that cannot be meant is one name, which no entry has, and is not written out."""
    assert expand("58-16") == ("58-16",)
    assert expand(f"1-{MAX_RANGE}")[-1] == str(MAX_RANGE)
    assert expand(f"1-{MAX_RANGE + 1}") == (f"1-{MAX_RANGE + 1}",)


def test_spans_count_in_the_whole_text():
    """Markers of a part of a text have the spans they have in the text."""
    text = "One.[1] Two.[2] Three.[3]"
    (found,) = find_markers(text, 8, 16)
    assert (found.start, found.end, found.markers) == (12, 15, ("2",))


def test_raised_digits_are_markers_when_asked_for():
    """Superscripts after a word or a stop are read, ranges too; powers, charges and units are not."""
    text = "in cells.²,³ Later it rose⁴⁻⁶ to 10⁻³ per cm² of Ca²⁺ and R² was high."
    found = find_markers(text, raised=True)
    assert [(text[marker.start : marker.end], marker.markers) for marker in found] == [
        ("²,³", ("2", "3")),
        ("⁴⁻⁶", ("4", "5", "6")),
    ]


def test_a_reference_cell_may_have_bare_numbers():
    """Bare numbers are read only where nothing else stands beside them."""
    assert bare_markers(" 56, 57 ") == ("56", "57")
    assert bare_markers("(12–14)") == ("12", "13", "14")
    assert bare_markers("56 patients") == ()
    assert bare_markers("") == ()


def test_resolving_parts_entries_from_the_rest_and_forgets_years():
    """What names an entry is cited, what does not is missing, and a bracketed year is neither."""
    assert resolve(("2", "9", "2", "2019", "58-16"), {"1", "2"}) == (("2",), ("9", "58-16"))


@given(st.text(alphabet="[]^ 0123456789,;-–.aé²³", max_size=60), st.booleans())
def test_markers_are_in_order_and_name_numbers(text, raised):
    """Whatever the text, markers do not overlap and each names at least one number."""
    place = 0
    for marker in find_markers(text, raised=raised):
        assert place <= marker.start < marker.end <= len(text)
        assert marker.markers
        assert all(name.replace("-", "").isdigit() for name in marker.markers)
        place = marker.end
