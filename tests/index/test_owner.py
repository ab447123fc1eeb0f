"""Of copies of a library that name one collection, one may change it; the others are asked, and told what to do."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import EngineError, LibraryDamaged, LibraryMismatch
from corpus.records import Reading
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.engines.milvusserver import MilvusCollection
from index.library import Library, change_library
from index.moving import claim_library, move_library
from index.owner import Owner
from index.placing import PENDING, announce
from index.ranking import Ranking
from tests.encoders import HashedEncoder


@pytest.fixture
def original(tmp_path: Path, kites: Reading, moss: Reading) -> Path:
    """A library of kites and moss whose Milvus Lite lies outside its folder, as a server does."""
    apart = EngineChoice("milvus", str(tmp_path / "apart.db"))
    change_library(tmp_path / "library", HashedEncoder(), add=[kites, moss], engine=apart).close()
    return tmp_path / "library"


@pytest.fixture
def copy(original: Path) -> Path:
    """A copy of it beside it, with all that was in its folder."""
    return Path(shutil.copytree(original, original.parent / "copy"))


def asked(path: Path) -> Ranking:
    """What a library says to a question that all papers share words with; its engine holds all of it."""
    question = "does miR-21 or miR-210 or miR-200c sing in fog on warm air"
    with closing(Library.open(path)) as library:
        library.check_engine()
        return library.ranker.rank(HashedEncoder().encode([question])[0], question, 9, weight=0.4)


def found(path: Path) -> set[str]:
    """The documents of what it says."""
    return {hit.record_id.partition(":")[0] for hit in asked(path).hits}


def collection(path: Path) -> str:
    """The name by which a library goes with Milvus."""
    with closing(Library.open(path)) as library:
        return library.manifest.engine.collection


def test_a_folder_is_told_from_its_copies(tmp_path: Path):
    """Renamed, or put back where it was, it is the same; elsewhere, or made anew there, it is another."""
    (tmp_path / "library").mkdir()
    owner = Owner.of(tmp_path / "library")
    assert not Owner.of(Path(shutil.copytree(tmp_path / "library", tmp_path / "copy"))).is_same(owner)
    (tmp_path / "library").rename(tmp_path / "renamed")
    assert Owner.of(tmp_path / "renamed").is_same(owner)
    shutil.copytree(tmp_path / "copy", tmp_path / "library")
    assert Owner.of(tmp_path / "library").is_same(owner)
    assert Owner.told({"mean": "3.0", **owner.about()}) == owner
    assert Owner.told({"mean": "3.0"}) is None
    assert not Owner("", "a" * 16).is_same(Owner("", "b" * 16))


def test_a_copy_is_asked_and_not_changed(original: Path, copy: Path, ferns: Reading):
    """It is told the way before anything is encoded; what the original is searched by stays."""
    before = asked(original)
    assert asked(copy) == before
    encoder = HashedEncoder()
    for change in ({"add": [ferns]}, {"remove": ["moss"]}):
        with pytest.raises(LibraryMismatch, match=r"a copy; give it one of its own: `exocite engine rebuild`\. If"):
            change_library(copy, encoder, **change)
    assert encoder.encoded == []
    assert asked(original) == asked(copy) == before
    assert not (copy / PENDING).exists()


def test_a_copy_that_has_one_of_its_own_is_changed_and_so_is_the_original(original: Path, copy: Path, ferns: Reading):
    """Rebuilding takes nothing from the original; from then on each says what it holds."""
    before = asked(original)
    move_library(copy, AS_REMEMBERED).close()
    assert collection(copy) != collection(original)
    assert asked(original) == before
    change_library(copy, HashedEncoder(), add=[ferns], remove=["moss"]).close()
    change_library(original, HashedEncoder(), remove=["kites"]).close()
    assert (found(copy), found(original)) == ({"kites", "ferns"}, {"moss"})


def test_a_copy_that_moves_to_faiss_takes_nothing_from_the_original(original: Path, copy: Path):
    """As one that is to be read where no server is."""
    before = asked(original)
    move_library(copy, EngineChoice("faiss")).close()
    assert asked(original) == asked(copy) == before


def test_what_a_copied_folder_says_is_left_over_is_not_the_copys_to_take_away(original: Path, copy: Path):
    """It was copied while the original was being changed, and forgets that when it is opened."""
    before = asked(original)
    with closing(Library.open(original)) as library:
        announce(copy, [library.manifest.engine])
    assert asked(copy) == before
    assert not (copy / PENDING).exists()
    assert asked(original) == before


@pytest.mark.parametrize("refusing", [False, True], ids=["as Milvus Lite", "as a server"])
def test_a_copy_whose_original_changes_while_it_is_open_says_so(
    original: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, refusing: bool
):
    """It is never answered from what is left; a server refuses to search what it does not have."""

    def search(found: MilvusCollection, field, asked, k, partitions, limit, real=MilvusCollection.search):
        if refusing and not {*partitions} <= {*found.partitions()}:
            raise EngineError("partition not found")
        return real(found, field, asked, k, partitions, limit)

    monkeypatch.setattr(MilvusCollection, "search", search)
    with closing(Library.open(copy)) as library:
        vector = HashedEncoder().encode(["fog"])[0]
        assert library.ranker.rank(vector, "fog", 9, weight=0.4).hits
        change_library(original, HashedEncoder(), remove=["moss"]).close()
        with pytest.raises(LibraryDamaged, match="exocite engine rebuild"):
            library.ranker.rank(vector, "fog", 9, weight=0.4)


def test_two_folders_that_cannot_be_told_apart_say_what_they_lack_and_nothing_wrong(
    original: Path, copy: Path, ferns: Reading, monkeypatch: pytest.MonkeyPatch
):
    """As on copies of a whole disk: each is put there anew, under a name of its own, and says what it holds."""
    monkeypatch.setattr(Owner, "is_same", lambda *_: True)
    change_library(copy, HashedEncoder(), add=[ferns], remove=["moss"]).close()
    assert found(copy) == {"kites", "ferns"}
    with pytest.raises(LibraryDamaged, match="exocite engine rebuild"):
        asked(original)
    move_library(original, AS_REMEMBERED).close()
    with pytest.raises(LibraryMismatch, match="exocite engine rebuild"):
        asked(copy)
    move_library(copy, AS_REMEMBERED).close()
    assert (found(original), found(copy)) == ({"kites", "moss"}, {"kites", "ferns"})


def test_a_library_that_was_renamed_is_changed_as_before(original: Path):
    """And again after that, from where it lies then."""
    moved = original.rename(original.parent / "renamed")
    change_library(moved, HashedEncoder(), remove=["moss"]).close()
    again = Path(shutil.copytree(moved, original.parent / "again"))
    shutil.rmtree(moved)
    again.rename(moved)
    change_library(moved, HashedEncoder(), remove=["kites"]).close()
    assert found(moved) == set()


def test_who_claims_a_collection_may_change_it_and_nobody_else(original: Path, copy: Path, ferns: Reading):
    """As after a move to another machine; the folder that had it before is then the copy."""
    change_library(original, HashedEncoder(), remove=["kites"]).close()
    shutil.rmtree(copy)
    shutil.copytree(original, copy)
    name = collection(copy)
    claim_library(copy, AS_REMEMBERED).close()
    change_library(copy, HashedEncoder(), add=[ferns]).close()
    assert (found(copy), collection(copy)) == ({"moss", "ferns"}, name)
    with pytest.raises(LibraryMismatch, match="exocite engine claim"):
        change_library(original, HashedEncoder(), add=[ferns])


def test_what_is_not_all_there_cannot_be_claimed(original: Path, copy: Path):
    """It would have to be put there, which is rebuilding."""
    change_library(original, HashedEncoder(), remove=["moss"]).close()
    with pytest.raises(LibraryDamaged, match="exocite engine rebuild"):
        claim_library(copy, AS_REMEMBERED)
    assert found(original) == {"kites"}
