"""Papers of our own invention, services over them, and the command line run in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.engineplace import EngineChoice, EngineName
from index.intake import sources_of, starter_sources, take_in
from qa.evaluation.experiment import Experiment, on_library
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.reading.question import read_question
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder, Remembering

KELP = """---
title: "Kelp letters"
authors: ["A. Ito", "B. Cruz"]
year: 2020
doi: 10.1000/kelp.1
---

# Kelp letters

## Tides

Tidal parcels bring miR-21 to the gills, where it silences KRIT1 [1]. Their walls carry TGF-β [2].

Table 1. Cargo by shore

| miRNA | Shore | Target | Ref |
| --- | --- | --- | --- |
| miR-21 | north | KRIT1 | [1] |
| | south | PTEN | [2] |

## References

1. Ito A. Parcels at low tide. Sea Notes 2019;4:1-9. doi:10.1000/sea.4
2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19.
"""
MOSS = """# Moss on stones

## Growth

Green moss drinks fog with miR-210 and shelters one lonely quokka. Stones stay warm at night.
"""
FERN = """# Ferns in shade

## Spores

Brown spores ride on warm air. A lantern shows them to miR-200c.
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with two papers, kelp.md and moss.md."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("kelp.md", KELP), ("moss.md", MOSS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(engine: EngineName, tmp_path: Path, papers: Path) -> Path:
    """A library of those two papers, free to be changed."""
    take_in(tmp_path / "library", HashedEncoder(), sources_of([papers]), engine=EngineChoice(engine))
    return tmp_path / "library"


@pytest.fixture
def small(library: Path) -> Iterator[Service]:
    """A service over that library."""
    service = Service(library, Settings(), HashedEncoder())
    yield service
    service.close()


@pytest.fixture(scope="session")
def starter(starter_library: Path) -> Iterator[Service]:
    """A service over the starter documents; not to be changed."""
    service = Service(starter_library, Settings(), HashedEncoder())
    yield service
    service.close()


@pytest.fixture
def own_starter(starter_library: Path, tmp_path: Path) -> Path:
    """A copy of the library of the starter documents, free to be changed."""
    shutil.copytree(starter_library, tmp_path / "starter")
    return tmp_path / "starter"


@pytest.fixture(scope="session")
def real_library(real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the starter documents made with the real model; not to be changed."""
    folder = tmp_path_factory.mktemp("real") / "library"
    take_in(folder, real_encoder, starter_sources())
    return folder


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The real model, with the vectors of the fixed set's questions made already; each vector is made once."""
    return Remembering([read_question(one.question, one.history).alone for one in load_questions(fixed_set())])


@pytest.fixture(scope="session")
def fixed_set_measured(real_library: Path, real_encoder: Encoder) -> Experiment:
    """What came of the fixed set over the starter documents with the real model and the default settings."""
    with closing(Service(real_library, Settings(), real_encoder)) as service:
        return on_library(service, None, lambda *_: None)
