from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.writing.drafts import Draft, drafts

REPLY = """<think>Perhaps [9] says so. Or not.</think>Here is what the evidence says:

## Mechanism
- **miR-21** targets `KRIT1` [1]. It opens junctions 【2†source】. miR-9* stays [3](#evidence-3)
2. TGF-β rises [E4], as *vimentin* does. [5-7] Cells move.[8][9] Nothing is cited here.
> See [the paper](http://example.org/x) at http://example.org/y [^10].
![pixel](http://example.org/?q=secret)
---
Not answered: whether this holds in the lung [2].
"""
READ = [
    Draft("miR-21 targets KRIT1.", (1,)),
    Draft("It opens junctions.", (2,)),
    Draft("miR-9* stays", (3,)),
    Draft("TGF-β rises, as vimentin does.", (4, 5, 6, 7)),
    Draft("Cells move.", (8, 9)),
    Draft("Nothing is cited here.", ()),
    Draft("See the paper at.", (10,)),
    Draft("whether this holds in the lung.", (), left_open=True),
]


def test_a_reply_is_read_as_sentences_with_their_numbers():
    """Every form of a mark that models write; nothing else that they add."""
    assert list(drafts([REPLY])) == READ


@given(st.lists(st.integers(0, len(REPLY)), max_size=30))
def test_it_does_not_matter_how_a_reply_was_cut(cuts: list[int]):
    """Anywhere, within a mark, a tag or a word too."""
    places = [0, *sorted(cuts), len(REPLY)]
    pieces = [REPLY[start:end] for start, end in pairwise(places)]
    assert list(drafts(pieces)) == READ


@given(
    st.lists(st.sampled_from(["miR-21 acts", ".", " ", "[1]", "[2, 3]", "\n", "<think>", "</think>", "<", "*", "- "])),
    st.integers(1, 5),
)
def test_nor_for_any_other_reply(parts: list[str], most: int):
    """Of whatever a model may write, in whatever order."""
    reply = "".join(parts)
    pieces = [reply[start : start + most] for start in range(0, len(reply), most)]
    assert list(drafts(pieces)) == list(drafts([reply]))


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("[1]", (1,)),
        ("[1,3; 2]", (1, 3, 2)),
        ("[1] [1][2]", (1, 2)),
        ("[2–4]", (2, 3, 4)),
        ("[4-2]", (4, 2)),
        ("[1-9999]", (1, 9999)),
        ("[Evidence 2 and 3]", (2, 3)),
        ("[Source 1, Source 2]", (1, 2)),
        ("[0]", (0,)),
        ("(1)", ()),
        ("[n]", ()),
        ("[1.5]", ()),
    ],
)
def test_each_form_of_a_mark(written: str, cited: tuple[int, ...]):
    """Lists, ranges and words; what is none is none."""
    (draft,) = drafts([f"Kelp grows {written}."])
    assert draft.cited == cited


def test_a_sentence_comes_when_its_mark_is_over():
    """Not before, since another mark may follow; and not only at the end."""
    told = drafts(iter(["Kelp grows. [1]", "[2] ", "M", "oss"]))
    assert next(told) == Draft("Kelp grows.", (1, 2))
    pieces = iter(["Kelp grows [1].\n", AssertionError()])

    def until_the_line_ends():
        yield next(pieces)
        raise next(pieces)

    assert next(drafts(until_the_line_ends())) == Draft("Kelp grows.", (1,))


@pytest.mark.parametrize("reply", ["", "\n\n", "Answer:", "<think>miR-21 acts [1].", "# miR-21 acts [1]", "```", "[1]"])
def test_what_says_nothing_is_no_sentence(reply: str):
    """Thinking that never ends included."""
    assert list(drafts([reply])) == []


def test_thinking_whose_beginning_a_server_took_away_is_left_out():
    """Only the end of it came."""
    assert list(drafts(["So it is.</think>\nKelp grows [1]."])) == [Draft("Kelp grows.", (1,))]


def test_no_address_is_left():
    """A reader's page or front end must not be led anywhere by what a model wrote."""
    (draft,) = drafts(["Kelp ![x](http://e.org/?a) grows [here](javascript:alert(1)) <https://e.org> www.e.org [1]."])
    assert draft.cited == (1,)
    assert "e.org" not in draft.text
    assert "javascript" not in draft.text
