"""A library on disk is whole at any instant, belongs together, and forgets what was removed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryBusy, LibraryDamaged, LibraryMismatch, LibraryMissing, StorageFull, UnknownRecord
from corpus.records import Reading, RowCheck
from index import library as module
from index.generation import open_manifest
from index.library import Library, change_library, changing, current_generation
from index.texts import encoded_text
from index.tokens import words
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS, contents, generations, read_paper, segments

ROOT = Path(__file__).resolve().parents[2]


def documents(folder: Path) -> set[str]:
    """The ids in the library, after its content has been held against its manifest."""
    library = Library.open(folder)
    try:
        library.verify()
        found = set(ids(library))
        assert {record.document_id for record in library.store.records()} <= found
        return found
    finally:
        library.close()


def ids(library: Library) -> list[str]:
    return [summary.id for summary in library.store.summaries()]


def test_what_was_put_in_is_found_in_every_part(folder: Path, kites: Reading, moss: Reading, encoder: HashedEncoder):
    """The store gives the readings back, each vector is its text's, and a word counts the records that hold it."""
    library = Library.open(folder)
    assert (library.store.reading("kites"), library.store.reading("moss")) == (kites, moss)
    records = [*kites.records, *moss.records]
    assert list(library.ranker.ids) == [record.id for record in records]
    vectors = library.ranker.vectors.vectors(np.arange(len(records)))
    assert vectors.tolist() == encoder.encode([encoded_text(record) for record in records]).tolist()
    assert [library.ranker.words.frequency(*words(word)) for word in ("bank", "quokka", "lantern")] == [1, 1, 0]
    assert (library.manifest.documents, library.manifest.records) == (2, 4)
    library.close()


def test_where_there_is_no_library_that_is_said(tmp_path: Path):
    """No folder, an empty one, or a file in its place."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name in ("nothing", "empty", "file"):
        assert current_generation(tmp_path / name) is None
        with pytest.raises(LibraryMissing, match="exocite add"):
            Library.open(tmp_path / name)


def test_an_empty_library_is_a_library(folder: Path, encoder: HashedEncoder):
    """The last document may be removed; the library then holds nothing and finds nothing."""
    change_library(folder, encoder, remove=["kites", "moss"]).close()
    assert documents(folder) == set()
    library = Library.open(folder)
    assert library.ranker.rank(encoder.encode(["kite"])[0], "kite", 5, weight=0.5).hits == ()
    library.close()


# ------------------------------------------------------------------------------------------------ crashes

# One interpreter with everything imported forks a child for each job; a child ends as its job says.
CHILDREN = """
import json, os, resource, signal, sys
from pathlib import Path
import corpus.writing, index.draft as draft, index.library as module
from corpus.errors import StorageFull
from index.manifest import Manifest, SegmentManifest
from index.namings import Namings
from index.postings import Postings
from index.statementparts import StatementPart
from index.vectorpart import Merged, VectorPart
from tests.crashing import crash_at
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, read_paper

PLACES = {
    "mkdir": (Path, "mkdir"), "write_store": (draft, "write_store"), "insert": (corpus.writing, "_insert"),
    "take over": (corpus.writing, "_take_over"), "vectors": (Merged, "save"), "words": (Postings, "save"),
    "statements": (StatementPart, "save"), "segment": (SegmentManifest, "save"), "namings": (Namings, "save"),
    "manifest": (Manifest, "save"),
    "flush": (module, "_flush"), "sync": (module, "_sync"),
    "swap": (module, "_swap"), "replace": (Path, "replace"), "forget": (module, "_forget_others"),
    "rmtree": (module.shutil, "rmtree"),
}

def limit_files(size):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

def change(folder, job):
    ferns = read_paper("ferns", FERNS + job.get("more", ""))
    if "place" in job:
        crash_at(*PLACES[job["place"]], job["when"])
    else:
        limit_files(job["limit"])
    try:
        module.change_library(Path(folder), HashedEncoder(job.get("dimension", 512)), add=[ferns], remove=["moss"])
    except StorageFull as error:
        os._exit(7 if "free some space" in str(error) or "cannot be written" in str(error) else 6)
    os._exit(0)

