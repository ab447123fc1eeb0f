"""Questions what something is: which these are, which sentences say so, and that these are said first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from index.intake import Source, take_in
from qa.reading.definitions import defines, in_plain_words, spells_out, thing_asked
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

PAPER = """# Of foam

## Tides

Foam is shed by gulls in autumn. Foam was found by herons. Foam is a crown of water on the sea.

Gulls follow the tidal mill wheel (TMW) at night. TMW of the bay feeds gulls. TMW of the fjord feeds herons.

lncFOAM binds gulls, as circRNAs do.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Over a paper that says what foam is last, and spells a short form out."""
    folder = tmp_path_factory.mktemp("foam") / "library"
    take_in(folder, HashedEncoder(), [Source("foam.md", "upload:foam.md", PAPER.encode)])
    with closing(Service(folder, Settings(), HashedEncoder())) as service:
        yield service


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("what does the abbreviation TMW stand for", "what is TMW?"),
        ("What does metastasis mean?", "what is metastasis?"),
        ("the meaning of foam", "what is foam?"),
        ("Please list all the circRNAs in gulls", "which circRNAs in gulls"),
        ("show me the genes", "which genes"),
        ("What else does foam do?", "What does foam do?"),
        # nothing of the kind
        ("what does foam stand for in the mean time", "what does foam stand for in the mean time"),
        ("which lists are there", "which lists are there"),
        ("Tell me how foam feeds gulls", "Tell me how foam feeds gulls"),
        ("tell me about foam", "tell me about foam"),
        ("Name a gull that sleeps", "Name a gull that sleeps"),
        ("List all miRNAs", "List all miRNAs"),
    ],
)
def test_a_meaning_and_a_list_are_asked_for_in_plain_words(typed: str, plain: str):
    """What microRNAs there are is asked for by that word already."""
    assert in_plain_words(typed) == plain


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What's an exosome?", "exosome"),
        ("what is the pre-metastatic niche", "pre-metastatic niche"),
        ("what is the role of foam", ""),
        ("what is known about foam", ""),
        ("what are gulls and herons", ""),
        ("which foam is it", ""),
    ],
)
def test_what_is_asked_is_a_thing(question: str, thing: str):
    """Not something about it."""
    assert thing_asked(question) == thing


@pytest.mark.parametrize(
    ("thing", "sentence", "says_so"),
    [
        ("exosome", "Exosomes (30–100 nm) are vesicles of gulls.", True),
        ("pre-metastatic niche", "The pre-metastatic niche refers to soil.", True),
        ("foam", "Foam, a crown of water, is shed by gulls.", True),
        ("foam", "Foam, the gulls and herons.", False),
        ("Kupffer cells", "Kupffer cells (KCs) serve as guards.", True),
        ("metastasis", "Metastases are tumours elsewhere.", False),
        ("TMW", "The tidal mill wheel (TMW) is a wheel.", True),
        ("TMW", "The tidal mill wheel (TMW) is turned by gulls.", False),
        ("foam", "Foam with gulls is a crown.", False),
        ("foam", "Sea foam is a crown.", False),
    ],
)
def test_a_definition_begins_with_the_thing(thing: str, sentence: str, says_so: bool):
    """And says what it is, not what is done to it."""
    assert defines(thing, sentence) is says_so


def test_a_short_form_is_spelled_out_in_brackets():
    """Right behind what it stands for."""
    assert spells_out("TMW", "Gulls follow tidal mill wheels (TMWs) at night.")
    assert not spells_out("TM", "Gulls follow the tidal mill wheel (TMW) at night.")
    assert not spells_out("TMW", "TMW (of the bay) feeds gulls.")


def _first(service: Service, question: str) -> str:
    return service.ask(question).answer.sentences[0].text


def test_what_says_so_is_said_first(service: Service):
    """Though it stands after the others; asked by any of the ways to ask."""
    for question in ("What is foam?", "define foam", "what does foam mean"):
        assert _first(service, question) == "Foam is a crown of water on the sea."
    assert service.ask("define foam").interpreted.question == "define foam"


def test_what_spells_it_out_is_said_first_where_nothing_says_what_it_is(service: Service):
    """Before what names it in passing."""
    assert _first(service, "What does TMW stand for?").startswith("Gulls follow the tidal mill wheel")
