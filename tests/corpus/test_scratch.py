"""Folders for what other programs write."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.scratch import clear_scratch, scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder where temporary files go."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_goes_with_all_that_is_in_it(temporary: Path):
    """It is ours alone while it is there."""
    with scratch() as folder:
        (folder / "below").mkdir()
        (folder / "below" / "page.txt").write_text("foam")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


def test_a_folder_in_use_is_not_cleared():
    """It is held as long as it is used, by this process too."""
    with scratch() as folder:
        clear_scratch()
        assert folder.is_dir()


def test_only_what_was_left_is_cleared(temporary: Path):
    """Not what a link leads to, and nothing of another name."""
    (temporary / "papers").mkdir()
    (temporary / "papers" / "moss.md").write_text("moss")
    (temporary / "exocite-scratch-link").symlink_to(temporary / "papers")
    (temporary / "exocite-scratch-left").mkdir()
    (temporary / "exocite-scratch-left" / "half").write_text("foam")
    clear_scratch()
    assert sorted(place.name for place in temporary.iterdir()) == ["exocite-scratch-link", "papers"]
    assert (temporary / "papers" / "moss.md").read_text() == "moss"


def test_where_nothing_can_be_kept_there_is_nothing_to_clear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The folder for temporary files is not there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    clear_scratch()