ended = []
for folder, job in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        try:
            change(folder, job)
        finally:
            os._exit(5)
    ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(ended))
"""
OLD, NEW = {"kites", "moss"}, {"kites", "ferns"}
PLACES = [
    "mkdir",
    "write_store",
    "insert",
    "take over",
    "vectors",
    "words",
    "statements",
    "segment",
    "namings",
    "manifest",
    "flush",
    "sync",
    "swap",
]


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )


CRASHES = [
    *((place, "before", OLD) for place in PLACES),
    *((place, "after", OLD) for place in PLACES[:-1]),
    ("replace", "before", OLD),
    ("replace", "after", NEW),
    ("swap", "after", NEW),
    ("forget", "before", NEW),
    ("rmtree", "before", NEW),
    ("rmtree", "after", NEW),
]
DISKS = [(0, ""), (1, ""), (100, ""), (5_000, ""), (30_000, ""), (60_000, ""), (60_000, "\nLong moss." * 9000)]
"""Bytes that a file may have, and what the new paper has besides."""


def end_children(jobs: list[tuple[Path, dict[str, object]]]) -> None:
    """Each job has run in a child of its own, which ended as its job wants: 9 for a crash, 7 for a full disk."""
    done = run(CHILDREN, json.dumps([(str(folder), job) for folder, job in jobs]))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [9 if "place" in job else 7 for _, job in jobs], done.stderr


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One library for each of the crashes, after it; in folders numbered as they are, and the last was never made."""
    folder = tmp_path_factory.mktemp("crashed")
    papers = [read_paper("kites", KITES), read_paper("moss", MOSS)]
    for i in range(len(CRASHES)):
        change_library(folder / str(i), HashedEncoder(), add=papers).close()
    jobs = [(folder / str(i), {"place": place, "when": when}) for i, (place, when, _) in enumerate(CRASHES)]
    end_children([*jobs, (folder / "new", {"place": "manifest", "when": "after"})])
    return folder


@pytest.mark.parametrize(
    ("i", "expected"), [pytest.param(i, crash[2], id=f"{crash[1]} {crash[0]}") for i, crash in enumerate(CRASHES)]
)
def test_a_crash_at_any_step_leaves_the_old_library_or_the_new_one_whole(crashed: Path, i: int, expected: set[str]):
    """A process that ends on the spot, just before or after each step; the next look tidies up."""
    folder = crashed / str(i)
    assert documents(folder) == expected
    assert generations(folder) == [current_generation(folder)], "what was removed is still on the disk"
    assert segments(folder) == sorted(open_manifest(folder, str(current_generation(folder))).segments)
    change_library(folder, HashedEncoder(), add=[read_paper("last", FERNS.replace("lantern", "candle"))]).close()
    assert documents(folder) == {*expected, "last"}
    assert generations(folder) == [current_generation(folder)]
    assert segments(folder) == sorted(open_manifest(folder, str(current_generation(folder))).segments)


def test_a_crash_while_the_first_library_is_made_leaves_none(crashed: Path):
    """There is nothing to open, and making it again works."""
    with pytest.raises(LibraryMissing):
        Library.open(crashed / "new")
    change_library(crashed / "new", HashedEncoder(), add=[read_paper("kites", KITES)]).close()
    assert documents(crashed / "new") == {"kites"}


def test_an_interrupt_just_after_the_swap_leaves_the_new_library(folder: Path, ferns: Reading, monkeypatch):
    """What has become the library is not swept away as a failed attempt."""

    def swap(path: Path, generation: str, real=module._swap) -> None:
        real(path, generation)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_swap", swap)
    with pytest.raises(KeyboardInterrupt):
        change_library(folder, HashedEncoder(), add=[ferns], remove=["moss"])
    assert documents(folder) == NEW


