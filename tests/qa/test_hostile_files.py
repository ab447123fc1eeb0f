"""A folder of files that mean harm, beside two papers, through the command line as a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

from tests.hostile import BAD, ODD
from tests.qa.conftest import FERN, MOSS
from tests.qa.running import running

NAMES = ("line\nfeed.md", "turned\u202eround.md", "\x1b[2Jcleared.md", "..md.md", "a" * 252 + ".md")


def everything(folder: Path) -> set[str]:
    return {str(place.relative_to(folder)) for place in folder.rglob("*")}


def test_a_folder_of_harm_costs_one_line_each_and_both_papers_are_in(tmp_path: Path):
    """Status 1, no traceback, and nothing is written but the library."""
    papers, own, temporary = tmp_path / "papers", tmp_path / "library", tmp_path / "tmp"
    papers.mkdir()
    temporary.mkdir()
    (papers / "moss.md").write_text(MOSS, encoding="utf-8")
    (papers / "zzz.md").write_text(FERN, encoding="utf-8")
    bad = [name for name in BAD if not name.endswith(".bib")]
    for name in bad:
        (papers / name).write_bytes(BAD[name]())
    (papers / "fills-memory.pdf").write_bytes(ODD["fills-memory.pdf"]())
    for number, name in enumerate(NAMES):
        (papers / name).write_bytes(b"\0" * (number + 1))
    Path(os.fsdecode(os.fsencode(papers) + b"/no\xff.md")).write_bytes(b"\0")
    (papers / "loop").symlink_to(papers)
    (papers / "circle.md").symlink_to(papers / "circle.md")
    (papers / "endless.md").symlink_to("/dev/zero")
    os.mkfifo(papers / "pipe.md")
    before = everything(tmp_path)
    limits = {"EXOCITE_MAX_MEMORY_MB": "800", "EXOCITE_MAX_FILE_SECONDS": "60", "TMPDIR": str(temporary)}
    with running("--library", own, "add", papers, **limits) as process:
        status = process.end()
    said = "\n".join(process.lines)
    assert status == 1
    assert "Traceback" not in said
    assert "nobody foresaw" not in said
    assert "root:" not in said
    for name in (*bad, "fills-memory.pdf", "pipe.md"):
        assert sum(name in line for line in process.lines) == 1, name
    made = everything(tmp_path) - before
    assert {place.split("/")[0] for place in made} == {"library"}
    with running("--library", own, "documents") as listed:
        assert listed.end() == 0
    assert [name for name in ("Moss on stones", "Ferns in shade") if name in "\n".join(listed.lines)] == [
        "Moss on stones", "Ferns in shade",
    ]  # fmt: skip
