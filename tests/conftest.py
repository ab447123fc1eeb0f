"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from index.intake import sources_of, starter_sources, take_in
from tests.encoders import HashedEncoder

# no timing in tests: a busy machine is not a defect
settings.register_profile("exocite", deadline=None)
settings.load_profile("exocite")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout; the test skips where it is absent."""
    folder = Path(os.environ.get("EXOCITE_SHARED", ROOT.parent / "shared"))
    if not (folder / "documents").is_dir():
        pytest.skip(f"no real documents at {folder}; set EXOCITE_SHARED to where they are")
    return folder


@pytest.fixture(scope="session")
def reviews(shared: Path) -> dict[str, Path]:
    """The two real reviews, by first author's name in lower case."""
    return {path.name.split("-")[0]: path for path in sorted((shared / "documents").glob("*.txt"))}


@pytest.fixture(scope="session")
def starter_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the starter documents; not to be changed."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    take_in(folder, HashedEncoder(), starter_sources())
    return folder


@pytest.fixture(scope="session")
def reviews_library(reviews: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the two real reviews; not to be changed."""
    folder = tmp_path_factory.mktemp("reviews") / "library"
    take_in(folder, HashedEncoder(), sources_of(reviews.values()))
    return folder
