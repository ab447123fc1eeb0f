"""Readings of our own invention, small enough to work everything out by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from index.engineplace import EngineChoice, EngineName
from index.library import change_library
from index.ranking import Ranker
from tests.encoders import HashedEncoder
from tests.index.lite import Lite

KITES = """# Kites over water

## Lift

Paper kites climb when miR-21 sings [1]. A heron watches TGF-β from the bank.

Table 1. Tails by length

| Kite | Tail | Ref |
| --- | --- | --- |
| red | long | [1] |
| blue | short | [1] |

## References

1. Ito A. Kites and herons. Wind Notes 2019;4:1-9. doi:10.1000/wind.4
"""
MOSS = """# Moss on stones

## Growth

Green moss drinks fog with miR-210. Stones keep the quokka warm.
"""
FERNS = """# Ferns in shade

## Spores

Brown spores ride on warm air. A lantern shows them to miR-200c.
"""


def read_paper(document_id: str, text: str) -> Reading:
    """The reading of a Markdown paper named after its id."""
    return read_document(f"{document_id}.md", text.encode(), document_id=document_id, source=f"upload:{document_id}.md")


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by path, but for the lock and what a crash may leave behind."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in {"library.lock", "current.new"}
    }


def generations(folder: Path) -> list[str]:
    """The names of the generations on disk, half-written ones included."""
    return sorted(place.name for place in (folder / "generations").iterdir())


def segments(folder: Path) -> list[str]:
    """The names of the segments on disk, half-written ones included."""
    return sorted(place.name for place in (folder / "segments").iterdir())


@pytest.fixture
def encoder() -> HashedEncoder:
    """A deterministic encoder; `encoded` says what it was given."""
    return HashedEncoder()


@pytest.fixture
def kites() -> Reading:
    """A paper with two sentences, a table of two rows and one reference."""
    return read_paper("kites", KITES)


@pytest.fixture
def moss() -> Reading:
    """A paper of two sentences."""
    return read_paper("moss", MOSS)


@pytest.fixture
def ferns() -> Reading:
    """Another paper of two sentences."""
    return read_paper("ferns", FERNS)


@pytest.fixture
def folder(engine: EngineName, tmp_path: Path, kites: Reading, moss: Reading) -> Path:
    """A library of two papers, kites and moss."""
    change_library(tmp_path / "library", HashedEncoder(), add=[kites, moss], engine=EngineChoice(engine)).close()
    return tmp_path / "library"


@pytest.fixture(scope="module")
def proposed(engine: EngineName, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Ranker], Ranker]]:
    """Gives a ranker back, its records proposed by the engine of the test."""
    if engine == "faiss":
        yield lambda ranker: ranker
        return
    lite = Lite(tmp_path_factory.mktemp("proposed"))
    yield lite.proposing
    lite.close()
