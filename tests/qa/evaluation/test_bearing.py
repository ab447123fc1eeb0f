from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Reading
from corpus.summaries import DocumentSummary
from index.hits import Hit
from qa.citations import evidence
from qa.evaluation.bearing import fault, said_by
from qa.results import Check, Evidence, Place, Sentence
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder


@dataclass(frozen=True)
class Found:
    """Two passages and the two rows of one paper as evidence 1 to 4, and what reads papers."""

    pieces: tuple[Evidence, ...]
    service: Service

    def fault(self, sentence: Sentence) -> str:
        """What its citation lacks, by the paper."""
        return fault(sentence, self.pieces, self.service.reading)

    def quoted(self, text: str, *ranks: int) -> Sentence:
        """The sentence `text`, which stands in the paper once, as an answer quotes it."""
        start = self.service.reading("kelp").document.text.index(text)
        return Sentence(text, ranks, "verbatim", (Place("kelp", start, start + len(text)),))

    def told(self, text: str, rank: int, *cells: str) -> Sentence:
        """A row of the table as an answer tells it, by these of its cells."""
        rows = self.service.reading("kelp").rows
        row = next(row for row in rows if row.id == self.pieces[rank - 1].id)
        places = {cell.text: Place("kelp", cell.start, cell.end) for cell in row.cells}
        return Sentence(text, (rank,), "verbatim", tuple(places[cell] for cell in cells))


def as_evidence(service: Service, document: str) -> tuple[Evidence, ...]:
    """Every record of a paper as evidence, passages first, ranks from 1."""
    library, reading = service.opened(), service.reading(document)
    summary = next(one for one in service.documents() if one.id == document)
    return tuple(
        evidence(Hit(record.id, 1.0, rank), record, summary, library.store.cited(record))
        for rank, record in enumerate((*reading.passages, *reading.rows), start=1)
    )


@pytest.fixture
def kelp(small: Service) -> Found:
    """The paper kelp.md."""
    return Found(as_evidence(small, "kelp"), small)


@pytest.fixture(scope="module", params=["starter_library", "reviews_library"])
def papers_read(request: pytest.FixtureRequest) -> dict[str, tuple[Reading, DocumentSummary]]:
    """Every paper of each of the two libraries, read."""
    with closing(Service(request.getfixturevalue(request.param), Settings(), HashedEncoder())) as service:
        return {one.id: (service.reading(one.id), one) for one in service.documents()}


SILENCES = "Tidal parcels bring miR-21 to the gills, where it silences KRIT1 [1]."
ROW = "miRNA: miR-21; Shore: south; Target: PTEN"


def test_a_sentence_that_stands_where_it_says_is_borne_out(kelp: Found):
    """A passage's sentence, and a row by its headers, a carried cell too."""
    rank = next(piece.rank for piece in kelp.pieces if SILENCES in piece.text)
    assert kelp.fault(kelp.quoted(SILENCES, rank)) == ""
    last = len(kelp.pieces)
    assert kelp.fault(kelp.told(ROW, last, "miR-21", "south", "PTEN")) == ""


def test_a_quotation_off_by_one_character_is_not_borne_out(kelp: Found):
    """Nor one that stands nowhere, in another paper, or in two places."""
    good = kelp.quoted(SILENCES, 1)
    (place,) = good.places
    assert kelp.fault(good) == ""
    for start, end in ((-1, 0), (1, 0), (0, -1), (1, 1)):
        moved = replace(place, start=place.start + start, end=place.end + end)
        assert kelp.fault(replace(good, places=(moved,))), (start, end)
    assert kelp.fault(replace(good, places=())) == "It does not say where it stands."
    assert kelp.fault(replace(good, places=(replace(place, document="moss"),)))
    assert kelp.fault(replace(good, places=(place, place)))


@pytest.mark.parametrize(("said", "instead"), [("miR-21", "miR-210"), ("silences", "frees"), ("KRIT1", "KRIT2")])
def test_a_word_changed_is_no_quotation(kelp: Found, said: str, instead: str):
    """Of the same length or not."""
    good = kelp.quoted(SILENCES, 1)
    assert kelp.fault(replace(good, text=SILENCES.replace(said, instead)))


