"""What a question is limited to: which values are taken, and that the limits hold through every face of `qa`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from qa.results import AskResponse, SearchResponse
from qa.scope import Scope
from qa.service import Service
from tests.conftest import Ran

QUESTION = "what do miR-21 and miR-210 do"


def documents(response: SearchResponse | AskResponse) -> set[str]:
    """The papers that the evidence comes from."""
    return {piece.document.id for piece in response.evidence}


# -- values


def test_by_itself_a_scope_limits_nothing(small: Service):
    """Both papers are searched, as without a scope."""
    assert small.search(QUESTION, scope=Scope()).evidence == small.search(QUESTION).evidence
    assert documents(small.search(QUESTION)) == {"kelp", "moss"}


def test_names_are_trimmed_and_said_once():
    """Invisible characters pasted in are left out, in names and cancers alike."""
    scope = Scope(names=("  miR-\u200b21 ", "miR-21", "TGF\n beta"), cancers=(" HCC",))
    assert (scope.names, scope.cancers) == (("miR-21", "TGF beta"), ("HCC",))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"from_year": 2020, "to_year": 2019}, "No year lies from 2020 to 2019; exchange"),
        ({"from_year": 1499}, "between 1500 and 2200; 1499 does not"),
        ({"to_year": 2201}, "between 1500 and 2200; 2201 does not"),
        ({"names": ("miR-21", " \u200b")}, "is empty; type it, or leave it out"),
        ({"cancers": ("",)}, "is empty"),
        ({"names": ("x" * 201,)}, "201 characters; at most 200"),
        ({"names": tuple(map(str, range(51)))}, "at most 50 names; these are 51"),
        ({"cancers": tuple(map(str, range(51)))}, "at most 50 cancers; these are 51"),
        ({"kinds": ("figure",)}, "'figure'; limit a search to passage or row"),
    ],
)
def test_what_cannot_limit_is_refused_with_what_to_do(values: dict, words: str):
    """As an error of the input."""
    with pytest.raises(InputError, match=words):
        Scope(**values)


def test_the_widest_limits_are_taken():
    """1500 and 2200, one year, fifty names of 200 characters."""
    assert Scope(from_year=1500, to_year=2200).to_year == 2200
    assert Scope(from_year=2020, to_year=2020).from_year == 2020
    assert len(Scope(names=tuple(f"{n:0200}" for n in range(50))).names) == 50


# -- limits that hold


@pytest.mark.parametrize("name", ["miR-21", "microRNA 21", "hsa-miR-21-5p"])
def test_mir_21_lets_no_mir_210_through(small: Service, name: str):
    """Not by search, ask or stream, though the question asks about both; kelp alone names miR-21."""
    scope = Scope(names=(name,))
    searched, asked = small.search(QUESTION, scope=scope, k=100), small.ask(QUESTION, scope=scope, k=100)
    first, *_ = small.stream(QUESTION, scope=scope, k=100)
    assert searched.evidence == asked.evidence == first.evidence
    assert documents(asked) == {"kelp"}
    assert not any("210" in piece.text for piece in asked.evidence)
    assert not any("210" in sentence.text for sentence in asked.answer.sentences)


def test_in_the_starter_library_no_limited_evidence_names_only_other_molecules(starter: Service):
    """Whatever the studies that it cites are called."""
    from index.names import find_names
    from index.texts import encoded_text

    store = starter.opened().store
    for asked in ("miR-21", "miR-210", "miR-155"):
        found = starter.search("exosomal miR-21, miR-210 and miR-155", scope=Scope(names=(asked,)), k=100).evidence
        named = [{name.base for name in find_names(encoded_text(store.record(piece.id)))} for piece in found]
        assert found
        assert all(asked in bases or not bases for bases in named)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(names=("miR-21", "miR-210")), {"kelp", "moss"}),
        (Scope(names=("PTEN", "quokka")), {"kelp", "moss"}),
        (Scope(names=("TGF-beta",)), {"kelp"}),
        (Scope(names=("miR-21",), documents=("moss",)), set()),
        (Scope(names=("miR-21", "miR-210"), documents=("moss",)), {"moss"}),
        (Scope(names=("miR-21",), cancers=("HCC",)), set()),
        (Scope(from_year=2020), {"kelp"}),  # moss has no year
        (Scope(to_year=2020), {"kelp"}),
        (Scope(from_year=2021), set()),
        (Scope(from_year=2020, to_year=2020, names=("miR-210",)), set()),
    ],
)
def test_of_one_kind_any_of_several_all(small: Service, scope: Scope, expected: set[str]):
    """Several names widen what is left, a limit of another kind narrows it."""
    assert documents(small.search(QUESTION, scope=scope, k=100)) == expected


def test_limits_of_names_and_kinds_meet(small: Service):
    """Of the two rows of kelp one holds PTEN by itself, and the other does not."""
    found = small.search("what is silenced", scope=Scope(kinds=("row",), names=("PTEN",))).evidence
    assert [piece.row.number for piece in found if piece.row] == [2]


def test_a_cancer_is_a_limit(starter: Service):
    """Lay and clinical words leave the same, and all of it is indexed as on that cancer."""
    said = [
        starter.search("metastasis", scope=Scope(cancers=(cancer,)), k=100).evidence
        for cancer in ("bowel cancer", "CRC", "colorectal carcinoma")
    ]
    assert said[0]
    assert said[0] == said[1] == said[2]
    held = starter.opened().ranker.words.holders("cancer:colorectum")
    assert {piece.id for piece in said[0]} <= {starter.opened().ranker.ids[position] for position in held}


# -- the command line


@pytest.mark.parametrize("command", ["search", "ask"])
def test_the_command_line_takes_every_limit(exocite, library: Path, command: str):
    """Each option narrows what is found, and may be repeated."""

    def found(*limits: str) -> set[str]:
        ran: Ran = exocite("--library", library, command, QUESTION, "--json", *limits)
        assert ran.code == 0
        return {piece["document"]["id"] for piece in json.loads(ran.out)["evidence"]}

    assert found() == {"kelp", "moss"}
    assert found("--name", "microRNA 21") == {"kelp"}
    assert found("--name", "miR-210", "--name", "PTEN") == {"kelp", "moss"}
    assert found("--from-year", "2019", "--to-year", "2021") == {"kelp"}
    assert found("--document", "moss") == {"moss"}
    assert found("--kind", "row") == {"kelp"}
    assert found("--cancer", "bowel cancer") == set()


def test_a_limit_that_leaves_nothing_is_said_and_no_error(exocite, library: Path):
    """By both commands, without a heading over no evidence."""
    for command in ("search", "ask"):
        ran = exocite("--library", library, command, QUESTION, "--name", "miR-999")
        assert (ran.code, ran.err) == (0, "")
        assert "The filters leave nothing to search" in ran.out
        assert "Nearest evidence" not in ran.out


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (["--from-year", "2020", "--to-year", "2010"], "exchange the two years"),
        (["--from-year", "20"], "between 1500 and 2200"),
        (["--name", " "], "is empty"),
        (["--kind", "figure"], "passage or row"),
        (["--document", "atlantis"], "exocite documents"),
    ],
)
def test_a_limit_that_cannot_be_used_is_one_clear_line(exocite, library: Path, limits: list[str], words: str):
    """On standard error, with status 1."""
    ran = exocite("--library", library, "ask", QUESTION, *limits)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert words in ran.err
