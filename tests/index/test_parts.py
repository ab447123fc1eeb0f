from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged
from index import parts as module
from index.parts import Parts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small file, a larger one below a folder, and two that are no parts."""
    (tmp_path / "below").mkdir()
    (tmp_path / "small").write_bytes(b"kelp")
    (tmp_path / "below" / "large").write_bytes(b"x" * 90)
    (tmp_path / "about").write_bytes(b"?")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "file").write_bytes(b"?")
    return tmp_path


def test_sizes_and_sums_are_those_of_the_files(folder: Path):
    """By their paths within the folder; what is left out, with all below it, is not looked at."""
    found = Parts.of(folder, ["about", "others"])
    assert found.files == {"below/large": 90, "small": 4}
    assert found.sums["small"] == hashlib.sha256(b"kelp").hexdigest()
    assert (found.size, set(found.sums)) == (94, set(found.files))
    found.check(folder, wholly=True)


def test_a_large_file_is_summed_only_when_all_is_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Its size is always looked at, and small files always to the byte."""
    monkeypatch.setattr(module, "_LOOKED_AT", 50)
    found = Parts.of(folder, ["about", "others"])
    (folder / "below" / "large").write_bytes(b"y" * 90)
    found.check(folder)
    with pytest.raises(LibraryDamaged, match="below/large is not the one it was written with"):
        found.check(folder, wholly=True)
    (folder / "below" / "large").write_bytes(b"x" * 91)
    with pytest.raises(LibraryDamaged, match="below/large"):
        found.check(folder)
    (folder / "below" / "large").write_bytes(b"x" * 90)
    (folder / "small").write_bytes(b"help")
    with pytest.raises(LibraryDamaged, match="small is not the one"):
        found.check(folder)
    (folder / "small").unlink()
    with pytest.raises(LibraryDamaged, match="small cannot be read"):
        found.check(folder)
