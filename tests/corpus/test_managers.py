from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.managers import read_export
from corpus.managers.entries import Entry, Export
from corpus.managers.filefield import files_in
from corpus.managers.files import find_file
from corpus.managers.wording import from_latex, plain
from corpus.metadata import Facts

# ------------------------------------------------------------------------------------------ the file field

# any sign but braces, which BibTeX itself keeps for its own use, and those that no path holds
PATHS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="{}"), min_size=1, max_size=40
).map(lambda path: f"files/{path.strip()}x.pdf")
NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="{}"), max_size=20)


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:").replace(";", "\\;").replace("$", "\\$")


@given(st.lists(st.tuples(NAMES, PATHS), max_size=4))
def test_every_path_that_zotero_writes_is_read(files: list[tuple[str, str]]):
    field = ";".join(f"{escaped(name)}:{escaped(path)}:application/pdf" for name, path in files)
    assert files_in(field) == tuple(dict.fromkeys(path for _, path in files))


@given(st.lists(PATHS, max_size=4))
def test_every_path_that_jabref_writes_is_read(paths: list[str]):
    field = ";".join(f":{escaped(path)}:PDF" for path in paths)
    assert files_in(field) == tuple(dict.fromkeys(paths))


@given(st.lists(PATHS, max_size=4))
def test_every_path_that_better_bibtex_writes_is_read(paths: list[str]):
    field = ";".join(f"/{escaped(path)}" for path in paths)
    assert files_in(field) == tuple(dict.fromkeys(f"/{path}" for path in paths))


@given(st.text(max_size=60))
def test_any_text_is_a_file_field(field: str):
    """It names something or nothing, and never fails; no name is empty."""
    assert all(files_in(field))


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (r":C$\backslash$:/Users/ada/a{\_}b.pdf:pdf", ("C:/Users/ada/a_b.pdf",)),  # Mendeley
        (":home/ada/a.pdf:pdf;:home/ada/b.pdf:pdf", ("home/ada/a.pdf", "home/ada/b.pdf")),
        (r"C:\Users\ada\a.pdf", (r"C:\Users\ada\a.pdf",)),
        (r"Full Text:C:\Users\ada\a.pdf:application/pdf", (r"C:\Users\ada\a.pdf",)),
        ("a.pdf:PDF", ("a.pdf",)),
        (r"\\\\server\\share\\a.pdf", (r"\\server\share\a.pdf",)),
        ("file:///home/ada/a%20b.pdf", ("file:///home/ada/a%20b.pdf",)),
        ("Full Text:https://example.org/a.pdf:application/pdf", ()),
        (";;", ()),
        ("", ()),
    ],
)
def test_file_fields_as_they_are_met(field: str, paths: tuple[str, ...]):
    assert files_in(field) == paths


# ------------------------------------------------------------------------------------------ where the files are


@pytest.mark.parametrize(
    "named",
    [
        "storage/ABCD2345/a b.pdf",
        "attachments:storage/ABCD2345/a b.pdf",
        r"storage\ABCD2345\a b.pdf",
        r"C:\Users\ada\Zotero\storage\ABCD2345\a b.pdf",  # it was moved here with its files
        "/home/ada/Zotero/storage/ABCD2345/a b.pdf",
        "file:///home/ada/Zotero/storage/ABCD2345/a%20b.pdf",
        "file://localhost/C:/Zotero/storage/ABCD2345/a%20b.pdf",
        "../elsewhere/storage/ABCD2345/a b.pdf",
    ],
)
def test_a_file_is_found_from_the_export(tmp_path: Path, named: str):
    file = tmp_path / "storage" / "ABCD2345" / "a b.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    found = find_file(named, tmp_path)
    assert found is not None
    assert found.resolve() == file


def test_a_path_of_this_machine_is_found_as_it_stands(tmp_path: Path):
    """Without its first slash too, as Mendeley writes it."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"x")
    for named in (str(file), str(file).lstrip("/"), file.as_uri()):
        assert find_file(named, tmp_path / "export") == file


def test_a_path_longer_than_any_is_not_looked_for(tmp_path: Path):
    """Each end of it would be: that many names took minutes."""
    assert find_file("a/" * 50_000 + "a.pdf", tmp_path) is None


@pytest.mark.parametrize("named", ["gone.pdf", "", ".", "a\0b.pdf", "file:", "file://[", "x" * 5000, "/"])
def test_what_is_no_file_is_not_found(tmp_path: Path, named: str):
    assert find_file(named, tmp_path) is None


# ------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{TGF-$\beta$} in {\"o}, \"{u}, {\ss}, {\O}, \'{e}, {\v s}", "TGF-β in ö, ü, ß, Ø, é, š"),
        (r"CD8$^{+}$ and CD8\textsuperscript{+} in H$_2$O", "CD8⁺ and CD8⁺ in H₂O"),
        (r"{{miR-21}} \textit{in vivo} \& more", "miR-21 in vivo & more"),
        (r"50% of 5 $ notes", "50% of 5 $ notes"),
        (r"$\Delta$Np63 and NF-$\kappa$B", "ΔNp63 and NF-κB"),
        ("10--20 {never closed", "10–20 never closed"),
        ("TGF-β, as it stands", "TGF-β, as it stands"),
        (r"\href{https://a.org/b_c}{Foam} in \mbox{miR-21}", "Foam in miR-21"),
        (r"p \textless{} 0.05 {\textgreater} 0, and{\slash}or", "p < 0.05 > 0, and/or"),
        (r"TGF-\textbeta{}1, $\upalpha$-SMA, $\mathit{miR}$-21", "TGF-β1, α-SMA, miR-21"),
        ("AT&T of {miR}_21", "AT&T of miR_21"),
    ],
)
def test_latex_reads_as_it_would_be_set(latex: str, text: str):
    assert from_latex(latex) == text


@given(st.text(max_size=80))
def test_any_text_can_be_taken_for_latex(text: str):
    assert from_latex(text) == " ".join(from_latex(text).split())


@pytest.mark.parametrize(
    "damaged", ["{" * 2000 + "Foam" + "}" * 2000, r"\textbf{" * 900 + "Foam" + "}" * 900, r"\href Foam"]
)
def test_latex_that_cannot_be_set_keeps_its_words(damaged: str):
    """Braces without end, and a command without its arguments: no entry stops the others."""
    assert from_latex(damaged) == "Foam"


def test_html_in_titles_is_made_plain():
    """Its raised and lowered characters stay so; what Unicode cannot say is kept in TeX's signs."""
    assert plain("<i>let-7a</i> &amp; Ca<sup>2+</sup>, x<sup>Q</sup>, a < b") == "let-7a & Ca²⁺, x^{Q}, a < b"


