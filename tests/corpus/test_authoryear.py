from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authoryear import AuthorYears
from corpus.records import Reference
from corpus.references import parse_reference, surname

LIST = (
    "Diaz, A. (2017). Walls. Foam Letters, 3, 1-2.",
    "Eze, D. (2020a). Sails. Foam Letters, 4, 1-2.",
    "Eze, D. (2020b). More sails. Foam Letters, 4, 3-4.",
    "Ito, K. (2019). Alone. Foam Letters, 6, 9.",
    "Ito, K., & Cruz, B. (2019). Folds. Foam Letters, 5, 1-2.",
    "Ito, K., Cruz, B., & Doe, C. (2019). Letters. Foam Letters, 6, 1-2.",
    "Lee, A. (2014). Songs. Foam Letters, 7, 1-2.",
    "Lee, B. (2014). Other songs. Foam Letters, 7, 3-4.",
    "Özkan, M. (2012). Gulls. Foam Letters, 8, 1-2.",
    "van der Berg, J. P., Ito, K., & Doe, B. (2016). Ropes. Foam Letters, 2, 1-2.",
    "World Foam Organization. (2015). The state of foam. WFO Press, 1, 1-90.",
)
DIAZ, EZE_A, EZE_B, ITO, ITO_CRUZ, ITO_ALL, LEE_A, LEE_B, OZKAN, BERG, WFO = map(str, range(1, 12))


def entries(*texts: str) -> tuple[Reference, ...]:
    return tuple(parse_reference(text, document_id="d", start=0, position=n) for n, text in enumerate(texts, start=1))


LISTED = AuthorYears(entries(*LIST))


def found(text: str) -> list[tuple[str, ...]]:
    return [one.markers for one in LISTED.find(text)]


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("It folds (Diaz, 2017).", [DIAZ]),
        ("It folds [Diaz 2017].", [DIAZ]),
        ("It folds (see e.g. Diaz 2017, p. 3).", [DIAZ]),
        ("Diaz (2017) folds.", [DIAZ]),
        ("In Diaz's (2017) view", [DIAZ]),
        ("Ito et al.'s (2019) folds", [ITO_ALL]),
        ("Ito and colleagues’ (2019) folds", [ITO_ALL]),
        ("Folds (Diaz 2017; Ozkan, 2012) hold.", [DIAZ, OZKAN]),
        ("Folds (Diaz 2017, Özkan 2012) hold.", [DIAZ, OZKAN]),
        ("Sails (Eze, 2020a,b).", [EZE_A, EZE_B]),
        ("Sails (Eze, 2020a, 2020b).", [EZE_A, EZE_B]),
        ("Eze (2020b) sails.", [EZE_B]),
        ("It folds (Ito, 2019).", [ITO]),
        ("Ito and Cruz (2019) fold.", [ITO_CRUZ]),
        ("It folds (Ito & Cruz, 2019).", [ITO_CRUZ]),
        ("It folds (Ito et al., 2019).", [ITO_ALL]),
        ("As Ito et al. 2019 found", [ITO_ALL]),
        ("It folds (Ito, Cruz, and Doe, 2019).", [ITO_ALL]),
        ("Moreover, van der Berg and colleagues (2016) rope", [BERG]),
        ("It floats (World Foam Organization, 2015).", [WFO]),
    ],
)
def test_a_citation_names_its_one_entry(text, markers):
    """In each style, one entry a study, in the order of the text."""
    assert found(text) == [(marker,) for marker in markers]


@pytest.mark.parametrize(
    ("text", "name", "markers"),
    [
        ("Songs (Lee, 2014).", "Lee, 2014", (LEE_A, LEE_B)),
        ("Sails (Eze, 2020).", "Eze, 2020", (EZE_A, EZE_B)),
        ("Songs (Eze et al., 2020c).", "Eze et al., 2020c", ()),
        ("Gulls (Kia et al., 2019).", "Kia et al., 2019", ()),
        ("Gulls (Kia, 2019).", "Kia, 2019", ()),
        ("Ito and Diaz (2019) fold.", "Ito and Diaz, 2019", ()),
    ],
)
def test_what_fits_none_or_two_names_none_and_says_what_was_printed(text, name, markers):
    """An unknown author, year, letter or second author, and two that nothing tells apart."""
    (one,) = LISTED.find(text)
    assert (one.name, one.markers) == (name, markers)


@pytest.mark.parametrize(
    "text",
    [
        "made there (USA, 2015)",
        "since (March 2020)",
        "in Figure 2 (n = 2019)",
        "Between 1990 and 2019",
        "(Foamer 2000, Foam Inc.)",
        "Paris 2019",
    ],
)
def test_other_words_before_a_year_are_no_citations(text):
    """Places, months and counts are no authors."""
    assert found(text) == []


def test_a_citation_stands_where_it_is_printed():
    """From the first surname to the year; of a second year of the same authors, the year alone."""
    text = "Sails (Eze, 2020a,b) and Ito et al. (2019)."
    assert [text[one.start : one.end] for one in LISTED.find(text)] == ["Eze, 2020a", "b", "Ito et al. (2019)"]


def test_a_cell_needs_no_brackets():
    """The whole of a cell may be one citation, which in running text is none."""
    assert found("Diaz, 2017") == []
    assert [one.markers for one in LISTED.find("Diaz, 2017", whole=True)] == [(DIAZ,)]


def test_surnames_are_told_from_initials():
    """In the orders in which lists print them."""
    assert [surname(name) for name in ("Ringuette Goulet C", "O'Neil, A.-B.", "K. Ito", "M M R")] == [
        "Ringuette Goulet",
        "O'Neil",
        "Ito",
        "M M R",
    ]


@given(st.text(alphabet="IJito Cruz,;&.()[]’'-ab0129et al", max_size=80))
def test_any_text_can_be_read(text):
    """Citations are in order, do not overlap, and stand within the text."""
    place = 0
    for one in LISTED.find(text):
        assert place <= one.start < one.end <= len(text)
        place = one.end
