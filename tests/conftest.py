"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from index.engineplace import ENGINES, EngineChoice, EngineName
from index.intake import sources_of, starter_sources, take_in
from qa import cli
from tests.encoders import HashedEncoder

# no timing in tests: a busy machine is not a defect
settings.register_profile("exocite", deadline=None)
settings.load_profile("exocite")

_FIXED_SET = frozenset({"real_library", "real_encoder", "fixed_set_measured"})
"""Fixtures that take long to make, so only one worker makes them."""
_WITH_FIXED_SET = frozenset(
    f"tests/qa/{name}.py"
    for name in (
        "evaluation/test_experiment",
        "test_baseline",
        "test_engines",
        "test_fixed_answers",
        "test_pdf_layouts",
    )
)
"""The files whose tests use them: what shares out the tests knows nothing but their ids."""

_ON_BOTH = frozenset(
    f"tests/{name}.py"
    for name in (
        *("index/test_library", "index/test_limits", "index/test_naming", "index/test_ranking", "index/test_segments"),
        *("qa/test_retriever", "qa/test_service", "test_invariants", "web/test_api", "web/test_limits"),
    )
)
"""The files whose tests, where they ask a library or a ranker, ask it with each engine.

Not among them: cells, codes and what FAISS itself scores (`index/test_vectors`), which only it has; words reworded to
measure (`index/test_wording`), which no engine holds; and second readings (`index/test_reranker`), which come after
whatever was proposed. The fixed set is held against Milvus in `qa/test_engines`.
"""

_LONG = _WITH_FIXED_SET | {
    f"tests/{name}.py"
    for name in (
        *("index/test_exports", "index/test_placing", "qa/test_cut_short", "qa/test_encoding", "qa/test_keeping_up"),
        *("test_removal", "web/test_spans"),
    )
}
"""The files whose tests `make test` leaves out, besides those that ask Milvus what they ask FAISS too.

They measure, make models, kill processes, or ask the real model hundreds of questions.
"""

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


class _Shares(LoadScopeScheduling):
    """Workers share nothing: one has the files of the fixed set, else each has a file at a time.

    By the ids of tests alone: xdist's own groups are without effect under pytest 9.2, which ignores the ids it sets.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _share(nodeid)


def _file(nodeid: str) -> str:
    return nodeid.split("::", maxsplit=1)[0]


def _share(nodeid: str) -> str:
    file = _file(nodeid)
    return "the fixed set" if file in _WITH_FIXED_SET else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Tests are shared out among the workers by `_Shares`."""
    return _Shares(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the fixed set come first, as they take longest; a file that uses it without saying so is refused.

    What takes long is marked.
    """
    for item in items:
        engine = item.callspec.params.get("engine") if hasattr(item, "callspec") else None
        if engine == "milvus" or _file(item.nodeid) in _LONG:
            item.add_marker("long")
        if _FIXED_SET & set(getattr(item, "fixturenames", ())) and _share(item.nodeid) != "the fixed set":
            raise pytest.UsageError(f"{item.nodeid} measures the fixed set; name its file in tests/conftest.py.")
    items.sort(key=lambda item: _share(item.nodeid) != "the fixed set")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that ask a library do so with each engine, where their file is named above."""
    if "engine" in metafunc.fixturenames and _file(metafunc.definition.nodeid) in _ON_BOTH:
        metafunc.parametrize("engine", ENGINES, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> EngineName:
    """With what libraries are searched that the test, and its fixtures, make."""
    return getattr(request, "param", "faiss")


@pytest.fixture(autouse=True)
def _new_libraries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that a test makes without saying with which engine is with that of the test."""
    if "engine" in request.fixturenames:
        monkeypatch.setattr("index.engineplace.DEFAULT", request.getfixturevalue("engine"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; the tests skip where there is none, but never in CI."""
    found = os.environ.get("EXOCITE_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        reason = "no Chromium is installed (looked for " + ", ".join(_CHROMIUM) + " and at EXOCITE_CHROMIUM)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


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
def starter_library(engine: EngineName, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the starter documents; not to be changed."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    take_in(folder, HashedEncoder(), starter_sources(), engine=EngineChoice(engine))
    return folder


@pytest.fixture(scope="session")
def reviews_library(engine: EngineName, reviews: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the two real reviews; not to be changed."""
    folder = tmp_path_factory.mktemp("reviews") / "library"
    take_in(folder, HashedEncoder(), sources_of(reviews.values()), engine=EngineChoice(engine))
    return folder


@pytest.fixture
def exocite(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `exocite` with arguments, every model a hashed encoder of that name; gives status, output and errors."""
    for variable in [name for name in os.environ if name.startswith("EXOCITE_")]:
        monkeypatch.delenv(variable)
    chosen = {"EXOCITE_LIBRARY": "", "EXOCITE_MODEL": "hashed", "EXOCITE_ENGINE": "", "EXOCITE_ENGINE_URI": ""}
    for variable, value in chosen.items():
        monkeypatch.setenv(variable, value)  # so that what a command sets is taken back
    monkeypatch.setattr("index.encoder.SentenceEncoder", lambda model, _: HashedEncoder(model=Path(model).name))

    def run(*arguments: object) -> Ran:
        for variable in ("EXOCITE_MODEL", "EXOCITE_ENGINE", "EXOCITE_ENGINE_URI"):
            monkeypatch.setenv(variable, chosen[variable])
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
