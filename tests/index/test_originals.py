"""The files whose pages can be shown: kept with the library as long as their document, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.errors import LibraryDamaged
from corpus.records import Reading
from index.library import Library, change_library
from tests.encoders import HashedEncoder
from tests.index.conftest import MOSS, read_paper
from tests.printing import printed

OTHER = printed("#set page(width: 300pt, height: 200pt)\n= On ice\nSilver seals sleep beside the glacier.")


def paper(data: bytes = b"") -> Reading:
    """The small paper, or another in its place."""
    return read_document("tide.pdf", data or printed(), document_id="tide", source="upload:tide.pdf")


@pytest.fixture
def library(tmp_path: Path, encoder: HashedEncoder) -> Path:
    """A library of a PDF and a file without pages."""
    change_library(tmp_path / "library", encoder, add=[paper(), read_paper("moss", MOSS)]).close()
    return tmp_path / "library"


def original(library: Path, document_id: str = "tide") -> Path | None:
    opened = Library.open(library)
    opened.close()
    return opened.parts.original(document_id)


def everything(library: Path) -> bytes:
    """Every byte of every file."""
    return b"\0".join(file.read_bytes() for file in sorted(library.rglob("*")) if file.is_file())


def test_the_original_is_the_very_file_that_was_read(library: Path):
    """Only of what has pages."""
    kept = original(library)
    assert kept is not None
    assert kept.read_bytes() == printed()
    assert original(library, "moss") is original(library, "nobody") is None


def test_it_stays_whatever_else_changes(library: Path, encoder: HashedEncoder):
    """The same file, with its layout, once another document goes and one comes."""
    before = original(library)
    assert before is not None
    file = before.stat().st_ino
    change_library(library, encoder, add=[read_paper("ferns", MOSS)], remove=["moss"]).close()
    after = original(library)
    assert after is not None
    assert not before.exists()
    assert after.read_bytes() == printed()
    assert after.stat().st_ino == file, "a second copy was written although the disk has links"
    opened = Library.open(library)
    opened.verify()
    assert opened.store.layout("tide").pack() == paper().layout.pack()
    assert opened.store.page_count("tide") == 2
    opened.close()


def test_removed_it_is_in_no_byte(library: Path, encoder: HashedEncoder):
    """Neither the file nor where its words stood."""
    packed = paper().layout.pack()
    assert printed() in everything(library)
    assert packed in everything(library)
    change_library(library, encoder, remove=["tide"]).close()
    assert original(library) is None
    assert printed() not in everything(library)
    assert packed not in everything(library)
    opened = Library.open(library)
    assert (opened.store.layout("tide"), opened.store.page_count("tide"), opened.parts.originals) == (None, 0, {})
    opened.close()


def test_another_file_takes_its_place(library: Path, encoder: HashedEncoder):
    """And nothing is left of the one before."""
    change_library(library, encoder, add=[paper(OTHER)], remove=["tide"]).close()
    kept = original(library)
    assert kept is not None
    assert kept.read_bytes() == OTHER
    assert printed() not in everything(library)


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_verifying_finds_one_that_is_not_what_was_read(library: Path, harm: str):
    """Opening does not: originals are many, and read only to be shown."""
    kept = original(library)
    assert kept is not None
    if harm == "gone":
        kept.unlink()
    else:
        kept.write_bytes(printed()[:-1] + b"?")
    opened = Library.open(library)
    with pytest.raises(LibraryDamaged, match="pages that the library keeps of 'tide'"):
        opened.verify()
    opened.close()
