"""A real library, a real service and a client to it, for the tests of the web."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.engineplace import EngineChoice, EngineName
from index.intake import Source, starter_sources, take_in
from index.library import change_library
from qa.conversations.files import FILE
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.europepmc import Stage, playing
from tests.web.browsing import serving, watched
from web.app import create_app

PAPER = """---
title: "Small parcels: a note on vesicles"
authors: ["A. Ito", "B. Cruz", "C. Diaz", "D. Eze"]
year: 2021
doi: 10.1000/parcels.1
---

# Small parcels: a note on vesicles

## Findings

Parcels from gut tumours hand miR-21 to the liver, where it silences KRIT1 [1]. Their walls hold <b>no</b> script & no
TGF-β receptor [2].

### Cargo

Table 1. Cargo by tumour

| miRNA | Tumour | Target | Ref |
| --- | --- | --- | --- |
| miR-21 | colon | KRIT1 | [1] |
| miR-9 | breast | LIFR | [2] |

## References

1. Ito A. Parcels and walls. Cell Notes 2019;4:1-9. doi:10.1000/cell.4
2. Cruz B. Quiet vesicles. Gut Letters 2020;7:11-19.
"""
"""A paper of our own invention, small enough to work everything out by hand."""


def make_service(folder: Path) -> Service:
    """A service over the library in a folder, its encoder loaded."""
    service = Service(folder, Settings(), HashedEncoder())
    service.warm()
    return service


@pytest.fixture(scope="session")
def starter_folder(engine: EngineName, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the starter documents and the paper above; not to be changed."""
    folder = tmp_path_factory.mktemp("library") / "starter"
    own = Source("small-parcels.md", "upload:small-parcels.md", PAPER.encode)
    take_in(folder, HashedEncoder(), [*starter_sources(), own], engine=EngineChoice(engine))
    return folder


@pytest.fixture(scope="session")
def service(starter_folder: Path) -> Iterator[Service]:
    """A service over the starter library; not to be changed."""
    service = make_service(starter_folder)
    yield service
    service.close()


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    """A client to an application over the starter library; errors of the server come back as answers."""
    with TestClient(create_app(service), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def own_service(starter_folder: Path, tmp_path: Path) -> Iterator[Service]:
    """A service over a copy of the starter library, free to be changed."""
    folder = tmp_path / "library"
    shutil.copytree(starter_folder, folder, symlinks=True, ignore=shutil.ignore_patterns(f"{FILE}*"))
    service = make_service(folder)
    yield service
    service.close()


@pytest.fixture
def own_client(own_service: Service) -> Iterator[TestClient]:
    """A client to an application over that copy."""
    with TestClient(create_app(own_service), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[TestClient]:
    """A client to an application over a library that holds nothing."""
    change_library(tmp_path / "empty", HashedEncoder()).close()
    service = make_service(tmp_path / "empty")
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client
    service.close()


@pytest.fixture(scope="session")
def address(service: Service) -> Iterator[str]:
    """Where the starter library is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium_path: str):
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Europe PMC as it is played, with one article."""
    with playing(monkeypatch) as stage:
        yield stage


@pytest.fixture
def size() -> tuple[int, int]:
    """A laptop's window."""
    return 1280, 900


@pytest.fixture
def page(browser, address: str, size: tuple[int, int]):
    """A page whose every request stays on this host, and whose console stays silent."""
    context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
    yield from watched(context, address)


@pytest.fixture
def bare_page(browser, address: str, size: tuple[int, int]):
    """The same, with scripts switched off."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, java_script_enabled=False
    )
    yield from watched(context, address)
