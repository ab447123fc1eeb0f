from __future__ import annotations

from pathlib import Path

from qa.commands.watching import _Waiting


def test_a_file_that_grows_is_waited_for(tmp_path: Path):
    """It is taken when it was the same at two looks, and every look at which it grew begins anew."""
    paper = tmp_path / "paper.md"
    waiting = _Waiting([tmp_path])
    assert not waiting.is_whole
    paper.write_text("# Half", encoding="utf-8")
    waiting.add({str(paper)})
    assert not waiting.is_whole
    paper.write_text("# Half a paper", encoding="utf-8")
    assert not waiting.is_whole
    assert waiting.is_whole
    assert [source.name for source in waiting.sources()] == ["paper.md"]
    waiting.clear()
    assert not waiting.is_whole


def test_a_file_that_is_gone_is_not_waited_for(tmp_path: Path):
    """There is nothing to take, but something to tell."""
    waiting = _Waiting([tmp_path])
    waiting.add({str(tmp_path / "paper.md")})
    assert waiting.is_whole
    assert waiting.sources() == []


def test_only_what_changed_is_taken(tmp_path: Path):
    """The file itself, or those below a folder that came as a whole."""
    for name in ("a.md", "b.md", "new/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# Paper", encoding="utf-8")
    waiting = _Waiting([tmp_path])
    waiting.add({str(tmp_path / "b.md"), str(tmp_path / "new")})
    assert not waiting.is_whole
    assert waiting.is_whole
    assert [source.name for source in waiting.sources()] == ["b.md", "c.md"]
