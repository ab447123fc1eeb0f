"""`--engine`, `exocite engine rebuild` and what `exocite status` says of the engine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from index.engines.milvusserver import MilvusCollection
from index.library import Library
from tests.conftest import Ran

ASKED = "which moss shelters a lonely quokka"


@pytest.fixture
def run(papers: Path, tmp_path: Path, exocite: Callable[..., Ran]) -> Callable[..., Ran]:
    """Runs `exocite` on a library of two papers that was added with Milvus Lite."""

    def run(*arguments: object) -> Ran:
        return exocite("--library", tmp_path / "library", *arguments)

    assert run("--engine", "milvus", "add", papers).code == 0
    return run


def found(ran: Ran) -> list[tuple[str, float]]:
    """The ids and scores of the evidence that was printed."""
    return [(one["id"], one["score"]) for one in json.loads(ran.out)["evidence"]]


def test_a_library_added_with_milvus_is_asked_without_naming_it(run: Callable[..., Ran]):
    """And changed too; `status` says where it lies."""
    assert found(run("search", ASKED, "--json"))[0][0].startswith("moss:")
    assert run("remove", "moss").code == 0
    assert not any(id_.startswith("moss:") for id_, _ in found(run("search", ASKED, "--json")))
    told = run("status")
    assert told.code == 0
    assert "engine     milvus (milvus_lite-" in told.out
    assert "library/milvus.db" in told.out
    assert "1 partition, " in told.out


def test_rebuilding_moves_a_library_and_changes_no_answer(run: Callable[..., Ran]):
    """To FAISS and back; each time it is said where it lies now."""
    before = found(run("search", ASKED, "--json"))
    assert run("--engine", "faiss", "engine", "rebuild").out == "engine     faiss, in this process\n"
    assert found(run("search", ASKED, "--json")) == before
    assert "engine     milvus" in run("--engine", "milvus", "engine", "rebuild").out
    assert found(run("search", ASKED, "--json")) == before


def test_what_milvus_holds_of_a_library_that_came_from_elsewhere_is_claimed(
    exocite: Callable[..., Ran], papers: Path, tmp_path: Path
):
    """Until then it is not changed; from then on it is."""
    uri = tmp_path / "apart.db"
    assert exocite("--library", tmp_path / "old", "--engine", "milvus", "--engine-uri", uri, "add", papers).code == 0
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    shutil.rmtree(tmp_path / "old")
    refused = exocite("--library", tmp_path / "new", "remove", "moss")
    assert refused.code == 1
    assert refused.err.count("\n") == 1
    assert "`exocite engine claim`" in refused.err
    claimed = exocite("--library", tmp_path / "new", "engine", "claim")
    assert (claimed.code, claimed.err) == (0, "")
    assert str(uri) in claimed.out
    assert exocite("--library", tmp_path / "new", "remove", "moss").code == 0


def test_an_address_for_a_library_that_faiss_searches_is_refused(
    exocite: Callable[..., Ran], papers: Path, tmp_path: Path
):
    """It would be asked nothing."""
    run = partial(exocite, "--library", tmp_path / "library")
    assert run("add", papers).code == 0
    for command in (["search", ASKED], ["add", papers], ["remove", "moss"], ["status"]):
        ran = run("--engine-uri", "http://127.0.0.1:19530", *command)
        assert ran.code == 1
        assert ran.err.count("\n") == 1
        assert "exocite --engine milvus --engine-uri URI engine rebuild" in ran.err


@pytest.mark.parametrize("command", [["search", ASKED], ["add", "."], ["remove", "moss"], ["documents"], ["status"]])
def test_another_engine_than_the_librarys_is_refused_by_every_command(run: Callable[..., Ran], command: list[str]):
    """With the command that would move it."""
    ran = run("--engine", "faiss", *command)
    assert ran.code == 1
    assert "exocite --engine faiss engine rebuild" in ran.err


def test_where_milvus_lost_its_data_every_search_says_so_until_it_is_rebuilt(run: Callable[..., Ran], tmp_path: Path):
    """One line and no traceback; what needs no search works."""
    before = found(run("search", ASKED, "--json"))
    with closing(Library.open(tmp_path / "library")) as library:
        collection = library.manifest.engine.collection
    with MilvusCollection(str(tmp_path / "library" / "milvus.db"), collection, "") as lying:
        lying.drop()
    for command in (["search", ASKED], ["ask", ASKED], ["status"]):
        ran = run(*command)
        assert ran.code == 1
        assert ran.err.count("\n") == 1
        assert "exocite engine rebuild" in ran.err
    assert run("documents").code == 0
    assert run("engine", "rebuild").code == 0
    assert found(run("search", ASKED, "--json")) == before
