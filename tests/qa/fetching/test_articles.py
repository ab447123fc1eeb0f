"""Articles on their way into a library: fetched once, kept until they are in, gone when they are removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import StorageFull
from index.intake import Outcome, take_in
from index.library import Library
from qa.fetching.articles import fetch_articles, settle
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import Identifier, told_apart
from qa.fetching.waiting import Waiting
from qa.removing import remove_documents
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.europepmc import Held, Stage, Time, body, jats, status

FOAM = Identifier("pmc", "77")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a library is to be."""
    return tmp_path / "library"


@pytest.fixture
def add(stage: Stage, time: Time, folder: Path) -> Callable[..., list[Outcome]]:
    """Adds articles as the command does; gives what was told."""

    def run(*names: str, refresh: bool = False) -> list[Outcome]:
        told: list[Outcome] = []
        asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
        wanted = told_apart(names).identifiers
        fetched = fetch_articles(asked, folder, wanted, told=told.append, refresh=refresh)
        take_in(folder, HashedEncoder(), fetched.sources, told=told.append)
        settle(folder, fetched.articles)
        return told

    return run


def said(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.file, outcome.status) for outcome in outcomes]


def test_an_article_is_added_and_known_by_where_it_came_from(add, folder: Path):
    """Its source leads back to it; its own words can be cited."""
    assert said(add("PMC77")) == [("PMC77.xml", "added")]
    library = Library.open(folder)
    (summary,) = library.store.summaries()
    assert (summary.id, summary.source, summary.doi) == ("pmc77", "europepmc:PMC77", "10.1000/foam.1")
    assert [record.text for record in library.store.records()] == ["Foam sings."]
    library.close()


@pytest.mark.parametrize("again", ["PMC77", "doi:10.1000/foam.1", "pmid:901", "https://doi.org/10.1000/FOAM.1"])
def test_adding_it_again_asks_nothing(add, stage: Stage, again: str):
    """By whichever of its names."""
    add("PMC77")
    asked = len(stage.asked)
    (outcome,) = add(again)
    assert (outcome.status, outcome.document_id, outcome.passages) == ("unchanged", "pmc77", 1)
    assert len(stage.asked) == asked


def test_two_names_of_one_article_are_one(add, stage: Stage):
    """It is fetched once and told of once."""
    assert said(add("pmid:901", "PMC77", "doi:10.1000/foam.1")) == [("PMC77.xml", "added")]
    assert sum("fullTextXML" in path for path in stage.asked) == 1


def test_a_changed_article_replaces_it_only_when_refreshed(add, stage: Stage, folder: Path):
    """What was read stays as it was until then; unchanged, it stays too."""
    add("PMC77")
    stage.held[0].xml = jats("PMC77", body="<p>Foam whispers.</p>")
    assert said(add("PMC77")) == [("PMC77.xml", "unchanged")]
    assert said(add("PMC77", refresh=True)) == [("PMC77.xml", "replaced")]
    assert said(add("PMC77", refresh=True)) == [("PMC77.xml", "unchanged")]
    library = Library.open(folder)
    assert [record.text for record in library.store.records()] == ["Foam whispers."]
    library.close()


def test_what_does_not_come_stops_nothing_else(add, stage: Stage):
    """One outcome each, those that failed first; the identifier is told as it was given."""
    stage.held.append(Held("PMC78", open_access="N"))
    told = add("PMC78", "doi:10.1000/none", "PMC77", "PMC5")
    assert said(told) == [
        ("PMC78", "unreadable"), ("doi:10.1000/none", "unreadable"), ("PMC5", "unreadable"), ("PMC77.xml", "added"),
    ]  # fmt: skip
    assert all(outcome.notices for outcome in told[:3])


def test_a_service_that_cannot_be_asked_is_not_asked_for_the_rest(add, stage: Stage):
    """What is held already is told all the same."""
    add("PMC77")
    del stage.asked[:]
    stage.parts = [status(429, Retry_After="3600")]
    told = add("PMC5", "PMC6", "PMC77")
    assert said(told) == [("PMC5", "unreadable"), ("PMC6", "unreadable"), ("PMC77.xml", "unchanged")]
    assert "It was not asked for" in told[1].notices[0]
    assert len(stage.asked) == 1