def test_whatever_goes_wrong_leaves_no_litter(folder: Path, ferns: Reading):
    """An encoder that fails half way: its error comes through, and every file is as it was."""

    class Failing(HashedEncoder):
        def encode(self, texts, progress=None):
            super().encode(texts, progress)
            raise ZeroDivisionError

    before = contents(folder)
    with pytest.raises(ZeroDivisionError):
        change_library(folder, Failing(), add=[ferns])
    assert contents(folder) == before
    assert documents(folder) == OLD


def test_a_full_disk_is_said_and_leaves_the_old_library(tmp_path: Path, kites: Reading, moss: Reading):
    """The system lets no file grow beyond a limit, so store, vectors or words fail in the writing, without litter."""
    for i in range(len(DISKS)):
        change_library(tmp_path / str(i), HashedEncoder(4096), add=[kites, moss]).close()
    before = [contents(tmp_path / str(i)) for i in range(len(DISKS))]
    jobs = [{"limit": limit, "more": more, "dimension": 4096} for limit, more in DISKS]
    end_children([(tmp_path / str(i), job) for i, job in enumerate(jobs)])
    for i in range(len(DISKS)):
        assert contents(tmp_path / str(i)) == before[i]
        assert documents(tmp_path / str(i)) == OLD


def test_a_library_whose_place_cannot_be_written_is_storage(tmp_path: Path, encoder: HashedEncoder):
    """A file stands where the folder, or a folder where the lock should be."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "locked" / "library.lock").mkdir(parents=True)
    for name in ("file", "locked"):
        with pytest.raises(StorageFull, match="cannot be written"):
            change_library(tmp_path / name, encoder)
    assert (tmp_path / "file").read_text() == "x"


def test_folders_of_others_are_left_alone(folder: Path, encoder: HashedEncoder):
    """Only what a change could have made is swept away."""
    for place in ("generations", "segments"):
        (folder / place / "my notes").mkdir()
        (folder / place / "0123456789ab").mkdir()
    change_library(folder, encoder, remove=["moss"]).close()
    assert generations(folder) == sorted([current_generation(folder), "my notes"])
    assert segments(folder) == sorted([*open_manifest(folder, str(current_generation(folder))).segments, "my notes"])


# ------------------------------------------------------------------------------------- several at once

HOLD = """
import sys
from pathlib import Path
from index.library import changing

