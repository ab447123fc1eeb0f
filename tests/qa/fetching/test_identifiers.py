"""Identifiers: what people write and copy, what is none, and paths that look like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fetching.identifiers import Identifier, read_identifier, told_apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMC1234567", "PMC1234567"),
        ("pmc0012 ", "PMC12"),
        ("PMC1234567.2", "PMC1234567"),
        ("PMCID: PMC77", "PMC77"),
        ("pmid:12345678", "pmid:12345678"),
        ("PMID: 123", "pmid:123"),
        ("doi:10.1371/journal.pone.0234687", "doi:10.1371/journal.pone.0234687"),
        ("10.1000/KELP(1)<2>;3", "doi:10.1000/kelp(1)<2>;3"),
        ("https://doi.org/10.1000/Kelp%2F1", "doi:10.1000/kelp/1"),
        ("http://dx.doi.org/10.1000/kelp", "doi:10.1000/kelp"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC77/", "PMC77"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC77/pdf/kelp.pdf", "PMC77"),
        ("https://pubmed.ncbi.nlm.nih.gov/77/", "pmid:77"),
        ("https://europepmc.org/article/MED/77", "pmid:77"),
        ("https://europepmc.org/article/PMC/PMC77", "PMC77"),
        ("https://europepmc.org/articles/PMC77?pdf=render", "PMC77"),
    ],
)
def test_what_people_copy_names_the_article(text: str, expected: str):
    """Each way of writing gives the identifier in one form."""
    assert str(read_identifier(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "kelp.md", "PMC", "PMC0", "PMC12x", "xPMC12", "pmid:", "doi:10.1/kelp", "doi:kelp", "10.1000/a b",
        '10.1000/a" OR "b', "10.1000/a\\b", "10.1000/a\nb", "https://doi.org.evil.example/10.1000/kelp",
        "https://evil.example/articles/PMC77", "ftp://doi.org/10.1000/kelp", "https://[/10.1000/a", "PMC" + "9" * 13,
        "https://doi.org/10.1000/a%22b", "http://169.254.169.254/PMC77",
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_none(text: str):
    """Nothing near one is taken for it, and no text ends the phrase it is searched as."""
    assert read_identifier(text) is None


@given(st.text() | st.from_regex(r"(doi:|pmid:|PMC|https://doi\.org/)?10\.\d{4}/.*"))
def test_an_identifier_read_again_is_itself(text: str):
    """And it is one line without quotation marks."""
    found = read_identifier(text)
    if found is not None:
        assert read_identifier(str(found)) == found
        assert not set('"\\ \n\r\t\0') & set(str(found))


def test_paths_and_identifiers_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A path that exists wins; what begins as an identifier and is none is said to be so; the same one counts once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "PMC5").write_text("# Foam\n", encoding="utf-8")
    found = told_apart(
        [
            "PMC5",
            "PMC6",
            "pmc6",
            "doi:nothing",
            "https://example.org/kelp.pdf",
            "kelp.md",
            "PMC1x",
            "10.1000/",
            "PMC1.md",
        ]
    )
    assert found.paths == (Path("PMC5"), Path("kelp.md"), Path("PMC1.md"))
    assert found.identifiers == (Identifier("pmc", "6"),)
    assert found.neither == ("doi:nothing", "https://example.org/kelp.pdf", "PMC1x", "10.1000/")


def test_a_blank_name_is_not_the_folder_one_is_in():
    """As an unset variable of a shell gives: `exocite add "$PAPERS"`."""
    assert told_apart(["", " "]).paths == ()
    assert told_apart(["", " "]).neither == ("", " ")
