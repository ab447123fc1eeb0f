"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from index.intake import sources_of, starter_sources, take_in
from qa import cli
from tests.encoders import HashedEncoder

# no timing in tests: a busy machine is not a defect
settings.register_profile("exocite", deadline=None)
settings.load_profile("exocite")

_FIXED_SET = frozenset({"real_library", "real_encoder", "fixed_set_measured"})
"""Fixtures that take long to make, so only one worker makes them."""

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers share nothing: one has the tests of the fixed set, first, as they take longest; else each has a file."""

    def group(item: pytest.Item) -> str:
        measured = _FIXED_SET & set(getattr(item, "fixturenames", ()))
        return "the fixed set" if measured else item.nodeid.split("::")[0]

    items.sort(key=lambda item: group(item) != "the fixed set")
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))


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


@pytest.fixture
def exocite(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `exocite` with arguments, every model a hashed encoder of that name; gives status, output and errors."""
    for variable in [name for name in os.environ if name.startswith("EXOCITE_")]:
        monkeypatch.delenv(variable)
    for variable, value in (("EXOCITE_LIBRARY", ""), ("EXOCITE_MODEL", "hashed")):
        monkeypatch.setenv(variable, value)  # so that what a command sets is taken back
    monkeypatch.setattr("index.encoder.SentenceEncoder", lambda model: HashedEncoder(model=Path(model).name))

    def run(*arguments: object) -> Ran:
        monkeypatch.setenv("EXOCITE_MODEL", "hashed")
        monkeypatch.setattr(sys, "argv", ["exocite", *map(str, arguments)])
        capsys.readouterr()
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        else:
            code = 0
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return run
