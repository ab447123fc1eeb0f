"""A language model that is played, and services that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.playing import Stage, stage


@pytest.fixture
def playing() -> Iterator[Stage]:
    """A server that plays a model."""
    with stage() as running:
        yield running


@pytest.fixture
def asking(library: Path, playing: Stage) -> Iterator[Callable[..., Service]]:
    """Gives services over the two papers of `tests.qa.conftest` that ask the played model."""
    services: list[Service] = []

    def made(**settings: object) -> Service:
        chosen = Settings(**{"llm_base_url": playing.url, "llm_model": "played", **settings})
        services.append(Service(library, chosen, HashedEncoder()))
        return services[-1]

    yield made
    for service in services:
        service.close()