with changing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(folder: Path) -> Iterator[Path]:
    """A library that another process is changing."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield folder
        process.stdin.close()
        process.wait()


def test_a_library_that_another_process_changes_is_busy(held: Path, encoder: HashedEncoder, monkeypatch):
    """The second is told so after its wait and has changed nothing; reading goes on."""
    monkeypatch.setattr(module, "_WAIT", 0.05)
    before = contents(held)
    with pytest.raises(LibraryBusy, match="try again"):
        change_library(held, encoder, remove=["moss"])
    assert contents(held) == before
    assert documents(held) == OLD


def test_a_change_may_stand_within_a_change(folder: Path, encoder: HashedEncoder):
    """Of the same process and thread; the library is free afterwards."""
    with changing(folder):
        change_library(folder, encoder, remove=["moss"]).close()
        change_library(folder, encoder, remove=["kites"]).close()
    assert run(HOLD, str(folder)).stdout == "held\n"


def test_changes_of_two_threads_come_one_after_the_other(folder: Path):
    """None is lost."""
    papers = [read_paper(f"paper-{i}", FERNS.replace("lantern", f"lantern {i}")) for i in range(6)]

    def add(paper: Reading) -> None:
        change_library(folder, HashedEncoder(), add=[paper]).close()

    threads = [threading.Thread(target=add, args=(paper,)) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert documents(folder) == OLD | {paper.document.id for paper in papers}


def test_who_has_it_open_reads_on_while_it_is_changed(folder: Path, encoder: HashedEncoder, moss: Reading):
    """Text, records and ranking of the generation that was opened, although its files are gone."""
    reader = Library.open(folder)
    asked = (encoder.encode(["quokka"])[0], "quokka", 3)
    before = reader.ranker.rank(*asked, weight=0.5)
    change_library(folder, encoder, remove=["moss"]).close()
    assert generations(folder) != [reader.generation]
    assert reader.store.reading("moss") == moss
    assert reader.ranker.rank(*asked, weight=0.5) == before
    assert reader.store.record(before.hits[0].record_id).text.endswith("quokka warm.")
    reader.verify()
    reader.close()


def test_opening_never_fails_while_it_is_being_replaced(folder: Path):
    """Each time the old one or the new one is opened, whole."""
    kites, wrong, done = read_paper("kites", KITES), [], threading.Event()

    def replace_it() -> None:
        try:
            for i in range(12):
                paper = read_paper("moss", FERNS.replace("lantern", f"lantern {i}"))
                change_library(folder, HashedEncoder(), add=[paper, kites]).close()
        finally:
            done.set()

    def read_it() -> None:
        while not done.is_set():
            try:
                if documents(folder) != OLD:
                    wrong.append("other documents")
            except Exception as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=target) for target in (replace_it, read_it, read_it)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# ------------------------------------------------------------------------------- parts that do not belong


def parts(folder: Path) -> Path:
    return folder / "generations" / str(current_generation(folder))


def segment(folder: Path) -> Path:
    (name,) = open_manifest(folder, str(current_generation(folder))).segments
    return folder / "segments" / name


def test_every_part_that_is_cut_changed_or_missing_is_noticed(folder: Path):
    """Byte by byte equal or not at all: each file in turn loses its end, a bit, or itself; the cure is said."""
    files = [file for part in (parts, segment) for file in sorted(part(folder).rglob("*")) if file.is_file()]
    assert {"manifest.json", "segment.json", "store.sqlite", "lexicon.json"} < {file.name for file in files}
    assert {"vectors", "words", "statements", "namings"} < {file.parent.name for file in files}
    for file in files:
        whole = file.read_bytes()
        middle = len(whole) // 2
        turned = whole[:middle] + bytes([whole[middle] ^ 0x80]) + whole[middle + 1 :]
        for damaged in (whole[:-2], whole[:middle], b"", turned, None):
            file.unlink() if damaged is None else file.write_bytes(damaged)
            with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
                Library.open(folder)
            file.write_bytes(whole)
    assert documents(folder) == OLD


@pytest.mark.parametrize("part", ["vectors", "store.sqlite", "words", "statements", "segment.json"])
def test_a_part_of_another_library_is_noticed(folder: Path, tmp_path: Path, part: str, kites: Reading, ferns: Reading):
    """Although it holds as many records, of the same dimension."""
    change_library(tmp_path / "other", HashedEncoder(), add=[kites, ferns]).close()
    mine, theirs = segment(folder) / part, segment(tmp_path / "other") / part
    if mine.is_dir():
        shutil.rmtree(mine)
        shutil.copytree(theirs, mine)
    else:
        shutil.copy(theirs, mine)
    with pytest.raises(LibraryDamaged, match=f"{part}.* is not the one it was written with"):
        Library.open(folder)


def edit_manifest(folder: Path, **fields: object) -> None:
    path = parts(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


@pytest.mark.parametrize(
    "fields", [{"records": 5}, {"encoder": {"model": "hashed", "weights": "0" * 64, "dimension": 511}}]
)
def test_a_manifest_of_another_library_is_noticed(folder: Path, fields):
    """Counts and dimension are held against the parts."""
    edit_manifest(folder, **fields)
    with pytest.raises(LibraryDamaged, match="do not belong together"):
        Library.open(folder)


def test_verifying_reads_the_content_itself(folder: Path):
    """A manifest that names another content opens, and is found out."""
    edit_manifest(folder, hash="0" * 64)
    library = Library.open(folder)
    with pytest.raises(LibraryDamaged, match="content is not what its manifest says"):
        library.verify()
    library.close()


def test_a_library_of_another_layout_is_a_mismatch(folder: Path, encoder: HashedEncoder):
    """For reading and for changing alike."""
    edit_manifest(folder, schema=0)
    with pytest.raises(LibraryMismatch, match="exocite --library NEW add"):
        Library.open(folder)
    with pytest.raises(LibraryMismatch):
        change_library(folder, encoder, remove=["moss"])


@pytest.mark.parametrize("other", [{"model": "other"}, {"weights": "1" * 64}, {"dimension": 64}])
def test_a_library_made_with_another_model_is_a_mismatch(folder: Path, encoder: HashedEncoder, other):
    """Another name, other weights or another dimension; nothing is changed, and both models are named."""
    encoder.identity = replace(encoder.identity, **other)
    before = contents(folder)
    with pytest.raises(LibraryMismatch, match="made with the model hashed"):
        change_library(folder, encoder, remove=["moss"])
    assert contents(folder) == before
    library = Library.open(folder)
    with pytest.raises(LibraryMismatch, match=r"`--model NAME` \(or EXOCITE_MODEL\) with that model, or make"):
        library.check_encoder(encoder.identity)
    library.close()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"000000000000\n", b"../..\n"])
def test_a_pointer_to_nowhere_is_damage(folder: Path, encoder: HashedEncoder, content: bytes):
    """It is not taken for a library that is not there, which would be made anew over the old one."""
    (folder / "current").write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Library.open(folder)
    with pytest.raises(LibraryDamaged):
        change_library(folder, encoder, remove=["moss"])
    assert len(generations(folder)) == 1


# ---------------------------------------------------------------------------------- removal and reuse


def test_a_removed_document_is_in_no_byte_under_the_folder(folder: Path, encoder: HashedEncoder, moss: Reading):
    """No word of its own, no id, no title; the others' words are still there."""
    everything = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert all(word in everything for word in (b"quokka", b"mir-210", b"moss", b"Moss", b"herons"))
    change_library(folder, encoder, remove=["moss"]).close()
    left = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"herons" in left
    for word in (b"quokka", b"mir-210", b"miR-210", b"moss", b"Moss", moss.document.sha256.encode(), b"fog"):
        assert word not in left


