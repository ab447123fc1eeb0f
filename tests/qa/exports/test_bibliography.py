"""BibTeX, RIS and CSL-JSON, read back by readers of their own."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from qa.exports.bibliography import as_bibtex, as_csl_json, as_ris
from qa.exports.works import Person, Work, study

TIDES = Work(
    "TGF-β & 50% of miR-21_b",
    (Person("Ito", "A"), Person("van Dyke", "B", "Jr"), Person("Sea Group")),
    more=True,
    year=2019,
    journal="Sea Notes",
    volume="4",
    pages="S1–S9",
    doi="10.1000/sea_(4)",
    pmid="123",
    note="Cited by Kelp 2020 [1]; read from the reference list there.",
)
BARE = Work("Walls")

# what a title may hold; LaTeX has no letters for others that its reader would give back unchanged
LETTERS = st.text(string.ascii_letters + "αβγΩéıß⁺²'\"();:,.[]@=%&$#_ -", min_size=1, max_size=40)


def bibtex(works: list[Work]) -> dict[str, dict[str, str]]:
    """The fields of each entry by key, as the reader has them, its type among them."""
    read = parse_string(as_bibtex(works), append_middleware=[LatexDecodingMiddleware()])
    assert read.failed_blocks == []
    return {
        entry.key: {"": entry.entry_type, **{field.key: field.value for field in entry.fields}}
        for entry in read.entries
    }


def test_bibtex_holds_what_is_known_of_a_work():
    """LaTeX's own signs are escaped, Greek letters are not, a DOI stands as it is."""
    fields = bibtex([TIDES])[TIDES.key]
    assert fields == {
        "": "article",
        "title": "TGF-β & 50% of miR-21_b",
        "author": "Ito, A and van Dyke, Jr, B and Sea Group and others",
        "year": "2019",
        "journal": "Sea Notes",
        "volume": "4",
        "pages": "S1–S9",
        "doi": "10.1000/sea_(4)",
        "pmid": "123",
        "note": TIDES.note,
    }
    text = as_bibtex([TIDES])
    assert r"title = {{TGF-β \& 50\% of miR-21\_b}}," in text
    assert "{Sea Group} and others" in text
    assert "pages = {S1--S9}" in text
    assert "doi = {10.1000/sea_(4)}" in text


def test_bibtex_leaves_out_what_is_not_known():
    """A work without a journal is `misc`."""
    assert bibtex([BARE]) == {BARE.key: {"": "misc", "title": "Walls"}}


def test_braces_never_unbalance_bibtex():
    """They are named instead, and what follows is still read."""
    odd = Work("A { of } }} and \\ ~ ^", doi="10.1/a}b")
    assert set(bibtex([odd, TIDES])) == {odd.key, TIDES.key}
    assert r"\textbraceleft{}" in as_bibtex([odd])
    assert "doi = {10.1/ab}" in as_bibtex([odd])


@given(LETTERS)
def test_any_title_comes_back_from_bibtex(title: str):
    """Whatever an entry of a reference list holds; two hyphens are a dash to LaTeX."""
    work = Work(" ".join(title.replace("--", "-").replace("''", "'").split()) or "x")
    assert bibtex([work])[work.key]["title"] == work.title


def test_ris_holds_what_is_known_of_a_work():
    """One value a line, pages as first and last, a group as it is."""
    (entry,) = rispy.loads(as_ris([TIDES]))
    assert entry == {
        "type_of_reference": "JOUR",
        "id": TIDES.key,
        "authors": ["Ito, A", "van Dyke, B, Jr", "Sea Group"],
        "title": "TGF-β & 50% of miR-21_b",
        "secondary_title": "Sea Notes",
        "year": "2019",
        "volume": "4",
        "start_page": "S1",
        "end_page": "S9",
        "doi": "10.1000/sea_(4)",
        "accession_number": "PMID:123",
        "notes": [TIDES.note],
    }


def test_ris_begins_with_its_type_and_nothing_else():
    """Some readers take a line above it for a damaged entry."""
    assert as_ris([BARE, TIDES]).splitlines()[0] == "TY  - GEN"
    assert [entry["id"] for entry in rispy.loads(as_ris([BARE, TIDES]))] == [BARE.key, TIDES.key]


@given(LETTERS)
def test_any_title_comes_back_from_ris(title: str):
    """Even one that looks like a tag of RIS."""
    work = Work(" ".join(f"ER  - {title}".split()))
    assert rispy.loads(as_ris([work]))[0]["title"] == work.title


def test_csl_json_holds_what_is_known_of_a_work():
    """Field by field in the names of CSL."""
    assert json.loads(as_csl_json([TIDES, BARE])) == [
        {
            "id": TIDES.key,
            "type": "article-journal",
            "title": "TGF-β & 50% of miR-21_b",
            "author": [
                {"family": "Ito", "given": "A"},
                {"family": "van Dyke", "given": "B", "suffix": "Jr"},
                {"literal": "Sea Group"},
            ],
            "issued": {"date-parts": [[2019]]},
            "container-title": "Sea Notes",
            "volume": "4",
            "page": "S1–S9",
            "DOI": "10.1000/sea_(4)",
            "PMID": "123",
            "note": TIDES.note,
        },
        {"id": BARE.key, "type": "document", "title": "Walls"},
    ]
    assert "TGF-β" in as_csl_json([TIDES])


@pytest.mark.parametrize(("write", "empty"), [(as_bibtex, ""), (as_ris, ""), (as_csl_json, "[]\n")])
def test_no_works_are_an_empty_list(write, empty: str):
    """Nothing is not an error."""
    assert write([]) == empty


def test_every_study_of_the_two_reviews_comes_back(reviews_library: Path):
    """From BibTeX and from RIS, with its title and its authors' number, under a key of its own."""
    library = Library.open(reviews_library)
    studies = [study(entry) for summary in library.store.summaries() for entry in library.store.references(summary.id)]
    library.close()
    known = {work.key: work for work in studies}
    assert len(studies) == 108 + 65
    read = bibtex(list(known.values()))
    ris = {entry["id"]: entry for entry in rispy.loads(as_ris(list(known.values())))}
    assert list(read) == list(ris) == list(known)
    for key, work in known.items():
        assert ris[key]["title"] == work.title
        assert read[key]["title"].replace("–", "-") == work.title.replace("–", "-")
        assert len(ris[key].get("authors", ())) == len(work.people)
        assert len(read[key].get("author", "x").split(" and ")) == len(work.people) + work.more or not work.people
