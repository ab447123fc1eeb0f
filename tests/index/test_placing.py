"""Libraries that lie with Milvus: put there, moved, changed, cut short, and what is said of what is not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus.errors import BadSetting, EngineError, LibraryDamaged, LibraryMismatch
from corpus.records import Reading
from index import merging
from index.encoder import Encoder
from index.engineplace import AS_REMEMBERED, EngineChoice, EnginePlace
from index.engines.milvusserver import MilvusCollection
from index.library import Library, change_library
from index.moving import move_library
from index.placing import PENDING, announce, left_over
from index.ranking import Ranking
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS, contents, read_paper

ROOT = Path(__file__).resolve().parent.parent.parent
LITE = EngineChoice("milvus")


@pytest.fixture
def lite(tmp_path: Path, kites: Reading, moss: Reading) -> Path:
    """A library of kites and moss that lies with Milvus Lite in its own folder."""
    change_library(tmp_path / "library", HashedEncoder(), add=[kites, moss], engine=LITE).close()
    return tmp_path / "library"


def asked(path: Path, engine: EngineChoice = AS_REMEMBERED) -> Ranking:
    """What a library says to a question that both papers share words with."""
    with closing(Library.open(path, engine)) as library:
        question = "does miR-21 or miR-210 sing in fog"
        return library.ranker.rank(HashedEncoder().encode([question])[0], question, 9, weight=0.4)


def place_of(path: Path) -> EnginePlace:
    """Where a library says that it lies."""
    with closing(Library.open(path)) as library:
        return library.manifest.engine


def lying(address: Path, collection: str) -> set[str] | None:
    """The partitions of a collection that hold anything; None where it is not there."""
    with MilvusCollection(str(address), collection, "") as found:
        return {name for name in found.partitions() if found.count(name)} if found.exists() else None


def named(path: Path) -> set[str]:
    """The partitions that a library names."""
    with closing(Library.open(path)) as library:
        return {f"s_{name}" for name in library.manifest.segments}


def holding(folder: Path, text: str) -> set[str]:
    """The files below a folder that hold a text."""
    return {file.name for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()}


# -- what a library remembers


def test_a_library_is_asked_where_it_lies_without_being_told(folder: Path, tmp_path: Path):
    """It ranks as the same papers do without Milvus, score for score."""
    papers = [read_paper("kites", KITES), read_paper("moss", MOSS)]
    change_library(tmp_path / "lite", HashedEncoder(), add=papers, engine=LITE).close()
    assert place_of(tmp_path / "lite").name == "milvus"
    assert asked(tmp_path / "lite") == asked(folder)
    assert asked(folder).hits


def test_it_lies_in_its_own_folder_and_moves_with_it(lite: Path, tmp_path: Path):
    """By a path that is relative to it."""
    before = asked(lite)
    assert place_of(lite).uri == "milvus.db"
    lite.rename(tmp_path / "elsewhere")
    assert asked(tmp_path / "elsewhere") == before


def test_nothing_secret_is_written_down(tmp_path: Path, kites: Reading):
    """Neither with the library nor with Milvus."""
    choice = EngineChoice("milvus", str(tmp_path / "apart.db"), "ito:quokkas")
    change_library(tmp_path / "library", HashedEncoder(), add=[kites], engine=choice).close()
    assert holding(tmp_path, "quokkas") == set()
    assert holding(tmp_path, "apart.db") == {"manifest.json"}


def test_another_engine_than_the_librarys_is_refused_with_the_way_to_go_there(lite: Path, encoder: Encoder):
    """Whoever opens it or changes it; nothing was changed."""
    before = contents(lite / "generations")
    for attempt in (
        lambda: Library.open(lite, EngineChoice("faiss")),
        lambda: change_library(lite, encoder, remove=["moss"], engine=EngineChoice("faiss")),
    ):
        with pytest.raises(LibraryMismatch, match="exocite --engine faiss engine rebuild"):
            attempt()
    assert contents(lite / "generations") == before


def test_an_address_without_an_engine_is_refused(tmp_path: Path, encoder: Encoder):
    """Nobody would ask there."""
    for name in ("", "faiss"):
        with pytest.raises(BadSetting, match="--engine milvus"):
            change_library(tmp_path / "library", encoder, engine=EngineChoice(name, "http://127.0.0.1:19530"))


@pytest.mark.parametrize("name", ["", "faiss"])
def test_an_address_is_never_passed_over_where_faiss_searches(folder: Path, encoder: Encoder, name: str):
    """Whoever names one thinks that the library lies there; the way there is told, and nothing was changed."""
    before, there = contents(folder), EngineChoice(name, "http://127.0.0.1:19530")
    for attempt in (lambda: Library.open(folder, there), lambda: change_library(folder, encoder, engine=there)):
        with pytest.raises(LibraryMismatch, match="exocite --engine milvus --engine-uri URI engine rebuild"):
            attempt()
    with pytest.raises(BadSetting, match="--engine milvus"):
        move_library(folder, there)
    assert contents(folder) == before


# -- changed and moved


def test_of_a_paper_that_went_milvus_keeps_no_byte(lite: Path, encoder: Encoder):
    """While it is there its id is in a file of Milvus Lite; afterwards in none of the whole library."""
    assert holding(lite / "milvus.db", "moss")
    change_library(lite, encoder, remove=["moss"]).close()
    assert holding(lite, "moss") == set()
    assert lying(lite / "milvus.db", place_of(lite).collection) == named(lite)


def test_who_has_the_library_open_while_it_changes_reads_on(lite: Path, encoder: Encoder):
    """Its partitions are gone; its own segments are asked."""
    with closing(Library.open(lite)) as library:
        question = "does miR-21 or miR-210 sing in fog"
        ask = lambda: library.ranker.rank(encoder.encode([question])[0], question, 9, weight=0.4)  # noqa: E731 (short)
        before = ask()
        change_library(lite, encoder, remove=["moss"]).close()
        assert ask() == before


def test_a_library_moves_to_milvus_and_back(folder: Path):
    """It says the same wherever it lies; where it lay nothing is left."""
    plain, papers = asked(folder), contents(folder / "segments")
    move_library(folder, LITE).close()
    place = place_of(folder)
    assert asked(folder) == plain
    assert lying(folder / "milvus.db", place.collection) == named(folder)
    move_library(folder, EngineChoice("milvus", str(folder.parent / "apart.db"), vectors="HNSW")).close()
    assert asked(folder) == plain
    assert lying(folder / "milvus.db", place.collection) is None
    apart = place_of(folder)
    move_library(folder, EngineChoice("faiss")).close()
    assert asked(folder) == plain
    assert lying(folder.parent / "apart.db", apart.collection) is None
    assert contents(folder / "segments") == papers
    assert not (folder / PENDING).exists()


# -- what is not there


def test_where_milvus_is_away_that_is_said_and_nothing_is_changed(tmp_path: Path, encoder: Encoder, kites: Reading):
    """Of a new library nothing is left but its lock; of an old one all."""
    away = EngineChoice("milvus", "http://127.0.0.1:1")
    with pytest.raises(EngineError, match=r"127\.0\.0\.1:1 does not answer"):
        change_library(tmp_path / "library", encoder, add=[kites], engine=away)
    assert not (tmp_path / "library" / "current").exists()
    change_library(tmp_path / "library", encoder, add=[kites]).close()
    before = asked(tmp_path / "library")
    with pytest.raises(EngineError, match="does not answer"):
        move_library(tmp_path / "library", away)
    assert asked(tmp_path / "library") == before
    assert place_of(tmp_path / "library").name == "faiss"


def test_a_collection_that_is_not_there_is_put_there_by_rebuilding(lite: Path):
    """As where the address is that of another Milvus, or its files were deleted."""
    before = asked(lite)
    shutil.rmtree(lite / "milvus.db")
    with pytest.raises(LibraryMismatch, match="exocite engine rebuild"):
        asked(lite)
    move_library(lite, EngineChoice()).close()
    assert asked(lite) == before


def test_a_part_that_is_not_there_is_told_and_never_passed_over(
    lite: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture
):
    """Some of the papers would not be found; the next change puts it there too, and says so."""
    before = asked(lite)
    with MilvusCollection(str(lite / "milvus.db"), place_of(lite).collection, "") as collection:
        collection.drop_partition(*named(lite))
    with pytest.raises(LibraryDamaged, match="does not hold 1 of the 1 parts"):
        asked(lite)
    change_library(lite, encoder).close()
    assert asked(lite) == before
    lost = f"Milvus at {lite / 'milvus.db'} no longer held 1 of the 1 parts of this library; it holds all of it again."
    assert caplog.messages == [lost]


@pytest.mark.parametrize("apart", [True, False])
def test_where_all_files_of_milvus_were_deleted_the_next_change_says_that_it_put_them_there(
    lite: Path,
    encoder: Encoder,
    ferns: Reading,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    apart: bool,
):
    """Of the parts that there were, whether they stay or what comes is put together with them."""
    if apart:
        monkeypatch.setattr(merging, "SMALL", 0)
        monkeypatch.setattr(merging, "_BESIDE", 0)
    change_library(lite, encoder, add=[ferns]).close()
    assert caplog.messages == []
    shutil.rmtree(lite / "milvus.db")
    change_library(lite, encoder, add=[read_paper("last", FERNS.replace("lantern", "candle"))]).close()
    assert [message.partition(" no longer held ")[2] for message in caplog.messages] == [
        f"{1 + apart} of the {1 + apart} parts of this library; it holds all of it again."
    ]
    assert {hit.record_id.partition(":")[0] for hit in asked(lite).hits} >= {"kites", "moss"}


def test_a_library_leaves_a_server_that_is_no_more(lite: Path):
    """Its papers lie in its folder; that something may lie there is told."""
    before, (manifest,) = asked(lite), (lite / "generations").glob("*/manifest.json")
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**told, "engine": {**told["engine"], "uri": "http://127.0.0.1:1"}}))
    with closing(move_library(lite, EngineChoice("faiss"))) as library:
        assert library.left_over == ("http://127.0.0.1:1",)
    assert asked(lite) == before


def test_milvus_lite_serves_one_process_at_a_time_and_says_so(lite: Path):
    """Another one has it open; what needs nothing to be found works all the same."""
    with elsewhere(lite):
        with closing(Library.open(lite)) as library:
            assert len(library.store) == 4
        with pytest.raises(EngineError, match="One process at a time"):
            asked(lite)
    assert asked(lite).hits


def test_without_its_client_the_way_to_install_it_is_told(lite: Path, monkeypatch: pytest.MonkeyPatch):
    """As where Exocite was installed without its extra."""
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(EngineError, match=r"exocite\[milvus\]"):
        asked(lite)


@contextmanager
def elsewhere(lite: Path) -> Iterator[None]:
    """Another process has the library's Milvus Lite open inside the block."""
    code = (
        "import sys; from index.engines.milvusserver import MilvusCollection;"
        f"c = MilvusCollection({str(lite / 'milvus.db')!r}, 'x', ''); print('open', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        try:
            yield
        finally:
            other.stdin.close()
            other.wait()


# -- cut short

CHILDREN = """
import json, os, sys
from pathlib import Path
import index.library as module
from index.engines.milvusserver import MilvusCollection, _client
from index.engines.milvuswriting import MilvusWriting
from tests.crashing import crash_at
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, read_paper

PLACES = {
    "announce": (module, "announce"), "partition": (MilvusCollection, "add_partition"),
    "insert": (MilvusCollection, "insert"), "flush": (MilvusCollection, "flush"), "swap": (module, "_swap"),
    "forget": (module, "_forget_others"), "seal": (MilvusWriting, "seal"), "drop": (MilvusCollection, "drop_partition"),
}

def change(folder, place, when):
    crash_at(*PLACES[place], when)
    module.change_library(Path(folder), HashedEncoder(), add=[read_paper("ferns", FERNS)], remove=["moss"])

_client()  # once for all children; nothing is connected to yet
import pandas, pyarrow.parquet, milvus_lite.adapter.grpc.server
ended = []
for folder, place, when in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        try:
            change(folder, place, when)
        finally:
            os._exit(5)
    ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(ended))
"""
OLD, NEW = {"kites", "moss"}, {"kites", "ferns"}
CRASHES = [
    ("announce", "after", OLD),
    ("partition", "after", OLD),
    ("insert", "after", OLD),
    ("swap", "before", OLD),
    ("swap", "after", NEW),
    ("seal", "before", NEW),
    ("seal", "after", NEW),
    ("drop", "before", NEW),
    ("drop", "after", NEW),
]


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One library for each of the crashes, after it, in folders numbered as they are."""
    folder = tmp_path_factory.mktemp("crashed")
    papers = [read_paper("kites", KITES), read_paper("moss", MOSS)]
    for i in range(len(CRASHES)):
        change_library(folder / str(i), HashedEncoder(), add=papers, engine=LITE).close()
    jobs = [(str(folder / str(i)), place, when) for i, (place, when, _) in enumerate(CRASHES)]
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN, json.dumps(jobs)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [9] * len(CRASHES), done.stderr
    return folder


@pytest.mark.parametrize(
    ("number", "left"),
    [pytest.param(i, left, id=f"{when} {place}") for i, (place, when, left) in enumerate(CRASHES)],
)
def test_a_change_that_is_killed_leaves_the_old_library_or_the_new_one(crashed: Path, number: int, left: set[str]):
    """Whoever opens it next finds it whole, and Milvus holds it and nothing besides."""
    path = crashed / str(number)
    with closing(Library.open(path)) as library:
        assert {summary.id for summary in library.store.summaries()} == left
        library.check_engine()
    found = {hit.record_id.split(":")[0] for hit in asked(path).hits}
    assert found <= left
    assert "kites" in found
    assert lying(path / "milvus.db", place_of(path).collection) == named(path)
    assert not (path / PENDING).exists()


@pytest.mark.parametrize("name", ["add_partition", "insert", "flush"])
def test_an_interrupt_leaves_nothing_with_milvus(
    lite: Path, encoder: Encoder, ferns: Reading, monkeypatch: pytest.MonkeyPatch, name: str
):
    """The library is as it was."""
    before = asked(lite)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(MilvusCollection, name, interrupt)
        with pytest.raises(KeyboardInterrupt):
            change_library(lite, encoder, add=[ferns], remove=["moss"])
    assert asked(lite) == before
    assert lying(lite / "milvus.db", place_of(lite).collection) == named(lite)


def test_what_milvus_could_not_let_go_of_goes_once_it_answers(
    lite: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
):
    """The library is changed all the same, and says that something is left."""

    def refuse(*_: object) -> None:
        raise EngineError("away")

    with monkeypatch.context() as patched:
        patched.setattr(MilvusCollection, "drop_partition", refuse)
        with closing(change_library(lite, encoder, remove=["moss"])) as library:
            assert library.left_over == (str(lite / "milvus.db"),)
    with closing(Library.open(lite)) as library:
        assert library.left_over == ()
        assert [summary.id for summary in library.store.summaries()] == ["kites"]
    assert holding(lite, "moss") == set()


def test_whatever_ends_writing_down_where_something_may_lie_no_address_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What stood there before stands there until the new one does, whole."""
    first, second = (EnginePlace("milvus", f"http://{name}:19530", f"exocite_{name}") for name in ("one", "two"))
    announce(tmp_path, [first])

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for step in ("os.fsync", "pathlib.Path.replace"):
        with monkeypatch.context() as patched:
            patched.setattr(step, interrupt)
            with pytest.raises(KeyboardInterrupt):
                announce(tmp_path, [second])
        assert left_over(tmp_path) == ("http://one:19530",)
    announce(tmp_path, [second, first])
    assert left_over(tmp_path) == ("http://one:19530", "http://two:19530")
