"""Europe PMC as it is played on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.europepmc import Stage, Time, playing


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The service with one article."""
    with playing(monkeypatch) as stage:
        yield stage


@pytest.fixture
def time() -> Time:
    """A clock that goes on only where something sleeps."""
    return Time()
