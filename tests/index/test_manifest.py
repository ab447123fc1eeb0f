from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged, LibraryMismatch
from index.encoder import Identity
from index.manifest import SCHEMA, Manifest, SegmentManifest
from index.parts import Parts

PARTS = Parts({"a/b": 3}, {"a/b": "cd" * 32})
MANIFEST = Manifest(SCHEMA, "ab" * 32, Identity("hashed", "0" * 64, 512), 2, 5, {"one": "ef" * 32}, PARTS)
SEGMENT = SegmentManifest(2, 5, PARTS, {"moss": "ab" * 32})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    MANIFEST.save(tmp_path / "manifest.json")
    return tmp_path / "manifest.json"


def test_what_was_saved_is_what_is_loaded(path):
    """Field by field, the encoder's identity included."""
    assert Manifest.load(path) == MANIFEST


def test_what_a_segment_says_of_itself_comes_back(tmp_path: Path):
    """Its counts, its files, and the sums of the files that show its pages; anything else is damage."""
    SEGMENT.save(tmp_path / "segment.json")
    assert SegmentManifest.load(tmp_path / "segment.json") == SEGMENT
    for content in ("", "[]", '{"documents": 1}'):
        (tmp_path / "segment.json").write_text(content)
        with pytest.raises(LibraryDamaged, match=r"manifest cannot be read.*exocite --library NEW add"):
            SegmentManifest.load(tmp_path / "segment.json")


def test_another_layout_is_a_mismatch_that_names_both_versions(path):
    """It is not damage, and the cure is a new library."""
    path.write_text(json.dumps({"schema": SCHEMA + 1, "whatever": "else"}))
    with pytest.raises(LibraryMismatch, match=rf"layout {SCHEMA + 1}.* reads {SCHEMA}.*exocite --library NEW add"):
        Manifest.load(path)


def without(field: str) -> str:
    fields = json.loads(json.dumps({**vars_of(MANIFEST)}))
    del fields[field]
    return json.dumps(fields)


def vars_of(manifest: Manifest) -> dict[str, object]:
    about = {"model": "hashed", "weights": "0" * 64, "dimension": 512}
    return {
        "schema": manifest.schema, "hash": manifest.hash, "encoder": about, "documents": manifest.documents,
        "records": manifest.records, "segments": manifest.segments, "parts": {"files": {}, "sums": {}},
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "null", "[]", "7", "{}", '{"schema": "one"}', "\xff",
        *(without(field) for field in vars_of(MANIFEST)),
        json.dumps({**vars_of(MANIFEST), "extra": 1}),
        json.dumps({**vars_of(MANIFEST), "segments": None}),
        json.dumps({**vars_of(MANIFEST), "encoder": "hashed"}),
    ],
)  # fmt: skip
def test_anything_else_is_damage(path, content):
    """Cut, empty, of another shape, or not UTF-8: one clear error with its cure."""
    path.write_text(content, encoding="latin-1")
    with pytest.raises(LibraryDamaged, match=r"manifest cannot be read.*exocite --library NEW add"):
        Manifest.load(path)


def test_a_missing_manifest_is_damage(tmp_path: Path):
    """The library says what it is, or it is none."""
    with pytest.raises(LibraryDamaged):
        Manifest.load(tmp_path / "manifest.json")
