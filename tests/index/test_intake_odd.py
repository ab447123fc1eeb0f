"""Files and folders that no paper should be in, and some are."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from index.intake import find, sources_of, take_in
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, MOSS


def told(target: Path, *paths: Path) -> list[tuple[str, str, str]]:
    """Name, status and first notice of each file, in order."""
    outcomes = take_in(target / "library", HashedEncoder(), sources_of(paths))
    return [(one.file, one.status, next(iter(one.notices), "")) for one in outcomes]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of one paper."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "moss.md").write_text(MOSS, encoding="utf-8")
    return folder


def test_pipes_sockets_and_devices_are_not_waited_for(papers: Path, tmp_path: Path):
    """A clear line each where their name says that they are papers; others are passed over."""
    os.mkfifo(papers / "pipe.md")
    os.mkfifo(papers / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(papers / "socket.txt"))
        found = told(tmp_path, papers, Path("/dev/zero"))
    no = "this is no file that holds bytes; give a file of its own."
    assert found[:2] == [("moss.md", "added", ""), ("pipe.md", "unreadable", no)]
    assert found[2][:2] == ("socket.txt", "unreadable")
    assert found[3] == ("zero", "unreadable", no)


@pytest.mark.skipif(os.geteuid() == 0, reason="the super-user may list everything")
def test_a_folder_that_cannot_be_listed_is_told_of(papers: Path, tmp_path: Path):
    """By name; the others are read."""
    (papers / "closed").mkdir(mode=0)
    assert told(tmp_path, papers) == [
        ("closed", "unreadable", "this folder cannot be listed (permission denied); check its permissions."),
        ("moss.md", "added", ""),
    ]
    (papers / "closed").chmod(0o700)


def test_a_name_that_would_break_a_line_is_one_line(papers: Path, tmp_path: Path):
    """Line feeds, escapes, backslashes and signs that turn the text round are shown as what is no character."""
    for name in ("a\nb.md", "c\x1b[2Jd.md", "e\u202ef.md", "g\\h.md"):
        (papers / name).write_text(f"# {name.encode().hex()}\n\n{FERNS}", encoding="utf-8")
    shown = ["a\ufffdb.md", "c\ufffd[2Jd.md", "e\ufffdf.md", "g\ufffdh.md", "moss.md"]
    assert [name for name, _, _ in told(tmp_path, papers)] == shown
    assert [status for _, status, _ in told(tmp_path, papers)] == ["unchanged"] * 5


def test_a_library_below_a_folder_is_no_paper(papers: Path):
    """Its copies of files are not read as second files, neither its own nor those of another library."""
    assert told(papers, papers) == [("moss.md", "added", "")]
    originals = next((papers / "library" / "generations").iterdir()) / "originals"
    originals.mkdir(exist_ok=True)
    (originals / "ferns.md").write_text(FERNS, encoding="utf-8")
    assert told(papers, papers) == [("moss.md", "unchanged", "")]
    assert sources_of([papers / "library"]) == ()


def test_what_office_lays_beside_an_open_file_is_passed_over(papers: Path, tmp_path: Path):
    """Its name is that of the file after `~$`, and it holds the user's name."""
    (papers / "~$moss.docx").write_bytes(b"\x04Anna" + bytes(157))
    assert told(tmp_path, papers) == [("moss.md", "added", "")]


def test_the_longest_name_there_is_is_read(papers: Path, tmp_path: Path):
    """255 bytes; its id is shorter."""
    (papers / f"{'ä' * 126}.md").write_text(FERNS, encoding="utf-8")
    (outcome, _) = sorted(told(tmp_path, papers), key=lambda one: -len(one[0]))
    assert outcome[:2] == (f"{'ä' * 126}.md", "added")


def test_a_file_that_is_too_large_is_not_read_first(papers: Path, tmp_path: Path):
    """A sparse file of a terabyte takes no time, and says the limit."""
    with (papers / "vast.md").open("wb") as file:
        file.truncate(10**12)
    assert told(tmp_path, papers)[1] == (
        "vast.md", "unreadable",
        "it has 1000000.0 MB, and the limit is 20 MB; split it, or set EXOCITE_MAX_FILE_MB higher.",
    )  # fmt: skip


def test_a_folder_within_another_that_is_named_too_is_read_once(papers: Path, tmp_path: Path):
    """And so is one that is reached by a link."""
    (papers / "below").mkdir()
    (papers / "below" / "ferns.md").write_text(FERNS, encoding="utf-8")
    (tmp_path / "link").symlink_to(papers, target_is_directory=True)
    found = find([papers / "below", papers, tmp_path / "link"])
    assert [source.name for source in found.sources] == ["ferns.md", "moss.md"]


def test_a_link_that_leads_to_no_file_has_a_line(papers: Path, tmp_path: Path):
    """Where its name says that it is a paper; others are passed over."""
    (papers / "lost.pdf").symlink_to(tmp_path / "gone.pdf")
    (papers / "loop.pdf").symlink_to(papers / "loop.pdf")
    (papers / "lost").symlink_to(tmp_path / "gone")
    no = "this is a link that leads to no file; mend it, or take it away."
    assert told(tmp_path, papers) == [
        ("loop.pdf", "unreadable", no),
        ("lost.pdf", "unreadable", no),
        ("moss.md", "added", ""),
    ]
