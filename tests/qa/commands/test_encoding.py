"""Vectors made by several processes and used by another, as somebody does it from a shell."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.starter import starter_documents
from index.library import Library
from index.shards.shard import shards_below
from tests.qa.conftest import FERN
from tests.qa.running import ROOT, running

_PARTS = 4
_ONE = """
import sys
import index.encoder
from qa.cli import main
from tests.encoders import HashedEncoder
index.encoder.SentenceEncoder = lambda model, _: HashedEncoder(model="hashed")
main()
"""


def sums(library: Path) -> list[tuple[str, str]]:
    """The hash of a library, and the name and sum of each file of its segments."""
    with closing(Library.open(library)) as opened:
        opened.verify()
        folders = [segment.folder for segment in opened.parts.segments]
        files = [(file.relative_to(folder).as_posix(), file) for folder in folders for file in folder.rglob("*")]
        found = [(name, hashlib.sha256(file.read_bytes()).hexdigest()) for name, file in files if file.is_file()]
        return [("", opened.manifest.hash), *sorted(found)]


@pytest.fixture
def many(tmp_path: Path, shared: Path) -> Path:
    """A folder with the starter digests and real articles from PubMed Central."""
    folder = tmp_path / "many"
    folder.mkdir()
    for name, data in starter_documents():
        (folder / name).write_bytes(data)
    for file in sorted((shared / "jats").glob("*.nxml")):
        (folder / file.name).symlink_to(file)
    return folder


def test_four_processes_side_by_side_make_what_one_makes_alone(tmp_path: Path, many: Path, exocite):
    """`xargs -P` gives each a part; the library is the same, byte for byte, and nothing was encoded for it."""
    shards, shared, alone = tmp_path / "shards", tmp_path / "shared", tmp_path / "alone"
    command = [sys.executable, "-c", _ONE, "encode", many, "--out", shards, "--part", f"{{}}/{_PARTS}"]
    done = subprocess.run(
        ["xargs", "-P", str(_PARTS), "-I{}", *map(str, command)],
        input="\n".join(str(part) for part in range(1, _PARTS + 1)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    labels = {file.name[: len("part-00001-of-00004")] for file in shards_below(shards)}
    assert labels == {f"part-0000{part}-of-00004" for part in range(1, _PARTS + 1)}
    with_them = exocite("--library", shared, "add", "--vectors", shards, many)
    assert ", 0 encoded here." in with_them.out.splitlines()[-1]
    assert exocite("--library", alone, "add", many).code == 0
    assert sums(shared) == sums(alone)


def test_it_is_said_what_was_encoded_and_what_was_there(tmp_path: Path, papers: Path, exocite):
    """A shard once it is whole, then the part in one line; the second time that nothing was to do."""
    shards = tmp_path / "shards"
    first, second = (exocite("encode", papers, "--out", shards) for _ in range(2))
    (shard,) = shards_below(shards)
    assert first.out.splitlines() == [
        f"+ {shard.name}: 4 texts of 2 files",
        "Part 1 of 1: 2 files, 4 texts encoded.",
    ]
    assert second.out.splitlines() == ["Part 1 of 1 is whole: 2 files, nothing to encode."]


def test_what_no_shard_holds_is_encoded_and_counted(tmp_path: Path, papers: Path, exocite):
    """And so it is when papers come later."""
    library, shards = tmp_path / "new", tmp_path / "shards"
    exocite("encode", papers / "kelp.md", "--out", shards)
    added = exocite("--library", library, "add", "--vectors", shards, papers)
    assert added.out.splitlines()[-1] == "3 of 4 vectors were taken from shards, 1 encoded here."
    (papers / "fern.md").write_text(FERN, encoding="utf-8")
    again = exocite("--library", library, "add", "--vectors", shards, papers)
    assert again.out.splitlines()[-1] == "0 of 1 vector was taken from shards, 1 encoded here."


def test_a_part_without_a_file_says_so(tmp_path: Path, papers: Path, exocite):
    """Of more parts than files some have none, and the machine that has it is done."""
    runs = [exocite("encode", papers, "--out", tmp_path / "shards", "--part", f"{part}/3") for part in (1, 2, 3)]
    assert [ran.code for ran in runs] == [0, 0, 0]
    empty = [place for place, ran in enumerate(runs, start=1) if "no file" in ran.out]
    assert empty
    for place in empty:
        told = f"Part {place} of 3 has no file, so there is nothing to encode; the other parts have them all."
        assert runs[place - 1].out.splitlines() == [told]


@pytest.mark.parametrize("named", ["PMC1234567", "doi:10.1000/kelp.1", "doi:kelp", "https:/example.org"])
def test_what_names_an_article_is_not_encoded(tmp_path: Path, papers: Path, exocite, named: str):
    """It is no file; what fetches it is told, and nothing is made."""
    ran = exocite("encode", papers, named, "--out", tmp_path / "shards")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        f"exocite: `exocite encode` reads files and folders, and '{named}' is none; `exocite add "
    )
    assert not (tmp_path / "shards").exists()


def test_vectors_do_not_go_into_a_file(papers: Path, exocite):
    """Neither where one is, nor below it; it stays as it is."""
    place = papers / "kelp.md"
    before = place.read_bytes()
    for out in (place, place / "shards"):
        ran = exocite("encode", papers, "--out", out)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"exocite: No folder can be made at {out}, where a file is; name another for the vectors.\n"
    assert place.read_bytes() == before


def test_a_damaged_shard_costs_its_texts_and_is_told_of(tmp_path: Path, papers: Path, exocite):
    """The library is the one made without."""
    shards = tmp_path / "shards"
    exocite("encode", papers, "--out", shards)
    (shard,) = shards_below(shards)
    shard.write_bytes(shard.read_bytes()[:-1] + b"x")
    added = exocite("--library", tmp_path / "new", "add", "--vectors", shards, papers)
    assert added.code == 0
    assert added.out.splitlines()[-1] == "0 of 4 vectors were taken from shards, 4 encoded here."
    assert f"! {shard}: not as it was written, and passed over" in added.err


def test_a_folder_without_vectors_and_those_of_another_model_are_refused(tmp_path: Path, papers: Path, exocite):
    """In one line, and nothing is added."""
    nothing = exocite("--library", tmp_path / "new", "add", "--vectors", papers, papers)
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err.startswith(f"exocite: There are no vectors below {papers}; `exocite encode PATH")
    exocite("--model", "other", "encode", papers, "--out", tmp_path / "shards")
    other = exocite("--library", tmp_path / "new", "add", "--vectors", tmp_path / "shards", papers)
    assert (other.code, other.out) == (1, "")
    assert "were made with the model other" in other.err
    assert not (tmp_path / "new").exists()


def test_a_file_that_cannot_be_read_is_told_of_and_stops_no_other(tmp_path: Path, papers: Path, exocite):
    """And is tried again the next time, as it may have been mended."""
    (papers / "broken.pdf").write_bytes(b"no PDF")
    for _ in range(2):
        ran = exocite("encode", papers, "--out", tmp_path / "shards")
        assert ran.code == 1
        assert ran.err.startswith("! broken.pdf: not read; ")
    assert ran.out.splitlines()[-1] == (
        "Part 1 of 1: 3 files, 0 texts encoded; 2 files were done before; 1 file could not be read."
    )


def test_ctrl_c_leaves_whole_shards_alone_and_the_same_command_goes_on(tmp_path: Path, papers: Path, exocite):
    """What was encoded before is not encoded again."""
    shards = tmp_path / "shards"
    exocite("encode", papers / "kelp.md", "--out", shards)
    before = {file.name: file.read_bytes() for file in shards.iterdir()}
    with running("encode", papers, "--out", shards, waits=1) as process:
        process.until("encoding")
        assert process.interrupt() != 0
    assert "Interrupted: the shards told of are whole; the same command goes on with the rest." in process.lines
    assert {file.name: file.read_bytes() for file in shards.iterdir()} == before
    after = exocite("encode", papers, "--out", shards)
    assert after.out.splitlines()[-1] == "Part 1 of 1: 2 files, 1 text encoded; 1 file was done before."