def test_evidence_that_is_not_there_bears_nothing(kelp: Found):
    """A rank too many, and none at all."""
    good = kelp.quoted(SILENCES, 1)
    for ranks in ((99,), (1, 99), ()):
        assert kelp.fault(replace(good, evidence=ranks)) == "It cites evidence that is not there."


def test_evidence_that_is_not_the_document_bears_nothing(kelp: Found):
    """One whose text was changed on the way."""
    changed = replace(kelp.pieces[0], text=kelp.pieces[0].text.replace("KRIT1", "KRIT2"))
    said = kelp.quoted(SILENCES, 1)
    assert fault(said, [changed], kelp.service.reading) == "Evidence 1 is not what stands at its place."


def test_every_citation_of_a_quotation_must_hold_it(kelp: Found):
    """The row beside it does not say that."""
    assert kelp.fault(kelp.quoted(SILENCES, 1, len(kelp.pieces))) == f"Evidence {len(kelp.pieces)} does not hold it."


@pytest.mark.parametrize(
    "text",
    [
        "miRNA: miR-21; Shore: south; Target: KRIT1",
        "miRNA: miR-210; Shore: south; Target: PTEN",
        "miRNA: miR-21; Shore: south; Target: PTEN lost",
        "Shore: south; miRNA: miR-21; Target: PTEN",
        "miRNA: miR-21; Target: PTEN",
        "miRNA: miR-21; Effect: south; Target: PTEN",
    ],
)
def test_a_row_told_otherwise_is_not_borne_out(kelp: Found, text: str):
    """Another cell's text, a near name, a word more, another order, a cell left out, another header."""
    assert kelp.fault(kelp.told(text, len(kelp.pieces), "miR-21", "south", "PTEN"))


def test_a_row_is_not_told_by_the_cells_of_another(kelp: Found):
    """Row 2 with row 1's target, whose place is true but not its own."""
    rows = kelp.service.reading("kelp").rows
    krit1 = next(cell for cell in rows[0].cells if cell.text == "KRIT1")
    good = kelp.told(ROW, len(kelp.pieces), "miR-21", "south", "PTEN")
    places = (*good.places[:2], Place("kelp", krit1.start, krit1.end))
    wrong = replace(good, text=ROW.replace("PTEN", "KRIT1"), places=places)
    assert kelp.fault(wrong) == "It tells a cell that its row does not have."


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("miR-21 lowers KRIT1 in gills.", ""),
        ("MicroRNA 21 lowers KRIT1 in gills.", ""),
        ("miR-210 lowers KRIT1 in gills.", "miR-210"),
        ("miR-21 lowers PTEN in gills.", "pten"),
        ("miR-21 lowers KRIT1 by 30 % in gills.", "30"),
    ],
)
def test_what_another_wrote_must_name_and_count_nothing_of_its_own(kelp: Found, text: str, lacking: str):
    """Any spelling of a name will do; a near name, another gene or a number that is not there will not."""
    assert kelp.fault(Sentence(text, (1,), "checked")) == (lacking and f"Its evidence does not name {lacking}.")


def test_what_a_row_says_is_its_cells_alone(kelp: Found):
    """Its headers name no facts; any other sentence says its text."""
    told = kelp.told(ROW, len(kelp.pieces), "miR-21", "south", "PTEN")
    assert said_by(told, kelp.pieces, kelp.service.reading) == "miR-21 | south | PTEN"
    checked: Check = "checked"
    assert said_by(Sentence("So be it.", (1,), checked), kelp.pieces, kelp.service.reading) == "So be it."


@given(data=st.data())
def test_every_sentence_of_a_library_is_borne_out_at_its_place_alone(
    papers_read: dict[str, tuple[Reading, DocumentSummary]], data: st.DataObject
):
    """Where the document says it; nowhere else in the evidence."""
    reading, summary = papers_read[data.draw(st.sampled_from(sorted(papers_read)))]
    passage = data.draw(st.sampled_from(reading.passages))
    piece = evidence(Hit(passage.id, 1.0, 1), passage, summary, ())
    start, end = data.draw(st.sampled_from(passage.sentences))
    said = Sentence(reading.document.text[start:end], (1,), "verbatim", (Place(reading.document.id, start, end),))
    assert fault(said, [piece], lambda _: reading) == ""
    by = data.draw(st.integers(-50, 50).filter(bool))
    moved = replace(said, places=(Place(reading.document.id, start + by, end + by),))
    assert fault(moved, [piece], lambda _: reading) != ""
