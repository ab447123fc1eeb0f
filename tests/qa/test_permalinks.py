"""Lasting addresses of evidence: the same after a file is read anew, honest after it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from index.intake import sources_of, take_in
from qa.permalinks import Place, digest, locate, permalink
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.qa.conftest import KELP

TIDES = "Tidal parcels bring miR-21 to the gills, where it silences KRIT1 [1]. Their walls carry TGF-β [2]."


def reading(text: str = KELP) -> Reading:
    return read_document("kelp.md", text.encode(), document_id="kelp", source="upload:kelp.md")


def test_an_address_names_document_characters_and_words():
    """Twelve digits of the SHA-256 of the text."""
    (passage,) = reading().passages
    assert passage.text == TIDES
    assert permalink(passage) == f"/evidence/kelp/{passage.start}-{passage.end}?text={digest(TIDES)}"


def test_every_evidence_has_its_address(small: Service):
    """As its record has it."""
    for piece in small.search("miR-21 north south fog").evidence:
        assert piece.permalink == permalink(small.opened().store.record(piece.id))


def test_an_unchanged_file_read_anew_keeps_its_addresses(small: Service, papers: Path, tmp_path: Path):
    """In a new library, with another paper beside it."""
    (papers / "aloe.md").write_text("# Aloe\n\nA leaf of aloe holds miR-9.\n", encoding="utf-8")
    take_in(tmp_path / "anew", HashedEncoder(), sources_of([papers]))
    anew = Service(tmp_path / "anew", Settings(), HashedEncoder())
    before = {
        piece.id: piece.permalink for piece in small.search("miR-21", scope=Scope.of(documents=["kelp"])).evidence
    }
    after = {piece.id: piece.permalink for piece in anew.search("miR-21", scope=Scope.of(documents=["kelp"])).evidence}
    anew.close()
    assert before == after != {}


def test_words_in_their_place_are_the_same():
    """Whatever changed behind them."""
    (passage,) = reading().passages
    held = digest(passage.text)
    assert locate(reading(), passage.start, passage.end, held) == Place("same", passage.start, passage.end)
    later = reading(KELP.replace("2018;7", "2017;7"))
    assert locate(later, passage.start, passage.end, held).state == "same"


def test_words_that_stand_elsewhere_once_have_moved():
    """Something was put in before them."""
    (passage,) = reading().passages
    later = reading(KELP.replace("## Tides\n", "## Tides\n\nLow tide is at noon.\n"))
    place = locate(later, passage.start, passage.end, digest(passage.text))
    assert place.state == "moved"
    assert later.document.text[place.start : place.end] == TIDES


def test_other_words_have_changed_and_the_nearest_record_is_named():
    """One letter is enough: miR-210 is not miR-21."""
    (passage,) = reading().passages
    later = reading(KELP.replace("bring miR-21 to", "bring miR-210 to"))
    place = locate(later, passage.start, passage.end, digest(passage.text))
    assert place.state == "changed"
    assert later.document.text[place.start : place.end].startswith("Tidal parcels bring miR-210 to the gills")


def test_words_that_stand_twice_are_not_said_to_be_at_either():
    """Nobody knows which was meant."""
    (passage,) = reading().passages
    later = reading(KELP.replace("## Tides\n", f"## Noon\n\nLow tide.\n\n## Night\n\n{TIDES}\n\n## Tides\n"))
    assert locate(later, passage.start, passage.end, digest(passage.text)).state == "changed"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (9, 3), (10**9, 10**9 + 4)])
def test_characters_that_are_none_are_never_the_same(start: int, end: int):
    """Not even with the digest of nothing."""
    assert locate(reading(), start, end, digest("")).state == "changed"


def test_a_paper_without_evidence_has_no_nearest():
    """There is a heading alone."""
    empty = reading("# Kelp\n")
    assert locate(empty, 0, 4, digest("none")) == Place("changed", None, None)
