"""Facts in front matter."""

import pytest

from corpus.metadata import Facts, facts_in, find_doi, is_imprint, is_review, names


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("**Ada LOVELACE**,^{1,2}  **Mary Ünal**^{1,3}", ("Ada LOVELACE", "Mary Ünal")),
        (
            "Ada Lovelace¹, Mary S. Somerville¹, and J. van der Berg²*",
            ("Ada Lovelace", "Mary S. Somerville", "J. van der Berg"),
        ),
        ("Ada Lovelace1,2, Mary Somerville1", ("Ada Lovelace", "Mary Somerville")),
        ("Ada Lovelace, MD, PhD; Mary Somerville, MSc", ("Ada Lovelace", "Mary Somerville")),
        ("Lovelace A, Somerville MS", ("Lovelace A", "Somerville MS")),
        ("By Ada Lovelace", ("Ada Lovelace",)),
        ("Ada Lovelace*", ("Ada Lovelace",)),
        ("A. Lovelace, 2022", ("A. Lovelace",)),
        ("Ada Lovelace and Mary Somerville (2019)", ("Ada Lovelace", "Mary Somerville")),
    ],
)
def test_authors_lose_their_marks_and_degrees(line, authors):
    """Names come as printed otherwise, in order."""
    assert names(line) == authors


@pytest.mark.parametrize(
    "line",
    [
        "Immune Modulation",
        "Department of Biology, University of Izmir",
        "Cells, Tissues and Organs of Mice",
        "Exosomes carry cargo, and tumors grow.",
        "Received: 3 May 2020, Accepted: 4 June 2020",
        "",
    ],
)
def test_other_lines_name_nobody(line):
    """Headings, addresses and sentences are not names."""
    assert names(line) == ()


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi: 10.5606/FNG.btd.2025.199.", "10.5606/fng.btd.2025.199"),
        ("doi:10.1000/A.b;c,", "10.1000/a.b;c"),
        ("10.1890/0012-9658(2006)87[12:AB]2.0.CO;2", "10.1890/0012-9658(2006)87[12:ab]2.0.co;2"),
        ("Foam, 10.1000/x.y.[3] floats", "10.1000/x.y"),
        ("[see 10.1000/x]", "10.1000/x"),
        ("https://doi.org/10.1016/S0140-6736(20)30183-5)", "10.1016/s0140-6736(20)30183-5"),
        ("(10.1000/abc)", "10.1000/abc"),
        ("version 10.2 of it", None),
    ],
)
def test_a_doi_ends_before_the_punctuation_after_it(text, doi):
    """Lower case, without resolver; brackets that belong to it stay."""
    assert find_doi(text) == doi


def test_the_papers_own_citation_comes_first():
    """Its year and journal win over dates; the label may stand in a piece of its own."""
    front = [
        "Published online: January 3, 2026",
        "Cite this article as:",
        "Lovelace A, Berg J. On engines: a review. Turk J Eng Sci 2025;11(3):1-9. doi: 10.1000/x.1.",
    ]
    assert facts_in(front) == Facts(year=2025, doi="10.1000/x.1", journal="Turk J Eng Sci")


def test_copyright_comes_before_dates_and_publication_before_acceptance():
    """The order of trust for the year."""
    dates = ["Received: May 1, 2020", "Accepted: June 1, 2021", "Published online: 2 Jan 2022"]
    assert facts_in([*dates, "Copyright © 2023, A Society"]).year == 2023
    assert facts_in(dates).year == 2022
    assert facts_in(dates[:2]).year == 2021
    assert facts_in(["Keywords: 1990s music"]) == Facts()


def test_an_abbreviated_journal_is_taken_whole():
    """The stops of its words end no sentence."""
    assert facts_in(["Citation: Berg J. On masts. Turk. J. Sea Sci. 2021; 3: 1-9"]).journal == "Turk. J. Sea Sci."


def test_a_running_head_gives_journal_and_year():
    """Journals print themselves on every page."""
    assert facts_in(["Turk J Oncol 2025;40(4):1-12"]) == Facts(year=2025, journal="Turk J Oncol")


@pytest.mark.parametrize(
    ("title", "labels", "review"),
    [
        ("Foam", ("Review",), True),
        ("Foam", ("Ada Ito, Bo Cruz", "REVIEW ARTICLE"), True),
        ("Foam", ("Article type: Mini-review",), True),
        ("A comprehensive review on foam", (), True),
        ("Foam and gulls: a review of the literature", (), True),
        ("Foam in gulls: a systematic review and meta-analysis", (), True),
        ("Foam in a gull: case report and review of the literature", (), False),
        ("Peer review among gulls", (), False),
        ("A retrospective chart review of gulls", (), False),
        ("Foam reviewed", ("Reviewed by: A. Ito", "Original article"), False),
    ],
)
def test_a_review_is_one_that_says_so(title: str, labels: tuple[str, ...], review: bool):
    """In its title or a label of its own; other kinds of review make no review article."""
    assert is_review(title, labels) == review


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Gut Letters 14 (2021) 200–204", Facts(year=2021, journal="Gut Letters")),
        ("Gut Letters 14(2021)200", Facts(year=2021, journal="Gut Letters")),
        ("2022 · doi:10.1000/x.1998.2", Facts(year=2022, doi="10.1000/x.1998.2")),
        ("Berg J (2022). https://doi.org/10.1000/x.1", Facts(year=2022, doi="10.1000/x.1")),
        ("From 2001 to 2009, doi:10.1000/x.1", Facts(doi="10.1000/x.1")),
        ("A sample of 14 (2021) men", Facts()),
    ],
)
def test_a_line_may_give_the_year_after_the_volume_or_beside_the_doi(line: str, facts: Facts):
    """Where no citation, copyright or date says it; one year alone."""
    assert facts_in([line]) == facts


def test_a_year_behind_the_authors_is_that_of_the_paper():
    """Where nothing else states one; behind what is no names it is none."""
    assert facts_in(["Ada Moss and Ben Reed, 2019"]).year == 2019
    assert facts_in(["A. Moss (2018)."]).year == 2018
    assert facts_in(["Ada Moss and Ben Reed, 2019", "Copyright 2021 the authors"]).year == 2021
    assert facts_in(["Lamps of the harbour, 2019"]).year is None


def test_an_imprint_is_a_short_line_with_the_papers_own_doi():
    assert is_imprint("QuayRxiv 2019. https://doi.org/10.1101/2019.7")
    assert not is_imprint("In the lamps that were first told of in 10.1234/q.7 oil was burnt.")
    assert not is_imprint("Lamps rose (doi:10.1234/q.7).")
    assert not is_imprint("QuayRxiv 2019.")
