"""A library as the list of its documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged, LibraryMismatch, LibraryMissing
from corpus.records import Reading
from index.generation import Generation
from index.intake import sources_of, take_in
from index.library import Library, change_library, current_generation
from index.listing import Listing, listed
from tests.encoders import HashedEncoder
from tests.index.conftest import KITES


@pytest.fixture
def library(tmp_path: Path, kites: Reading, moss: Reading) -> Path:
    """A library of two papers."""
    change_library(tmp_path / "library", HashedEncoder(), add=[kites, moss]).close()
    return tmp_path / "library"


def test_a_listing_says_what_the_library_says(library: Path):
    """Of its documents and of itself."""
    whole, listing = Library.open(library), Listing.open(library)
    assert listing.manifest == whole.manifest
    assert tuple(listing.summaries().values()) == whole.store.summaries()
    assert list(listed(library)) == ["kites", "moss"]
    listing.close()
    whole.close()


def test_where_there_is_no_library_nothing_is_listed(tmp_path: Path):
    """And whoever needs one is told how to make it."""
    assert listed(tmp_path) == {}
    with pytest.raises(LibraryMissing, match="exocite add"):
        Listing.open(tmp_path)


def test_what_cannot_be_listed_is_told(library: Path):
    """Documents that are gone, and a library of another version."""
    (store,) = library.rglob("store.sqlite")
    store.rename(store.with_name("elsewhere"))
    with pytest.raises(LibraryDamaged, match=r"store\.sqlite"):
        Listing.open(library)
    (manifest,) = library.rglob("manifest.json")
    manifest.write_text(manifest.read_text().replace('"schema": ', '"schema": 9'))
    with pytest.raises(LibraryMismatch, match="another version"):
        listed(library)


def test_a_library_that_is_replaced_meanwhile_is_listed_as_it_is_then(library: Path, monkeypatch: pytest.MonkeyPatch):
    """Between the look at which generation it is and the opening of that one."""
    told = [current_generation(library)]
    change_library(library, HashedEncoder(), remove=["moss"]).close()
    monkeypatch.setattr(
        "index.listing.current_generation", lambda path: told.pop() if told else current_generation(path)
    )
    assert list(listed(library)) == ["kites"]


def test_an_add_that_brings_nothing_new_opens_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It is compared with the list of what is there."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "kites.md").write_text(KITES, encoding="utf-8")
    sources = sources_of([tmp_path / "papers"])
    take_in(tmp_path / "library", HashedEncoder(), sources)
    monkeypatch.setattr(Generation, "open", lambda folder: pytest.fail(f"{folder} was opened whole"))
    (outcome,) = take_in(tmp_path / "library", HashedEncoder(), sources)
    assert outcome.status == "unchanged"
    with pytest.raises(LibraryMismatch, match="not with other"):
        take_in(tmp_path / "library", HashedEncoder(model="other"), sources)
