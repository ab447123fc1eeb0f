from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.records import Reference
from corpus.references import parse_reference, split_authors


def parse(text: str) -> Reference:
    return parse_reference(text, document_id="d", start=0, position=99)


FORMS = {
    "vancouver": (
        "12. Ito K, van Dam PQ, de la Cruz R Jr, et al. How cells talk: a test. Cell Rep 2014;25(4):501-15. "
        "doi: 10.1000/ABC.12.",
        ("Ito K", "van Dam PQ", "de la Cruz R Jr"),
        ("How cells talk: a test", "Cell Rep", 2014, "25", "501-15"),
    ),
    "place after the journal": (
        "3. Ito K. A title. Front Biosci (Landmark Ed) 2020;25(6):1022-57.",
        ("Ito K",),
        ("A title", "Front Biosci (Landmark Ed)", 2020, "25", "1022-57"),
    ),
    "country and letter pages": (
        "3. Ito K. A title. Proc Natl Acad Sci U S A 2015;112(7):E310-9.",
        ("Ito K",),
        ("A title", "Proc Natl Acad Sci U S A", 2015, "112", "E310-9"),
    ),
    "electronic pages": (
        "3. Ito K. A title. Cell Metab 2021;33:2040-58.e10.",
        ("Ito K",),
        ("A title", "Cell Metab", 2021, "33", "2040-58.e10"),
    ),
    "special number": (
        "3. Ito K. A title. Eur J Cancer 2000;36(13 Spec No):1621-30.",
        ("Ito K",),
        ("A title", "Eur J Cancer", 2000, "36", "1621-30"),
    ),
    "year as page": (
        "3. Ito K. A title. Tech Res 2023;52:2023.",
        ("Ito K",),
        ("A title", "Tech Res", 2023, "52", "2023"),
    ),
    "question": (
        "3. Ito K. Shield or spear? Int J Mol Sci 2018;19(5):1532.",
        ("Ito K",),
        ("Shield or spear?", "Int J Mol Sci", 2018, "19", "1532"),
    ),
    "full stops in the title": (
        "3. Ito K. Is it so? A review of E. coli vs. others. Two parts. Cell 2018;19:1.",
        ("Ito K",),
        ("Is it so? A review of E. coli vs. others. Two parts", "Cell", 2018, "19", "1"),
    ),
    "abbreviated journal": (
        "[7] Ito K. A., Doe B. A title. J. Biol. Chem. 2014;289(4):501-15.",
        ("Ito K. A.", "Doe B"),
        ("A title", "J. Biol. Chem.", 2014, "289", "501-15"),
    ),
    "pubmed": (
        "Ito K. A title. Nat Commun. 2018 Dec 18;9(1):5395. PMID: 30552325; PMCID: PMC6294.",
        ("Ito K",),
        ("A title", "Nat Commun", 2018, "9", "5395"),
    ),
    "apa": (
        "Smith, J. A., & Doe, B. (2019). A title. Journal of Things, 12(3), 45–67. https://doi.org/10.1000/x",
        ("Smith, J. A.", "Doe, B."),
        ("A title", "Journal of Things", 2019, "12", "45–67"),
    ),
    "harvard": (
        "Smith, J. and Doe, B., 2019. A title. Journal of Things, 12(3), pp.45-67.",
        ("Smith, J.", "Doe, B."),
        ("A title", "Journal of Things", 2019, "12", "45-67"),
    ),
    "year after the authors": (
        "Ito K, Doe B (2012) A title. PLoS One 7(9): e46493. doi:10.1371/journal.pone.0046493",
        ("Ito K", "Doe B"),
        ("A title", "PLoS One", 2012, "7", "e46493"),
    ),
    "nature": (
        "Smith, J. & Doe, B. A title. Nat. Commun. 9, 5395 (2018).",
        ("Smith, J.", "Doe, B."),
        ("A title", "Nat. Commun.", 2018, "9", "5395"),
    ),
    "mdpi": (
        "Smith, J.; Doe, B.C. A title. Int. J. Mol. Sci. 2018, 19, 1532, doi:10.3390/ijms19051532.",
        ("Smith, J.", "Doe, B.C."),
        ("A title", "Int. J. Mol. Sci.", 2018, "19", "1532"),
    ),
    "book": (
        "14. Ito K, Doe B. Vessels. 3rd ed. San Rafael: Morgan & Claypool; 2011.",
        ("Ito K", "Doe B"),
        ("Vessels", None, 2011, None, None),
    ),
    "chapter": (
        "Ito K. A title. In: Doe B, editor. Vessels. London: Press; 2011. p. 10-12.",
        ("Ito K",),
        ("A title", None, 2011, None, None),
    ),
    "abbreviated journal without a stop before the year": (
        "Ito K. A title. Biochim. Biophys. Acta 2011;1806:200-7.",
        ("Ito K",),
        ("A title", "Biochim. Biophys. Acta", 2011, "1806", "200-7"),
    ),
    "a year in the title": (
        "Ito K. The plan for 2012; 5 years on. Lancet 2017;1:2-3.",
        ("Ito K",),
        ("The plan for 2012; 5 years on", "Lancet", 2017, "1", "2-3"),
    ),
    "nothing but words": ("A note without any form", (), ("A note without any form", None, None, None, None)),
}