def test_a_removed_document_is_in_no_part(folder: Path, encoder: HashedEncoder, moss: Reading):
    """No record, vector, word, reference or summary; what is left is what a library without it would be."""
    library = change_library(folder, encoder, remove=["moss"])
    assert ids(library) == ["kites"]
    assert (len(library.store), len(library.ranker.vectors), len(library.ranker.words)) == (3, 3, 3)
    assert library.ranker.words.frequency("mir:mir-210") == 0
    assert library.store.references("moss") == ()
    for record in moss.records:
        with pytest.raises(UnknownRecord):
            library.store.record(record.id)
    library.close()


def test_only_new_texts_are_encoded(folder: Path, encoder: HashedEncoder, kites: Reading, ferns: Reading):
    """Adding encodes what is added, removing nothing, and an unchanged passage of a changed paper is kept."""
    change_library(folder, encoder, add=[ferns]).close()
    assert encoder.encoded == [encoded_text(record) for record in ferns.records]
    encoder.encoded.clear()
    change_library(folder, encoder, remove=["ferns"]).close()
    change_library(folder, encoder, add=[kites]).close()
    assert encoder.encoded == []
    change_library(folder, encoder, add=[read_paper("kites", KITES.replace("long", "very long"))]).close()
    assert encoder.encoded == ["Kite: red; Tail: very long; Ref: [1]"]


def test_kept_vectors_stay_with_their_records(folder: Path, encoder: HashedEncoder):
    """A document that comes before the others moves every position, and each vector with it."""
    first = read_paper("aaa", FERNS)
    library = change_library(folder, encoder, add=[first], remove=["kites"])
    expected = HashedEncoder().encode([encoded_text(record) for record in library.store.records()])
    assert library.ranker.vectors.vectors(np.arange(len(expected))).tolist() == expected.tolist()
    library.close()


def test_a_reading_replaces_one_of_the_same_id(folder: Path, encoder: HashedEncoder):
    """And only that one."""
    library = change_library(folder, encoder, add=[read_paper("moss", FERNS)])
    assert [summary.title for summary in library.store.summaries()] == ["Kites over water", "Ferns in shade"]
    assert b"quokka" not in b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    library.close()


