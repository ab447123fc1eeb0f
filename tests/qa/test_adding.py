"""Adding with somebody watching: what is told, and what becomes of it when they go away."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.intake import Outcome, Source
from index.library import current_generation
from qa.adding import Stopped, Watch, add_all
from qa.fetching.identifiers import Identifier
from qa.settings import Settings
from qa.stopping import Stop
from tests.encoders import HashedEncoder
from tests.europepmc import Stage, playing, status
from tests.qa.conftest import FERN, MOSS

SOURCES = tuple(
    Source(name, f"upload:{name}", text.encode) for name, text in (("moss.md", MOSS), ("fern.md", FERN), ("no.md", ""))
)


def test_everything_is_told_as_it_becomes_true(tmp_path: Path):
    """How many are read, beginning with none; how many texts are encoded; each outcome once; all of them in order."""
    read: list[int] = []
    encoded: list[int] = []
    told: list[Outcome] = []
    watch = Watch(told.append, reading=lambda done, _: read.append(done), encoding=lambda done, _: encoded.append(done))
    outcomes = add_all(tmp_path / "library", HashedEncoder(), Settings(), SOURCES, (), watch)
    assert [(outcome.file, outcome.status) for outcome in outcomes] == [
        ("moss.md", "added"), ("fern.md", "added"), ("no.md", "unreadable"),
    ]  # fmt: skip
    assert sorted(told, key=outcomes.index) == list(outcomes)
    assert (read[0], read[-1]) == (0, 3)
    assert encoded[-1] > 0


@pytest.mark.parametrize("read", [0, 3])
def test_whoever_goes_away_leaves_the_library_as_it_was(tmp_path: Path, read: int):
    """Before the first file is read, and when all are and their texts are to be encoded."""
    stop = Stop()
    watch = Watch(reading=lambda done, _: stop.say() if done == read else None)
    with pytest.raises(Stopped):
        add_all(tmp_path / "library", HashedEncoder(), Settings(), SOURCES, (), watch, stop)
    assert current_generation(tmp_path / "library") is None


def test_a_pause_ends_when_nobody_waits_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The service asked for a minute."""
    stop = Stop()
    asked = threading.Event()

    def busy(call) -> None:
        status(429, Retry_After="60")(call)
        asked.set()

    with playing(monkeypatch) as stage:
        stage.parts = [busy]
        threading.Thread(target=lambda: (asked.wait(), stop.say())).start()
        with pytest.raises(Stopped):
            add_all(
                tmp_path, HashedEncoder(), Settings(europepmc_url=stage.base), (), [Identifier("pmc", "77")], stop=stop
            )
        assert len(stage.asked) == 1


def test_files_and_articles_go_into_one_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Those of the files come first."""
    with playing(monkeypatch) as stage:
        outcomes = run(stage, tmp_path / "library")
    assert [outcome.file for outcome in outcomes] == ["moss.md", "fern.md", "no.md", "PMC77.xml", "PMC5"]
    assert len(list((tmp_path / "library" / "generations").iterdir())) == 1


def run(stage: Stage, library: Path) -> tuple[Outcome, ...]:
    wanted = [Identifier("pmc", "5"), Identifier("pmc", "77")]
    return add_all(library, HashedEncoder(), Settings(europepmc_url=stage.base), SOURCES, wanted)
