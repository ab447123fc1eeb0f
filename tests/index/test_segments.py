"""However a library has grown, and however it lies in segments, it says the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import merging
from index.lexicon import Entry
from index.library import Library, change_library
from index.merging import Plan, plan
from index.tables import Tables
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS, read_paper, segments

LONGS = ("hepatocellular carcinoma", "hollow coastal cliffs", "tumour necrosis factor alpha", "zonula occludens 1")
SENTENCES = (
    "Gulls fear hepatocellular carcinoma (HCC) most of all.",
    "Gulls fear hollow coastal cliffs (HCC) most of all.",
    "At dusk HCCs keep miR-21 awake.",
    "Hepatocellular carcinomas never come.",
    "Nobody sees the hollow coastal cliff at night.",
    "Tumour necrosis factor alpha (TNF-α) warms them.",
    "They sing of TNF-alpha and of tumor necrosis factor α.",
    "The zonula occludens 1 (ZO-1) holds, and ZO1 holds.",
    "Then ZO 1 lets go of miR-210.",
)
QUESTIONS = (
    "HCC", "hepatocellular carcinoma", "hollow coastal cliffs", "does TNF-alpha warm gulls", "what does ZO-1 hold",
    "who keeps miR-21 awake", "miR-210",
)  # fmt: skip


def paper(document_id: str, told: list[int]) -> str:
    """A paper of these sentences."""
    return f"# Gulls {document_id}\n\n## Nerve\n\n" + "\n\n".join(SENTENCES[place] for place in told) + "\n"


def said(library: Library) -> dict[str, object]:
    """What a library says, by ids and not by positions."""
    ids = library.ranker.ids
    words = {word for question in QUESTIONS for word in library.ranker.vocabulary.record_words(question, "")}
    encoder = HashedEncoder()
    return {
        "hash": library.manifest.hash,
        "ids": sorted(ids),
        "holders": {word: sorted(ids.of(library.ranker.words.holders(word))) for word in sorted(words)},
        "idf": {word: library.ranker.words.idf(word) for word in sorted(words)},
        "rankings": [library.ranker.rank(encoder.encode([q])[0], q, 50, weight=0.4) for q in QUESTIONS],
    }


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No segment joins another."""
    monkeypatch.setattr(merging, "SMALL", 0)
    monkeypatch.setattr(merging, "_BESIDE", 0)
    return


papers = st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4)
step = st.dictionaries(st.sampled_from("abcde"), st.none() | papers, min_size=1, max_size=3)


@given(st.lists(step, min_size=1, max_size=5), st.booleans())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@pytest.mark.usefixtures("engine")
def test_a_library_is_what_it_holds_and_not_how_it_came(steps, joined):
    """Papers come, change and go in any order, in one segment or many; as if what is left had come at once."""
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        if not joined:
            patched.setattr(merging, "SMALL", 0)
            patched.setattr(merging, "_BESIDE", 0)
        left: dict[str, list[int]] = {}
        for told in steps:
            come = {id_: sentences for id_, sentences in told.items() if sentences is not None}
            gone = [id_ for id_, sentences in told.items() if sentences is None]
            readings = [read_paper(id_, paper(id_, sentences)) for id_, sentences in come.items()]
            change_library(Path(place) / "grown", HashedEncoder(), add=readings, remove=gone).close()
            left = {id_: sentences for id_, sentences in (left | come).items() if id_ not in gone}
        at_once = [read_paper(id_, paper(id_, sentences)) for id_, sentences in left.items()]
        with (
            closing(change_library(Path(place) / "once", HashedEncoder(), add=at_once)) as once,
            closing(Library.open(Path(place) / "grown")) as grown,
        ):
            grown.verify()
            assert said(grown) == said(once)


@pytest.mark.usefixtures("apart")
def test_what_loses_nothing_is_not_written_again(tmp_path: Path):
    """A paper that comes is a segment, one that goes takes its own, and one that changes has a new one."""
    library, encoder = tmp_path / "library", HashedEncoder()
    for name, text in (("kites", KITES), ("moss", MOSS), ("ferns", FERNS)):
        change_library(library, encoder, add=[read_paper(name, text)]).close()
    before = set(segments(library))
    assert len(before) == 3
    change_library(library, encoder, add=[read_paper("moss", MOSS.replace("fog", "mist"))]).close()
    after = set(segments(library))
    assert (len(after), len(after & before)) == (3, 2)
    change_library(library, encoder, remove=["kites"]).close()
    assert len(segments(library)) == 2
    assert set(segments(library)) < after


@pytest.mark.usefixtures("apart", "engine")
def test_other_names_reach_every_segment(tmp_path: Path):
    """All words are made anew, and no vector."""
    library, encoder = tmp_path / "library", HashedEncoder()
    for name, text in (("kites", KITES.replace("A heron", "Quay fever")), ("moss", MOSS.replace("fog", "peat fever"))):
        change_library(library, encoder, add=[read_paper(name, text)]).close()
    encoder.encoded.clear()
    fevers = [
        Entry("1", "quay fever", "disease", ("quay fever", "grey blight")),
        Entry("2", "peat fever", "disease", ("peat fever", "bog sickness")),
    ]
    with closing(change_library(library, encoder, tables=Tables({"fevers.tsv": fevers}))) as named:
        assert encoder.encoded == []
        assert len(segments(library)) == 2
        for question, document in (("grey blight", "kites"), ("bog sickness", "moss")):
            ranking = named.ranker.rank(encoder.encode([question])[0], question, 9, weight=1.0, mode="words")
            assert {hit.record_id.partition(":")[0] for hit in ranking.hits if hit.score > 0} == {document}


@pytest.mark.parametrize(
    ("left", "touched", "coming", "documents", "expected"),
    [
        ([], [], 5, True, Plan((), (), ())),
        ([4_096], [False], 5, True, Plan((), (), (0,))),
        ([4_097], [False], 5, True, Plan((0,), (), ())),
        ([100_000, 4_000, 9_000], [False] * 3, 600, True, Plan((0,), (), (1, 2))),
        ([100_000, 4_000, 9_300], [False] * 3, 600, True, Plan((0, 2), (), (1,))),
        ([124_990, 5], [False, False], 6, True, Plan((0,), (), (1,))),
        ([100_000, 50_000], [False, True], 0, False, Plan((0,), (1,), ())),
        ([3_000, 2_000], [False, False], 0, False, Plan((0, 1), (), ())),
        ([3_000, 2_000], [False, True], 0, False, Plan((), (), (0, 1))),
        ([3_000, 0], [False, False], 0, True, Plan((), (), (0, 1))),
    ],
)
def test_which_segments_are_put_together(left, touched, coming, documents, expected):
    """Small ones always, others beside which what comes is not small, none beyond the greatest size."""
    assert plan(left, touched, coming, documents=documents) == expected


def test_in_a_library_that_grows_by_single_papers_segments_stay_few():
    """A record is written again about as often as its library has doubled."""
    sizes: list[int] = []
    written = 0
    for _ in range(2_000):
        what = plan(sizes, [False] * len(sizes), 100, documents=True)
        new = 100 + sum(sizes[place] for place in what.joined)
        written += new
        sizes = [sizes[place] for place in what.kept] + [new]
        assert max(sizes) <= merging.MOST
        assert len(sizes) < 12
    assert sum(sizes) == 200_000
    # each join of a full small segment writes 2,100 records a paper on average, and each doubling every record once
    assert written < 200_000 * (21 + 12)
