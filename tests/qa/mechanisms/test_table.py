"""The table of mechanisms of a library: all of it, some of it, its order and its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError, UnknownDocument
from index.intake import Source, take_in
from qa.mechanisms import table
from qa.results import MechanismEntry
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

TABLE = """# Cargo

## Found

Exosomes carry much. Table 1 lists some of it.

Table 1. Cargo

| miRNA | Cancer | Source | Effect | Mechanism |
| --- | --- | --- | --- | --- |
| miR-210 | Liver cancer | HCC cells | Angiogenesis | SMAD4 inhibition |
| miR-21 | Breast cancer | CAFs | Invasion | PTEN down-regulation |
| miR-9 | Breast cancer | Tumor cells | Metastasis | LIFR inhibition |
"""


@pytest.fixture
def cargo(tmp_path: Path) -> Service:
    """A service over one paper with a table of three rows."""
    take_in(tmp_path / "library", HashedEncoder(), [Source("cargo.md", "upload:cargo.md", TABLE.encode)])
    service = Service(tmp_path / "library", Settings(), HashedEncoder())
    service.warm()
    return service


def told(entry: MechanismEntry) -> str:
    return " ".join(slot.name for slot in (*entry.mechanism.molecule, *entry.mechanism.target))


def test_molecules_stand_in_the_order_of_their_numbers(cargo: Service):
    """miR-9 before miR-21 before miR-210."""
    found = cargo.mechanisms()
    assert [told(entry) for entry in found.mechanisms] == ["miR-9 LIFR", "miR-21 PTEN", "miR-210 SMAD4"]
    assert (found.total, found.offset, found.limit, found.unread, found.question) == (3, 0, 100, 0, None)
    assert found.library == cargo.library()


def test_every_filled_cell_and_every_text_is_a_span(starter: Service):
    """Of the text of its paper, in everything that the starter library says."""
    texts = {summary.id: starter.reading(summary.id).document.text for summary in starter.documents()}
    entries = starter.mechanisms(limit=1000).mechanisms
    assert entries
    for entry in entries:
        mechanism, text = entry.mechanism, texts[entry.document.id]
        assert entry.document.id == mechanism.document
        assert text[mechanism.start : mechanism.end] == entry.text != ""
        for cell in ("molecule", "direction", "source", "recipient", "target", "pathway", "effect", "cancer"):
            assert all(text[slot.start : slot.end] == slot.text for slot in getattr(mechanism, cell))


def test_the_same_library_gives_the_same_table(starter_library: Path, starter: Service):
    """Whoever opens it, and whether it was asked before."""
    again = Service(starter_library, Settings(), HashedEncoder())
    assert starter.mechanisms() == starter.mechanisms() == again.mechanisms()
    again.close()


def test_limits_and_pages(cargo: Service):
    """By name, cancer and kind; a page is a stretch of the whole."""
    assert [told(each) for each in cargo.mechanisms(scope=Scope(names=("mir 21",))).mechanisms] == ["miR-21 PTEN"]
    breast = cargo.mechanisms(scope=Scope(cancers=("mammary carcinoma",)), limit=1, offset=1)
    assert ([told(each) for each in breast.mechanisms], breast.total) == (["miR-21 PTEN"], 2)
    assert cargo.mechanisms(scope=Scope(kinds=("passage",))).total == 0


def test_a_library_that_changes_changes_the_table(cargo: Service):
    """What was removed is said no more."""
    cargo.remove("cargo")
    assert cargo.mechanisms().mechanisms == ()


def test_of_a_question_what_its_evidence_says(cargo: Service):
    """Only of its molecules; of a question that the papers do not answer, nothing."""
    found = cargo.mechanisms("how does miR-210 act in liver cancer")
    assert ([told(each) for each in found.mechanisms], found.question) == (
        ["miR-210 SMAD4"], "how does miR-210 act in liver cancer",
    )  # fmt: skip
    assert cargo.mechanisms("which bolts hold the bridge over the river Kwai").total == 0


def test_an_answer_about_a_mechanism_says_its_mechanisms_and_another_none(cargo: Service):
    """In the order of the evidence, each from a piece of it."""
    answered = cargo.ask("how does miR-210 act in liver cancer")
    assert [slot.name for each in answered.mechanisms for slot in each.target] == ["SMAD4"]
    assert {each.id for each in answered.mechanisms} <= {piece.id for piece in answered.evidence}
    assert cargo.ask("which microRNAs are found in breast cancer").mechanisms == ()


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (1001, 0), (1, -1)])
def test_a_page_that_cannot_be(cargo: Service, limit: int, offset: int):
    """Is refused, with what can be."""
    with pytest.raises(InputError, match="must"):
        cargo.mechanisms(limit=limit, offset=offset)


def test_a_paper_that_is_not_there_is_no_limit(cargo: Service):
    """It is an error, as for a search."""
    with pytest.raises(UnknownDocument):
        cargo.mechanisms(scope=Scope(documents=("nowhere",)))


def test_a_library_too_large_for_one_table_says_how_much_was_not_read(cargo: Service, monkeypatch: pytest.MonkeyPatch):
    """The first records are read, in the library's order."""
    monkeypatch.setattr(table, "MOST_READ", 2)
    found = cargo.mechanisms(scope=Scope(kinds=("row",)))
    assert ([told(each) for each in found.mechanisms], found.unread) == (["miR-21 PTEN", "miR-210 SMAD4"], 1)