def made(folder: Path, *steps: list[Reading]) -> Library:
    for step in steps:
        library = change_library(folder, HashedEncoder(), add=step)
        library.close()
    return Library.open(folder)


def test_the_same_papers_make_the_same_library_whatever_the_order(tmp_path: Path, kites, moss, ferns):
    """Hash and every ranking; all at once, one by one, backwards, or with another paper come and gone."""
    spare = read_paper("spare", FERNS.replace("lantern", "candle"))
    ways = {
        "once": [[kites, moss, ferns]],
        "by one": [[ferns], [moss], [kites]],
        "spare": [[spare, kites], [ferns, moss]],
    }
    said = set()
    for name, steps in ways.items():
        made(tmp_path / name, *steps).close()
        library = change_library(tmp_path / name, HashedEncoder(), remove=["spare"])
        vector = HashedEncoder().encode(["who shows spores to miR-200c in fog"])[0]
        ranking = library.ranker.rank(vector, "who shows spores to miR-200c in fog", 9, weight=0.6)
        said.add((library.manifest.hash, tuple(library.ranker.ids), ranking, tuple(ranking.positions)))
        library.close()
    assert len(said) == 1


def test_one_character_makes_another_hash(tmp_path: Path, kites: Reading):
    """In running text, in a cell or in a reference."""
    hashes = {made(tmp_path / "0", [kites]).manifest.hash}
    for i, (old, new) in enumerate([("heron ", "herons "), ("short", "shore"), ("2019", "2018")], start=1):
        hashes.add(made(tmp_path / str(i), [read_paper("kites", KITES.replace(old, new, 1))]).manifest.hash)
    assert len(hashes) == 4


def test_progress_is_told_of_the_new_records_alone(folder: Path, encoder: HashedEncoder, ferns: Reading):
    """One, beside four that were there."""
    calls: list[tuple[int, int]] = []
    change_library(folder, encoder, add=[ferns], progress=lambda done, total: calls.append((done, total))).close()
    assert calls == [(1, 1)]


CARGO = """# Cargo of kites

## Findings

Kites drift.

Table 1. Cargo

| miRNA | Cancer | Ref |
| --- | --- | --- |
| miR-9 | Lung cancer | [1] |
| miR-9 | Lung cancer | [2] |

## References

1. Ito A. Foam of miR-9 in lung cancer. Wind Notes 2019;4:1-9.
2. Cruz B. Foam of miR-21 in lung cancer. Wind Notes 2020;5:1-9.
"""


def test_rows_are_checked_as_they_come_in_and_a_contradicted_one_ranks_lower(folder: Path, encoder: HashedEncoder):
    """Two rows of the same names: the one beside its own study comes first, and the other is still found."""
    library = change_library(folder, encoder, add=[read_paper("cargo", CARGO)])
    right, wrong = library.store.reading("cargo").rows
    assert library.store.check(right.id) == RowCheck("consistent")
    check = library.store.check(wrong.id)
    assert check == RowCheck(
        "contradicted",
        "The row says miR-9 under “miRNA”; the study it cites, [2] Cruz 2020, is about miR-21 in lung cancer.",
        "miR-21 in lung cancer",
        "Foam of miR-21 in lung cancer",
    )
    question = "miR-9 in lung cancer"
    hits = library.ranker.rank(encoder.encode([question])[0], question, 10, weight=0.5).hits
    scores = {hit.record_id: hit.score for hit in hits}
    library.close()
    assert 0 < scores[wrong.id] < 0.7 * scores[right.id]
    again = change_library(folder, encoder, remove=["moss"])
    assert again.store.check(wrong.id) == check
    again.close()


