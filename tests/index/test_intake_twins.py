from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import typst

from corpus.records import Reading
from index.intake import Outcome, sources_of, take_in
from index.library import Library, change_library, current_generation
from tests.encoders import HashedEncoder

DOI = "10.1234/harbour.7"
BODY = """Lanterns on the quay carry miR-21 to the far shore. Gulls read the light and turn twice before they land. The
tide keeps 14 of 20 boats within the wall, and the keeper writes each of them down."""
TITLE = "Lanterns carry miR-21 over the harbour wall"
MARKDOWN = f"""# {TITLE}

Ada Ito, Bela Cruz

doi: {DOI}

## Light

{BODY}
"""
TEXT = f"""{TITLE}

Ada Ito, Bela Cruz

https://doi.org/{DOI}

Introduction

{BODY}
"""
JATS = f"""<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="doi">{DOI}</article-id><title-group><article-title>{TITLE}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name>
<surname>Ito</surname><given-names>Ada</given-names></name></contrib>
</contrib-group><pub-date pub-type="ppub"><year>2021</year></pub-date></article-meta></front>
<body><sec><title>Light</title><p>{BODY}</p><table-wrap><label>Table 1</label><caption><p>Boats</p></caption>
<table><thead><tr><th>Boat</th><th>Lamp</th></tr></thead><tbody><tr><td>Alba</td><td>red</td></tr></tbody></table>
</table-wrap></sec></body></article>"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """An empty folder for papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a library may be made."""
    return tmp_path / "library"


def add(target: Path, *paths: Path) -> dict[str, Outcome]:
    """What came of each file, by its name."""
    return {outcome.file: outcome for outcome in take_in(target, HashedEncoder(), sources_of(paths))}


def held(target: Path) -> dict[str, Reading]:
    """What the library holds, by id; it is whole."""
    with closing(Library.open(target)) as library:
        library.verify()
        return {one.id: library.store.reading(one.id) for one in library.store.summaries()}


def copies(reading: Reading) -> list[str]:
    return [copy.file for copy in reading.copies]


def test_the_poorer_file_of_a_paper_that_comes_later_is_passed_over(papers: Path, target: Path):
    """Its name stays with the paper, and nothing of it can be found."""
    (papers / "lanterns.xml").write_text(JATS, encoding="utf-8")
    add(target, papers)
    (papers / "a-scan.txt").write_text(TEXT, encoding="utf-8")
    outcome = add(target, papers)["a-scan.txt"]
    assert (outcome.status, outcome.document_id) == ("unchanged", "lanterns")
    assert outcome.notices == (f"The same paper as lanterns.xml (DOI {DOI}), which has its tables; that one is kept.",)
    assert (outcome.same_as, outcome.passages, outcome.rows, outcome.references) == ("lanterns.xml", 0, 0, 0)
    (reading,) = held(target).values()
    assert (reading.document.file, copies(reading)) == ("lanterns.xml", ["a-scan.txt"])
    again = add(target, papers)
    assert [(name, one.status, one.rows, one.same_as) for name, one in again.items()] == [
        ("a-scan.txt", "unchanged", 0, "lanterns.xml"),
        ("lanterns.xml", "unchanged", 1, ""),
    ]


def test_the_better_file_that_comes_later_takes_the_place_of_the_poorer(papers: Path, target: Path):
    """The document keeps its id, so that links to the paper still lead to it."""
    (papers / "scan.txt").write_text(TEXT, encoding="utf-8")
    add(target, papers)
    (papers / "tagged.xml").write_text(JATS, encoding="utf-8")
    outcome = add(target, papers)["tagged.xml"]
    assert (outcome.status, outcome.document_id, outcome.rows) == ("replaced", "scan", 1)
    assert outcome.notices == (
        f"The same paper as scan.txt (DOI {DOI}); this one has its tables, and takes its place.",
    )
    (reading,) = held(target).values()
    assert (reading.document.id, reading.document.file, copies(reading)) == ("scan", "tagged.xml", ["scan.txt"])
    assert {record.document_id for record in reading.records} == {"scan"}


ABSTRACT = f"""<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="doi">{DOI}</article-id><title-group><article-title>{TITLE}</article-title></title-group>
<abstract><p>Lanterns carry miR-21 to the far shore.</p></abstract></article-meta></front></article>"""


@pytest.mark.parametrize("first", ["whole.md", "front.xml"])
def test_an_abstract_of_the_best_format_never_takes_the_place_of_the_paper(papers: Path, target: Path, first: str):
    """Whichever comes first, the text can be found, and the line says why."""
    texts = {"whole.md": MARKDOWN, "front.xml": ABSTRACT}
    (papers / first).write_text(texts.pop(first), encoding="utf-8")
    add(target, papers)
    ((second, text),) = texts.items()
    (papers / second).write_text(text, encoding="utf-8")
    notice = add(target, papers)[second].notices[-1]
    told = {
        "front.xml": f"The same paper as whole.md (DOI {DOI}), which has more of the text; that one is kept.",
        "whole.md": f"The same paper as front.xml (DOI {DOI}); this one has more of the text, and takes its place.",
    }
    assert notice == told[second]
    (reading,) = held(target).values()
    assert (reading.document.file, copies(reading)) == ("whole.md", ["front.xml"])


def test_a_file_of_the_same_bytes_under_another_name_names_the_one_that_is_kept(papers: Path, target: Path):
    """What that gave is not told as its own."""
    for name in ("a.md", "b.md"):
        (papers / name).write_text(MARKDOWN, encoding="utf-8")
    outcome = add(target, papers)["b.md"]
    assert (outcome.status, outcome.same_as, outcome.passages) == ("unchanged", "a.md", 0)


def test_a_preprint_under_a_doi_of_its_own_is_kept_and_told_of(papers: Path, target: Path):
    """Its DOI stands in one line with server and year."""
    (papers / "a.md").write_text(MARKDOWN, encoding="utf-8")
    head = f"# {TITLE}\n\nAda Ito, Bela Cruz\n\nQuayRxiv 2019. doi:10.1101/2019.7\n\n"
    (papers / "b.md").write_text(f"{head}## Light\n\nOnly 12 lamps were lit then.\n", encoding="utf-8")
    outcome = add(target, papers)["b.md"]
    assert (outcome.status, outcome.notices) == ("added", ("It may be the same paper as a.md; both are kept.",))
    assert [one.document.doi for one in held(target).values()] == [DOI, "10.1101/2019.7"]


def test_two_files_of_a_paper_added_in_one_go_give_one_document(papers: Path, target: Path):
    """Three here; the best is kept, whatever their order."""
    for name, text in (("a.txt", TEXT), ("b.xml", JATS), ("c.md", MARKDOWN)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    (reading,) = held(target).values()
    assert (reading.document.file, copies(reading)) == ("b.xml", ["a.txt", "c.md"])


def test_adding_the_folder_again_changes_nothing(papers: Path, target: Path):
    """A file that was passed over is remembered."""
    for name, text in (("a.txt", TEXT), ("b.xml", JATS)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    before = current_generation(target)
    outcomes = add(target, papers)
    assert {outcome.status for outcome in outcomes.values()} == {"unchanged"}
    assert outcomes["a.txt"].notices == ("The same paper as b.xml, which is kept.",)
    assert current_generation(target) == before


def test_with_the_paper_goes_what_was_passed_over_for_it(papers: Path, target: Path):
    """Its other file can then be added again."""
    for name, text in (("a.txt", TEXT), ("b.xml", JATS)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    change_library(target, HashedEncoder(), remove=["a"]).close()
    assert held(target) == {}
    assert add(target, papers / "a.txt")["a.txt"].status == "added"


def test_a_paper_without_a_doi_is_known_by_its_title_and_author(papers: Path, target: Path):
    """A different first author makes it another paper, even where the year is the same."""
    (papers / "a.md").write_text(MARKDOWN.replace(f"doi: {DOI}\n", ""), encoding="utf-8")
    (papers / "b.xml").write_text(JATS, encoding="utf-8")
    other = JATS.replace("Ito", "Marsh").replace(DOI, "10.1234/other").replace(BODY, "Another text. " * 3)
    (papers / "c.xml").write_text(other, encoding="utf-8")
    outcomes = add(target, papers)
    assert outcomes["b.xml"].notices[-1].startswith("The same paper as a.md (the same title)")
    assert outcomes["c.xml"].status == "added"
    assert sorted(held(target)) == ["a", "c"]


def test_a_changed_file_that_is_another_paper_now_says_what_to_add_again(papers: Path, target: Path):
    """The other file of the paper before is not lost without a word."""
    for name, text in (("a.txt", TEXT), ("b.xml", JATS)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    moved = JATS.replace(DOI, "10.1234/new").replace("Lanterns", "Ferries").replace("harbour wall", "wide estuary")
    (papers / "b.xml").write_text(moved.replace("Gulls", "Terns"), encoding="utf-8")
    outcome = add(target, papers / "b.xml")["b.xml"]
    assert outcome.notices == ("It is another paper now; add a.txt again, the same paper as the one before.",)
    assert add(target, papers)["a.txt"].status == "added"
    assert len(held(target)) == 2


def test_a_file_passed_over_that_becomes_another_paper_is_added(papers: Path, target: Path):
    for name, text in (("a.txt", TEXT), ("b.xml", JATS)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    (papers / "a.txt").write_text("Moss on wet stones\n\nGreen moss drinks fog with miR-210.", encoding="utf-8")
    assert add(target, papers)["a.txt"].status == "added"
    assert [copies(reading) for reading in held(target).values()] == [[], []]


def test_a_file_passed_over_that_was_moved_is_named_once(papers: Path, target: Path):
    for name, text in (("a.txt", TEXT), ("b.xml", JATS)):
        (papers / name).write_text(text, encoding="utf-8")
    add(target, papers)
    (papers / "a.txt").rename(papers / "moved.txt")
    add(target, papers)
    assert [copies(reading) for reading in held(target).values()] == [["moved.txt"]]


def test_a_paper_keeps_its_pages_when_a_copy_of_it_is_passed_over(papers: Path, target: Path):
    """The file of its pages is in the library still, and is the one it was."""
    body = " ".join(f"Lantern {place} burns on the quay for gull {place * 7} at dawn." for place in range(30))
    (papers / "a.pdf").write_bytes(typst.compile(f"= Lanterns over the wall\n\n{body}\n".encode()))
    add(target, papers)
    (papers / "b.txt").write_text(f"Another name\n\n{body}\n", encoding="utf-8")
    notice = add(target, papers)["b.txt"].notices
    assert notice == ("The same paper as a.pdf (nearly the same text), which has the better format; that one is kept.",)
    (reading,) = held(target).values()
    assert reading.layout is not None
    with closing(Library.open(target)) as library:
        original = library.parts.original("a")
        assert original is not None
        assert original.read_bytes() == (papers / "a.pdf").read_bytes()


def test_papers_that_may_be_one_are_both_kept(papers: Path, target: Path):
    """A preprint under a DOI of its own; the outcome names the other one."""
    (papers / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (papers / "b.md").write_text(MARKDOWN.replace(DOI, "10.1101/2020.1"), encoding="utf-8")
    outcomes = add(target, papers)
    assert outcomes["b.md"].notices == ("It may be the same paper as a.md; both are kept.",)
    assert sorted(held(target)) == ["a", "b"]
