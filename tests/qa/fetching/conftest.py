"""Europe PMC as it is played on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.europepmc import Held, Stage, Time, europe_pmc, jats


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The service with one open article, `PMC77`, and no proxy before it."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with europe_pmc() as stage:
        stage.held = [Held("PMC77", "10.1000/foam.1", "901", xml=jats("PMC77", doi="10.1000/foam.1", pmid="901"))]
        yield stage


@pytest.fixture
def time() -> Time:
    """A clock that goes on only where something sleeps."""
    return Time()
