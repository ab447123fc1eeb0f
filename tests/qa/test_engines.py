"""The fixed set, asked of Milvus: what it finds is what the library finds by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.engineplace import EngineChoice
from index.moving import move_library
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.scope import EVERYTHING, Scope
from qa.service import Service
from qa.settings import Settings

SCOPES = [EVERYTHING, Scope(kinds=("row",)), Scope(names=("miR-21",)), Scope(from_year=2025, kinds=("passage",))]


@pytest.fixture(scope="module")
def both(
    real_library: Path, real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Service]]:
    """Services over the starter library and over one of the same documents that lies with Milvus Lite."""
    folder = tmp_path_factory.mktemp("engines") / "library"
    shutil.copytree(real_library, folder)
    move_library(folder, EngineChoice("milvus")).close()
    with (
        closing(Service(real_library, Settings(), real_encoder)) as plain,
        closing(Service(folder, Settings(), real_encoder)) as lite,
    ):
        yield plain, lite


@pytest.mark.parametrize("scope", SCOPES, ids=["all", "rows", "miR-21", "passages of 2025"])
def test_the_fixed_set_is_answered_alike_whichever_engine_proposes(both: tuple[Service, Service], scope: Scope):
    """Evidence and scores, to the bit, hence every figure; each ninth question, with and without limits."""
    plain, lite = both
    assert type(plain.opened().ranker.engine) is not type(lite.opened().ranker.engine)
    for question in load_questions(fixed_set())[::9]:
        asked = {"history": question.history, "k": 10, "scope": scope}
        ours, theirs = (one.search(question.question, **asked) for one in both)
        assert [(piece.id, piece.score) for piece in theirs.evidence] == [(one.id, one.score) for one in ours.evidence]
        assert theirs.support == ours.support


def test_the_fixed_set_is_answered_alike_where_few_records_are_proposed(
    both: tuple[Service, Service], monkeypatch: pytest.MonkeyPatch
):
    """Of 210 records each engine proposes 20 by either side, as of many thousands it proposes a thousand; each third.

    Milvus is asked for the 80 that it holds best by words, and the 40 nearest: what its own scores leave out is not
    found.
    """
    monkeypatch.setattr("index.ranking._POOL", 20)
    monkeypatch.setattr("index.engines.milvus._LEAST", 1)
    for question in load_questions(fixed_set())[::3]:
        ours, theirs = (one.search(question.question, history=question.history, k=10) for one in both)
        assert [(piece.id, piece.score) for piece in theirs.evidence] == [(one.id, one.score) for one in ours.evidence]