# ------------------------------------------------------------------------------------------ formats

RIS = """TY  - JOUR
TI  - Lanterns carry <i>miR-21</i>
AU  - Ito, Ada
AU  - van der Berg, J. P., Jr
PY  - 2021/03//
T2  - Quay Letters
DO  - https://doi.org/10.1234/QUAY.7
L1  - files/1/a.pdf
L1  - files/1/b.pdf
L2  - https://example.org/a.pdf
L4  - file:///home/ada/c.csv
TY  - JOUR
T1  - Not ended above
 and over two lines
Y1  - in press
ER  -

stray line
TY  - JOUR
ER  -
"""


def test_ris_gives_its_entries_and_files():
    """An entry that is not ended ends where the next one begins, and keeps its files to itself."""
    facts = Facts("Lanterns carry miR-21", ("Ada Ito", "J. P. van der Berg Jr"), 2021, "10.1234/quay.7", "Quay Letters")
    files = ("files/1/a.pdf", "files/1/b.pdf", "file:///home/ada/c.csv")
    assert read_export("x.ris", RIS.encode()) == Export(
        (Entry(facts, files), Entry(Facts("Not ended above and over two lines"))), 1
    )


CSL = """[
 {"type": "article-journal", "title": "Lanterns carry CD8<sup>+</sup> cells", "DOI": "10.1234/QUAY.7",
  "container-title": ["Quay Letters"], "issued": {"date-parts": [["2021", 3]]},
  "author": [{"family": "Berg", "given": "J. P.", "non-dropping-particle": "van der", "suffix": "Jr"},
             {"literal": "Harbour Group"}, null]},
 {"itemType": "journalArticle", "title": "Gulls", "date": "2019-05-03", "publicationTitle": "Quay Letters",
  "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Ito"},
               {"creatorType": "editor", "firstName": "Ed", "lastName": "Itor"}],
  "attachments": [{"path": "files/1/a.pdf"}, {"path": "https://example.org/a.pdf"}, {"title": "Link"}]},
 {"itemType": "note", "note": "none"}, 7, {}]"""


def test_csl_json_gives_its_entries_and_files():
    """With Zotero's own names of fields too; what is no entry is counted."""
    first = Facts(
        "Lanterns carry CD8⁺ cells",
        ("J. P. van der Berg Jr", "Harbour Group"),
        2021,
        "10.1234/quay.7",
        "Quay Letters",
    )
    second = Facts("Gulls", ("Ada Ito",), 2019, None, "Quay Letters")
    expected = Export((Entry(first), Entry(second, ("files/1/a.pdf",))), 2)
    assert read_export("x.json", CSL.encode()) == expected
    assert read_export("x.json", f'{{"items": {CSL}}}'.encode()) == expected


BIBTEX = r"""@string{quay = "Quay Letters"}
@article{a, title = {Lanterns}, subtitle = {A {TGF-$\beta$} story}, author = {van der Berg, Jr, J. P. and Ada Ito
  and others}, journal = quay, year = 2021, month = mar, url = {https://doi.org/10.1234/quay\_7}, file = {:a.pdf:PDF}}
@article{a, title = {The same key}, year = {2019/2020}}
@article{b, title = {never closed
@article{c, title = "In quotes", date = {2018-01-01}}
"""


def test_bibtex_gives_its_entries_and_files():
    """A broken one stops no other, and of two with one key both count, the second after all others."""
    facts = Facts(
        "Lanterns: A TGF-β story", ("J. P. van der Berg Jr", "Ada Ito"), 2021, "10.1234/quay_7", "Quay Letters"
    )
    expected = (
        Entry(facts, ("a.pdf",)),
        Entry(Facts("In quotes", year=2018)),
        Entry(Facts("The same key", year=2019)),
    )
    assert read_export("x.bib", BIBTEX.encode()) == Export(expected, 1)


@pytest.mark.parametrize("name", ["x.bib", "x.ris", "x.json"])
@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"plain words", b"{}", b"[]", b"[" * 100_000])
def test_what_is_no_export_says_so(name: str, data: bytes):
    with pytest.raises(UnreadableFile):
        read_export(name, data)


@given(st.sampled_from(["x.bib", "x.ris", "x.json"]), st.sampled_from([BIBTEX, RIS, CSL]), st.data())
def test_a_damaged_export_gives_entries_or_says_why(name: str, text: str, data: st.DataObject):
    """Cut anywhere, with anything put in."""
    start, end = (data.draw(st.integers(0, len(text))) for _ in range(2))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    with contextlib.suppress(UnreadableFile):
        assert read_export(name, damaged.encode()).entries
