"""Which studies a sentence stands on: its own, or those cited for it in its paragraph."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from corpus.assemble import read_document
from index.intake import Source, take_in
from qa.mechanisms.citing import Citing
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

REVIEW = """# Of foam

## Tides

Foam with miR-9 feeds gulls [1]. Foam with miR-21 silences PTEN in gulls. It does so at night [2]. Herons sleep [3].

Spray with miR-105 feeds herons [4]. This spray silences KRIT1. Nobody knows why.

Moss drinks fog. Ferns do so too.

## References

1. Ito A. Foam. Sea Notes 2019;1:1-9.
2. Quill B. Night. Sea Notes 2020;2:1-9.
3. Vang C. Herons. Sea Notes 2021;3:1-9.
4. Zhou D. Spray. Sea Notes 2022;4:1-9.
"""


@pytest.mark.parametrize(
    ("sentence", "markers"),
    [
        ("Foam with miR-9 feeds gulls [1].", ("1",)),
        ("silences PTEN in gulls", ("2",)),
        ("Herons sleep [3].", ("3",)),
        ("This spray silences KRIT1.", ("4",)),
        ("Nobody knows why.", ()),
        ("Ferns do so too.", ()),
    ],
)
def test_a_sentence_stands_on_what_is_cited_for_it(sentence: str, markers: tuple[str, ...]):
    """Its own; else the next that is cited; where it points back, the one before; else nothing."""
    reading = read_document("foam.md", REVIEW.encode(), document_id="foam", source="upload:foam.md")
    start = reading.document.text.index(sentence)
    assert Citing(reading.document, reading.references).of(start, start + len(sentence)) == markers


def test_authors_and_years_cite_as_numbers_do():
    """Nothing after a paragraph's end counts."""
    text = "# Of foam\n\nFoam with miR-21 feeds gulls. So it does (Quill, 2020).\n\nMoss is old (Ito, 2019).\n\n"
    text += "## References\n\nIto A. Foam. Sea Notes 2019;1:1-9.\n\nQuill B. Night. Sea Notes 2020;2:1-9.\n"
    reading = read_document("foam.md", text.encode(), document_id="foam", source="upload:foam.md")
    start = reading.document.text.index("Foam with")
    (marker,) = Citing(reading.document, reading.references).of(start, start + 10)
    assert next(entry.text for entry in reading.references if entry.marker == marker).startswith("Quill")


def test_a_mechanism_names_the_study_that_it_stands_on(tmp_path: Path):
    """Also where that is cited in the next passage, and not where its own passage cites another for something else."""
    take_in(tmp_path / "library", HashedEncoder(), [Source("foam.md", "upload:foam.md", REVIEW.encode)])
    with closing(Service(tmp_path / "library", Settings(), HashedEncoder())) as service:
        said = [entry.mechanism for entry in service.mechanisms().mechanisms if entry.mechanism.target]
        cited = {one.target[0].name: [card.marker for card in one.references] for one in said}
        passages = {one.target[0].name: service.opened().store.record(one.id).markers for one in said}
    assert cited["PTEN"] == ["2"]
    assert passages["PTEN"] == ("1",)
