"""Adding, interrupting, adding again, pruning and watching, each through a real process."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from tests.qa.conftest import FERN, KELP, MOSS
from tests.qa.running import running
from tests.qa.test_cli import ids


def verified(library: Path) -> list[str]:
    """The documents of a library that is whole."""
    opened = Library.open(library)
    opened.verify()
    opened.close()
    return ids(library)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder of two texts, each of them a batch of its own."""
    folder = tmp_path / "books"
    folder.mkdir()
    for name in ("ash", "birch"):
        lines = (f"Hill {number} has an {name}." for number in range(3_000))
        (folder / f"{name}.txt").write_text(f"On {name}\n\n" + "\n\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("killed", [False, True], ids=["Ctrl-C", "killed"])
def test_an_add_that_is_cut_short_leaves_whole_batches_and_goes_on(books: Path, tmp_path: Path, killed: bool):
    """While the second batch is encoded: the first is in the library, and the same command brings the other."""
    library = tmp_path / "library"
    with running("--library", library, "add", books, waits=2) as exocite:
        exocite.until("+ ash.txt: added")
        exocite.until("encoding")
        if killed:
            exocite.process.kill()
            exocite.end()
        else:
            assert exocite.interrupt() == 130
            assert exocite.lines[2:] == ["Interrupted: 1 of 2 files are done; the same command goes on with the rest."]
            assert len(list((library / "generations").iterdir())) == 1
    assert verified(library) == ["ash"]
    with running("--library", library, "add", books) as exocite:
        assert exocite.end() == 0
        assert [line[:11] for line in exocite.lines] == ["= ash.txt: ", "+ birch.txt"]
    assert verified(library) == ["ash", "birch"]
    assert len(list((library / "generations").iterdir())) == 1


def test_an_add_is_interrupted_while_files_are_read(tmp_path: Path):
    """It does not wait for the file that takes long; there is no library yet, and none is left half-made."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_bytes(b"")
    (tmp_path / "papers" / "long.txt").write_text("One two three. " * 1_200_000, encoding="utf-8")
    with running("--library", tmp_path / "library", "add", tmp_path / "papers") as exocite:
        exocite.until("! a.txt: not read")
        assert exocite.interrupt() == 130
        assert exocite.lines[1:] == ["Interrupted: 1 of 2 files are done; the same command goes on with the rest."]
    assert not (tmp_path / "library" / "current").exists()


def test_what_vanished_is_told_of_and_pruned(exocite, papers: Path, tmp_path: Path):
    """Told of in a line without a change; with `--prune` it is out of the library."""
    library = tmp_path / "library"
    assert exocite("--library", library, "add", papers).code == 0
    (papers / "moss.md").unlink()
    ran = exocite("--library", library, "add", papers)
    place = papers / "moss.md"
    line = f"- moss.md: vanished, its file is no more at {place}; `--prune` takes such papers out of the library."
    assert (ran.code, ran.out.splitlines()[1:]) == (0, [line])
    assert verified(library) == ["kelp", "moss"]
    ran = exocite("--library", library, "add", "--prune", papers)
    assert ran.out.splitlines()[1:] == [f"- moss.md: removed, its file is no more at {place}."]
    assert verified(library) == ["kelp"]
    assert len(exocite("--library", library, "add", papers).out.splitlines()) == 1


def test_a_paper_whose_better_file_vanished_stays_by_its_other_one(exocite, tmp_path: Path):
    """In the same run, under its id; it is not said to be removed."""
    library, papers = tmp_path / "library", tmp_path / "twins"
    papers.mkdir()
    (papers / "a.md").write_text("---\ndoi: 10.1000/kelp.1\n---\n\n" + KELP, encoding="utf-8")
    (papers / "b.txt").write_text("On kelp\n\nhttps://doi.org/10.1000/kelp.1\n\nKelp sways.\n", encoding="utf-8")
    (papers / "fern.md").write_text(FERN, encoding="utf-8")
    exocite("--library", library, "add", papers)
    assert verified(library) == ["a", "fern"]
    (papers / "a.md").unlink()
    ran = exocite("--library", library, "add", "--prune", papers)
    assert ran.code == 0
    assert "~ b.txt: replaced" in ran.out
    assert f"It takes the place of a.md, the same paper, which is no more at {papers / 'a.md'}." in " ".join(
        ran.out.split()
    )
    assert "removed" not in ran.out
    assert verified(library) == ["a", "fern"]


def test_a_named_file_that_vanished_is_told_of_once(exocite, papers: Path, tmp_path: Path):
    """As vanished, and not also as one that cannot be opened; nothing of the others is said."""
    library = tmp_path / "library"
    exocite("--library", library, "add", papers)
    (papers / "moss.md").unlink()
    ran = exocite("--library", library, "add", papers / "moss.md")
    assert (ran.code, len(ran.out.splitlines()), ran.err) == (0, 1, "")
    assert exocite("--library", library, "add", "--prune", papers / "moss.md").code == 0
    assert verified(library) == ["kelp"]


def test_a_folder_that_was_emptied_prunes_nothing(exocite, papers: Path, tmp_path: Path):
    """It looks like a disk that is not mounted, and a line says so."""
    library = tmp_path / "library"
    exocite("--library", library, "add", papers)
    for name in ("kelp.md", "moss.md"):
        (papers / name).unlink()
    ran = exocite("--library", library, "add", "--prune", papers)
    assert "is empty, as where a disk is not mounted, so nothing is done about 2 papers" in ran.out
    assert verified(library) == ["kelp", "moss"]


@pytest.mark.parametrize("polling", ["", "true"], ids=["told", "polling"])
def test_a_watched_folder_is_kept_up_with(tmp_path: Path, polling: str):
    """What is added, changed, moved, broken and deleted there; Ctrl-C ends it with a line."""
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    (folder / "moss.md").write_text(MOSS, encoding="utf-8")
    environment = {"WATCHFILES_FORCE_POLLING": polling} if polling else {}
    with running("--library", library, "add", "--watch", "--prune", folder, **environment) as exocite:
        exocite.until("+ moss.md: added")
        exocite.until("Watching ")
        (folder / "kelp.md").write_text(KELP, encoding="utf-8")
        exocite.until("+ kelp.md: added")
        (folder / "moss.md").write_text(FERN, encoding="utf-8")
        exocite.until("~ moss.md: replaced")
        (folder / "bad.md").write_bytes(b"\x00\x01\x02\x03" * 9)
        exocite.until("! bad.md: not read")
        (folder / "moss.md").unlink()
        exocite.until("- moss.md: removed")
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "late.md").write_text(MOSS, encoding="utf-8")
        (tmp_path / "elsewhere").rename(folder / "below")
        exocite.until("+ late.md: added")
        assert exocite.interrupt() == 0
        assert exocite.lines[-1] == "No longer watching."
    assert verified(library) == ["kelp", "late"]


def test_a_file_cannot_be_watched(exocite, papers: Path, tmp_path: Path):
    """Only folders; one line says so."""
    ran = exocite("--library", tmp_path / "library", "add", "--watch", papers / "moss.md")
    assert (ran.code, ran.err) == (1, f"exocite: {papers / 'moss.md'} is no folder; only folders can be watched.\n")