def test_a_contradicted_row_is_found_by_what_the_text_says_of_its_study(folder: Path, encoder: HashedEncoder):
    """Its title is silent; the row is found under the printed molecule and, as its study's, under the real one."""
    silent = CARGO.replace("Foam of miR-21 in lung cancer", "Tides").replace("Kites drift.", "Kites hold miR-777 [2].")
    with contextlib.closing(change_library(folder, encoder, add=[read_paper("cargo", silent)])) as library:
        right, wrong = library.store.reading("cargo").rows
        assert library.store.check(wrong.id).suggestion == "miR-777"
        assert [library.ranker.ids[p] for p in library.ranker.words.holders("study:mir-777")] == [wrong.id]
        assert wrong.id not in [library.ranker.ids[p] for p in library.ranker.words.holders("mir:mir-777")]
        printed = {library.ranker.ids[position] for position in library.ranker.words.holders("mir:mir-9")}
        assert {right.id, wrong.id} <= printed
        assert library.store.record(wrong.id).cells[0].text == "miR-9"


# -------------------------------------------------------------------------------------- abbreviations

SHY = """# Shy gulls

## Fear

Gulls fear hepatocellular carcinoma (HCC) most of all. They sleep where the tide is low. At dusk HCC keeps them awake.

## Hope

Some say hepatocellular carcinoma never comes. Others sing to the moon. All wait.
"""
BOLD = """# Bold gulls

## Nerve

At noon no gull minds HCC. The wind is warm then.
"""


def told_by_words(library: Library, question: str) -> set[str]:
    """The documents of the records that share a word with the question."""
    vector = HashedEncoder().encode([question])[0]
    ranking = library.ranker.rank(vector, question, 20, weight=1.0, mode="words")
    return {library.store.record(hit.record_id).document_id for hit in ranking.hits if hit.score > 0}


def holders(library: Library, question: str) -> list[bool]:
    """Of each record of the library, by position, whether it shares anything with the question."""
    vector = HashedEncoder().encode([question])[0]
    ranking = library.ranker.rank(vector, question, 50, weight=1.0, mode="words")
    found = {position for position, score in zip(ranking.positions, ranking.words, strict=True) if score > 0}
    return [position in found for position in range(len(library.store))]


def test_a_short_form_and_what_it_stands_for_find_each_other(tmp_path: Path, encoder: HashedEncoder):
    """Where a document defines it; one that does not is read by those that do."""
    papers = [read_paper("shy", SHY), read_paper("bold", BOLD)]
    library = change_library(tmp_path / "library", encoder, add=papers)
    naming = ["HCC" in record.text or "hepatocellular" in record.text for record in library.store.records()]
    assert any(naming)
    for question in ("HCC", "hepatocellular carcinoma"):
        assert holders(library, question) == naming
        assert told_by_words(library, question) == {"shy", "bold"}
    library.close()


def test_a_removed_documents_abbreviations_go_with_it(tmp_path: Path, encoder: HashedEncoder):
    """No part holds them any more, and what is left is what a library without it would be."""
    papers = [
        read_paper("shy", SHY.replace("hepatocellular carcinoma", "hollow coastal cliffs")),
        read_paper("bold", BOLD),
    ]
    library = change_library(tmp_path / "library", encoder, add=papers)
    assert told_by_words(library, "hollow coastal cliffs") == {"shy", "bold"}
    library.close()
    library = change_library(tmp_path / "library", encoder, remove=["shy"])
    assert told_by_words(library, "hollow coastal cliffs") == set()
    assert library.ranker.vocabulary.abbreviations.concepts("HCC, hollow coastal cliffs", "shy") == ()
    library.close()
    files = (file for file in (tmp_path / "library").rglob("*") if file.is_file())
    assert b"coastal" not in b"".join(file.read_bytes() for file in files)


def test_a_changed_document_defines_what_it_says_now(tmp_path: Path, encoder: HashedEncoder):
    """Its old definition is gone."""
    change_library(tmp_path / "library", encoder, add=[read_paper("shy", SHY)]).close()
    new = read_paper("shy", SHY.replace("hepatocellular carcinoma", "hollow coastal cliffs"))
    library = change_library(tmp_path / "library", encoder, add=[new])
    known = library.ranker.vocabulary.abbreviations
    assert known.concepts("HCC", "shy") == known.concepts("HCC") == ("hollow coastal cliff",)
    assert known.concepts("hepatocellular carcinoma") == ()
    library.close()
