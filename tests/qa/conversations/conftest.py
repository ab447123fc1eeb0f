"""A history whose clock is worked by hand, and an answer that says a language model wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from qa.conversations.files import FILE
from qa.conversations.store import Conversations
from qa.results import AskResponse
from qa.service import Service


@pytest.fixture
def history(tmp_path: Path) -> Conversations:
    """An empty history; each look at its clock is a second later, from midnight on."""
    seconds: Iterator[int] = count()
    return Conversations(tmp_path / FILE, clock=lambda: f"2026-05-03T00:00:{next(seconds):02}.000000Z")


@pytest.fixture
def written(small: Service) -> Callable[[str], AskResponse]:
    """Makes the answer to a question as if a language model had written it, in words that quote the paper."""

    def write(question: str) -> AskResponse:
        said = small.ask(question)
        return replace(said, answer=replace(said.answer, writer="a-model"))

    return write