def test_what_was_fetched_waits_until_it_is_in(stage: Stage, time: Time, folder: Path, add):
    """A run that broke off after fetching is gone on with, without a request; then nothing waits."""
    asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
    fetch_articles(asked, folder, [FOAM])
    assert Waiting.of(folder).xml(FOAM) == stage.held[0].xml
    del stage.asked[:]
    assert said(add("PMC77")) == [("PMC77.xml", "added")]
    assert stage.asked == []
    assert [file.name for file in (folder / "fetched").iterdir()] == ["names.json"]


def test_what_is_removed_is_gone_here_too(add, folder: Path):
    """No XML, no name of it; what is left of others stays."""
    add("PMC77")
    remove_documents(folder, HashedEncoder(), ["pmc77"])
    assert not (folder / "fetched").exists()
    for file in folder.rglob("*"):
        assert not file.is_file() or b"Foam sings" not in file.read_bytes()


def test_removing_takes_what_waits_of_it_and_leaves_the_rest(stage: Stage, time: Time, add, folder: Path):
    """Another command may be fetching the others just now; the names of what stays are kept."""
    stage.held += [
        Held(f"PMC{n}", pmid=f"9{n}", xml=jats(f"PMC{n}", pmid=f"9{n}", body=f"<p>Kelp {n}.</p>")) for n in (78, 79)
    ]
    add("PMC77", "PMC78")
    asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
    fetch_articles(asked, folder, [FOAM, Identifier("pmc", "79")], refresh=True)
    remove_documents(folder, HashedEncoder(), ["pmc77"])
    assert sorted(file.name for file in (folder / "fetched").iterdir()) == ["PMC79.xml", "names.json"]
    waiting = Waiting.of(folder)
    known = [str(waiting.pmc_of(Identifier("pmid", pmid))) for pmid in ("901", "978", "979")]
    assert known == ["None", "PMC78", "PMC79"]


def test_what_never_came_to_be_in_the_library_goes_after_a_week(stage: Stage, time: Time, folder: Path):
    """What a crash left half-written too."""
    asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
    fetch_articles(asked, folder, [FOAM])
    (folder / "fetched" / "tmpabc").write_bytes(b"half of it")
    settle(folder)
    assert len(list((folder / "fetched").iterdir())) == 3
    for file in (folder / "fetched").iterdir():
        os.utime(file, (0, 0))
    settle(folder)
    assert not (folder / "fetched").exists()


def test_an_article_that_cannot_be_read_is_asked_for_anew(add, stage: Stage):
    """It does not wait for ever."""
    good, stage.held[0].xml = stage.held[0].xml, b"<set>" + jats("PMC77") + jats("PMC78") + b"</set>"
    (outcome,) = add("PMC77")
    assert outcome.status == "unreadable"
    stage.held[0].xml = good
    assert said(add("PMC77")) == [("PMC77.xml", "added")]


@pytest.mark.parametrize("names", ["", "[]", "{", '{"pmid:901": 5}', '{"pmid:901": "kelp"}', "\0"])
def test_names_that_cannot_be_read_are_asked_for(add, folder: Path, stage: Stage, names: str):
    """A damaged file costs a request, never more."""
    add("PMC77")
    (folder / "fetched" / "names.json").write_text(names, encoding="utf-8")
    assert said(add("pmid:901")) == [("PMC77.xml", "unchanged")]
    assert sum("fullTextXML" in path for path in stage.asked) == 1


def test_a_place_that_cannot_be_written_is_said(stage: Stage, time: Time, folder: Path):
    """As with every other file of a library."""
    folder.mkdir()
    (folder / "fetched").write_bytes(b"")
    asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
    with pytest.raises(StorageFull, match="cannot be written"):
        fetch_articles(asked, folder, [FOAM])


def test_nothing_is_asked_where_nothing_is_named(stage: Stage, time: Time, folder: Path):
    """And no folder is made."""
    stage.parts = [body(b"")]
    asked = EuropePMC.of(Settings(europepmc_url=stage.base), time.pace())
    assert fetch_articles(asked, folder, []).sources == ()
    settle(folder)
    assert stage.asked == []
    assert not folder.exists()
