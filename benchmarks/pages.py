"""How long the pages about papers take over a large library.

Run with `python benchmarks/pages.py [--papers N] [--library DIR]`. The papers are those of `benchmarks/intake.py`; with
`--library` the library is made there, or taken from there where it is already. Each page is asked for ten times, the
first time apart, since some things are worked out once a library. Times hold the request, the page and its sending.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from fastapi.testclient import TestClient
from intake import Cheap, paper

from corpus.assemble import read_document
from index.library import change_library, current_generation
from qa.service import Service
from qa.settings import Settings
from web.app import create_app

_PAGES: Final = (
    "/documents",
    "/documents?page=57",
    "/documents?q=sample+21",
    "/documents?q=nowhere",
    "/check",
    "/check?page=57",
    "/check?kind=no-doi",
    "/check?document=paper-7",
    "/",
    "/api/documents",
)


def main() -> None:
    """Prints a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=5_000, help="how many papers there are")
    parser.add_argument("--library", type=Path, help="where the library is or shall be")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = chosen.library or Path(folder, "library")
        if not current_generation(library):
            make(library, chosen.papers)
        service = Service(library, Settings(), Cheap())
        service.warm()
        with TestClient(create_app(service)) as client:
            for page in _PAGES:
                report(client, page)
        service.close()


def make(library: Path, papers: int) -> None:
    """A library of so many papers."""
    readings = [
        read_document(f"{number}.md", paper(number).encode(), document_id=f"paper-{number}", source=f"upload:{number}")
        for number in range(papers)
    ]
    change_library(library, Cheap(), add=readings).close()


def report(client: TestClient, page: str) -> None:
    """A line on how long it took."""
    took: list[float] = []
    for _ in range(10):
        begun = time.perf_counter()
        response = client.get(page)
        took.append((time.perf_counter() - begun) * 1000)
        response.raise_for_status()
    size = len(response.content) / 1000
    print(f"{page:<30}{took[0]:8.1f} ms at first{statistics.median(took[1:]):8.1f} ms then{size:8.0f} kB", flush=True)


if __name__ == "__main__":
    main()
