"""What a careful reader would want to know of a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnknownDocument
from index.intake import sources_of, take_in
from index.library import Library
from qa.overview import Finding, Overview, brief, overview, summed_up, tallies, tally
from tests.encoders import HashedEncoder
from tests.qa.conftest import KELP

# its second row stands beside a study of another molecule and another cancer, its third is two run together
SLID = """---
title: "Slid"
year: 2020
---

# Slid

## Cargo

miR-21 lies on stones [1, 9]. So does foam [4-2]. Sand lies there too [1].

Table 1. Cargo

| miRNA | Cancer | Ref |
| --- | --- | --- |
| miR-21 | colorectal cancer | [1] |
| miR-21 | breast cancer | [2] |
| miR-9 miR-155 | gastric cancer breast cancer | [2] [3] |
| miR-9 | gastric cancer | [7] | more |

## References

[1] Ito A. miR-21 in colorectal cancer. Sea Notes 2019;4:1-9.

[2] Cruz B. miR-155 in gastric cancer. Gull Letters 2018;7:11-19.

[3] Diaz C. miR-9 in breast cancer. Gull Letters 2017;6:1-9.

[1] Eze D. Another first. Gull Letters 2016;5:1-9.
"""
BARE = "# Bare\n\nFoam lies on stones [3].\n"


def seen(folder: Path, **papers: str) -> dict[str, Overview]:
    """The overview of each paper of a library made of these."""
    for name, text in papers.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    take_in(folder / "library", HashedEncoder(), sources_of([folder / f"{name}.md" for name in papers]))
    library = Library.open(folder / "library")
    found = overview(library.store)
    library.close()
    return {each.document.id: each for each in found}


@pytest.fixture
def slid(tmp_path: Path) -> tuple[Finding, ...]:
    """What is found in the paper above."""
    return seen(tmp_path, slid=SLID)["slid"].findings


def of(findings: tuple[Finding, ...], kind: str) -> list[Finding]:
    return [finding for finding in findings if finding.kind == kind]


def test_findings_come_by_kind_and_then_in_order_of_the_text(slid: tuple[Finding, ...]):
    """One of each kind but a missing year; five citations, in the order of their places."""
    kinds = [finding.kind for finding in slid]
    assert kinds == [
        "contradicted",
        "merged",
        *["unresolved"] * 5,
        "duplicate",
        "notice",
        "no-doi",
    ]
    places = [finding.start for finding in of(slid, "unresolved")]
    assert places == sorted(places)


def test_a_contradicted_row_says_by_what(slid: tuple[Finding, ...]):
    """In the words of its caution, at its place."""
    (row,) = of(slid, "contradicted")
    assert row.where == "Table 1, row 2"
    assert "[2] Cruz 2018, is about miR-155 in gastric cancer" in row.message
    assert row.suggestion.startswith("miR-155 in gastric cancer; ")


def test_a_merged_row_is_named(slid: tuple[Finding, ...]):
    """Two molecules, two cancers, two references in its cells."""
    (row,) = of(slid, "merged")
    assert row.where == "Table 1, row 3"
    assert "two run together" in row.message


def test_an_unresolved_marker_says_why_and_where(slid: tuple[Finding, ...]):
    """Beyond the end of the list, a range that runs backwards, a number that two have, in the text and in rows."""
    why = {(finding.where, finding.message) for finding in of(slid, "unresolved")}
    twice = "the reference list has 2 entries of this number, and nothing tells which is meant"
    assert why == {
        ("Cargo", f"[1] could not be resolved: {twice}."),
        ("Table 1, row 1", f"[1] could not be resolved: {twice}."),
        ("Cargo", "[9] could not be resolved: the reference list ends at 3."),
        ("Cargo", "[4-2] could not be resolved: the range runs backwards, or names more entries than can be meant."),
        ("Table 1, row 4", "[7] could not be resolved: the reference list ends at 3."),
    }


def test_a_number_used_twice_leads_to_the_second_entry(slid: tuple[Finding, ...]):
    """What cites it may mean either."""
    (entry,) = of(slid, "duplicate")
    assert (entry.where, entry.message) == (
        "Reference 1",
        "2 entries of the reference list have the number 1: what cites [1] may mean any.",
    )


def test_each_place_is_its_span_of_the_text(tmp_path: Path):
    """Rows, passages and entries alike."""
    found = seen(tmp_path, slid=SLID)["slid"].findings
    library = Library.open(tmp_path / "library")
    reading = library.store.reading("slid")
    library.close()
    spans = {(one.start, one.end) for one in (*reading.records, *reading.references)}
    placed = [finding for finding in found if finding.where]
    assert len(placed) == 8
    assert {(finding.start, finding.end) for finding in placed} <= spans
    (entry,) = of(found, "duplicate")
    assert reading.document.text[entry.start : entry.end].startswith("[1] Eze")


def test_what_the_reader_noticed_is_told_of_the_paper(slid: tuple[Finding, ...]):
    """A row with more cells than the header."""
    (notice,) = of(slid, "notice")
    assert notice.message.startswith("Table 1: 1 row has more cells than the header")
    assert (notice.where, notice.start, notice.end) == ("", None, None)


def test_a_paper_without_a_list_without_a_year_and_without_a_doi(tmp_path: Path):
    """Each is said; a marker cannot be resolved where there is nothing to resolve it in."""
    found = seen(tmp_path, bare=BARE)["bare"].findings
    assert [finding.kind for finding in found] == ["unresolved", "no-year", "no-doi"]
    assert found[0].message == "[3] could not be resolved: this document has no reference list."


def test_a_paper_in_order_has_nothing_to_know(tmp_path: Path):
    """It is listed all the same."""
    whole = KELP.replace("| | south", "| miR-21 | south")
    assert seen(tmp_path, kelp=whole)["kelp"].findings == ()


def test_papers_are_in_order_of_their_ids_and_one_can_be_asked_for(tmp_path: Path):
    """One that is not there is an error."""
    assert list(seen(tmp_path, slid=SLID, bare=BARE)) == ["bare", "slid"]
    library = Library.open(tmp_path / "library")
    assert [each.document.id for each in overview(library.store, "slid")] == ["slid"]
    with pytest.raises(UnknownDocument, match="moss"):
        overview(library.store, "moss")
    library.close()


def test_a_sum_tells_each_kind_that_was_found(tmp_path: Path):
    """One and many, over all papers; a citation that three places hold is one."""
    found = seen(tmp_path, slid=SLID, bare=BARE)
    assert summed_up(tally(list(found.values()))) == (
        "1 contradicted row, 1 merged row, 5 unresolved citations, 1 number used twice, 1 notice of the reading, "
        "1 paper without a year, 2 papers without a DOI"
    )
    assert summed_up(tally(())) == "nothing found"


def test_what_there_is_to_know_is_counted_without_looking_into_each_paper(tmp_path: Path):
    """As many of each kind as the overview of each paper tells."""
    found = seen(
        tmp_path,
        slid=SLID,
        bare=BARE,
        moss="# Moss\n\nMoss is green.\n",
        kelp=KELP.replace("| | south", "| miR-21 | south"),
    )
    library = Library.open(tmp_path / "library")
    papers = {paper.id: paper for paper in library.store.summaries()}
    counted = tallies(library.store, papers.values())
    library.close()
    assert counted == {document_id: tally([each]) for document_id, each in found.items()}
    assert brief(papers["kelp"], counted["kelp"]) == found["kelp"]
    assert brief(papers["moss"], counted["moss"]) == found["moss"]
    assert [finding.kind for finding in found["moss"].findings] == ["no-year", "no-doi"]
    assert brief(papers["bare"], counted["bare"]) is None
    assert counted["slid"] == {
        "contradicted": 1, "merged": 1, "unresolved": 4, "duplicate": 1, "notice": 1, "no-doi": 1,
    }  # fmt: skip
    assert counted["kelp"] == {}