@pytest.mark.parametrize(("text", "authors", "rest"), FORMS.values(), ids=FORMS)
def test_an_entry_is_taken_apart(text, authors, rest):
    """Each form gives its authors, title, journal, year, volume and pages, and keeps its text."""
    found = parse(text)
    assert found.authors == authors
    assert (found.title, found.journal, found.year, found.volume, found.pages) == rest
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("12. Ito K.", "12"),
        ("[7] Ito K.", "7"),
        ("(8) Ito K.", "8"),
        ("009. Ito", "9"),
        ("5 Ito K.", "5"),
        ("Ito", "99"),
    ],
)
def test_the_marker_is_the_printed_number_or_the_place(text, marker):
    """An entry without a number is named by its place in the list."""
    assert parse(text).marker == marker


def test_a_pmid_is_its_digits():
    """With its label or in an address; the number of PubMed Central is another."""
    assert parse("Ito K. T. https://pubmed.ncbi.nlm.nih.gov/123/").pmid == "123"
    assert parse("Ito K. T. PMCID: PMC6294").pmid is None


def test_authors_are_parted_in_all_styles():
    """Initials belong to the name before them where they have full stops, and are a name where they have none."""
    assert split_authors("Sanghvi G, M M R, Gupta S, et al.") == ("Sanghvi G", "M M R", "Gupta S")
    assert split_authors("J. Smith, A. Doe and B. Lee") == ("J. Smith", "A. Doe", "B. Lee")
    assert split_authors("World Health Organization") == ("World Health Organization",)
    assert split_authors("") == ()


@given(st.text(alphabet="AbC, .;:()&?-0123456789etal/", max_size=300))
def test_any_text_is_an_entry(text):
    """Whatever is printed, the entry keeps its text and a number."""
    found = parse(text)
    assert found.text == text
    assert found.marker.isdigit()
    assert all(found.authors)


@pytest.mark.parametrize(("name", "count", "books"), [("tahan", 108, {"14"}), ("camci", 65, set())])
def test_every_entry_of_a_real_list_is_taken_apart(reviews: dict[str, Path], name: str, count: int, books: set[str]):
    """All entries have authors, title and year; all but books have journal, volume and pages."""
    path = reviews[name]
    references = read_document(path.name, path.read_bytes(), document_id=name, source=str(path)).references
    assert [found.marker for found in references] == [str(number) for number in range(1, count + 1)]
    for found in references:
        assert found.title, found.text
        assert 1 <= len(found.authors) <= 7, found.text
        assert all(re.fullmatch(r"[\w’'’\- ]+ [A-Z]{1,4}", author) for author in found.authors), found.text
        # Read from the right by other means: "... 2014;25(4):501-15" with nothing but a DOI behind it.
        tail = re.search(r"\s(\d{4})(?:;(\d+)(?:\([^)]*\))?:(\S+?))?\.(?:\s+doi:\s*(\S+?)\.?)?$", found.text)
        assert tail, found.text
        assert found.year == int(tail[1])
        if found.marker not in books:
            assert (found.volume, found.pages) == (tail[2], tail[3])
            assert found.journal
            assert (
                f"{found.title.rstrip('?')}{'?' if found.title.endswith('?') else '.'} {found.journal} {tail[1]};"
                in (found.text)
            )
        assert found.doi == (tail[4].lower() if tail[4] else None)
