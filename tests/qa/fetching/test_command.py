"""`exocite add` with identifiers, through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.europepmc import Stage, status
from tests.qa.conftest import FERN


@pytest.fixture
def run(exocite, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs `exocite` over a library of its own, which fetches from the service that is played."""
    monkeypatch.setenv("EXOCITE_EUROPEPMC_URL", stage.base)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: exocite("--library", tmp_path / "library", *arguments)


def test_files_and_articles_are_added_together(run, tmp_path: Path):
    """A line each; what names nothing, and what does not come, goes to standard error; the status says so."""
    (tmp_path / "fern.md").write_text(FERN, encoding="utf-8")
    ran = run("add", "doi:kelp", "PMC5", "PMC77", "fern.md")
    assert ran.code == 1
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["+ PMC77.xml", "+ fern.md"]
    wrong, unknown = ran.err.splitlines()
    assert wrong.startswith("! doi:kelp: not read; this names no article; give it as PMC1234567, doi:")
    assert unknown == "! PMC5: not read; Europe PMC knows no such article; check the identifier."


def test_again_it_is_unchanged_and_nothing_is_asked(run, stage: Stage):
    """By its address too; `--refresh` asks."""
    assert run("add", "PMC77").code == 0
    asked = len(stage.asked)
    again = run("add", "https://doi.org/10.1000/foam.1")
    assert (again.code, again.out) == (0, "= PMC77.xml: unchanged, 1 passage, 0 table rows, 0 references\n")
    assert len(stage.asked) == asked
    assert run("add", "--refresh", "PMC77").out.startswith("= PMC77.xml: unchanged")
    assert len(stage.asked) == asked + 1


def test_a_path_that_exists_is_a_path(run, stage: Stage, tmp_path: Path):
    """Whatever it looks like."""
    (tmp_path / "PMC77").mkdir()
    (tmp_path / "PMC77" / "fern.md").write_text(FERN, encoding="utf-8")
    assert run("add", "PMC77").out.startswith("+ fern.md: added")
    assert stage.asked == []


def test_where_nothing_comes_no_library_is_made(run, stage: Stage, tmp_path: Path):
    """One line, no traceback."""
    stage.parts = [status(429, Retry_After="9999")]
    ran = run("add", "PMC77")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "try again in 9,999 seconds" in ran.err
    assert not (tmp_path / "library").exists()


def test_a_removed_article_is_fetched_anew(run, stage: Stage, tmp_path: Path):
    """Nothing of it was left anywhere."""
    run("add", "PMC77")
    assert run("remove", "pmc77").code == 0
    assert not (tmp_path / "library" / "fetched").exists()
    asked = len(stage.asked)
    assert run("add", "PMC77").out.startswith("+ PMC77.xml: added")
    assert len(stage.asked) == asked + 1
