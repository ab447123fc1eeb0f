from __future__ import annotations

import json

from qa.results import Caution, Sentence
from qa.serial import to_json


def test_a_result_is_json_under_its_own_field_names():
    """Tuples are lists, None is null, order is that of the fields."""
    assert to_json(Sentence("Tides rise.", (1, 3), "verbatim")) == (
        '{"text":"Tides rise.","evidence":[1,3],"check":"verbatim","places":[],"reasons":[]}'
    )


def test_several_results_are_a_list():
    """An empty one too."""
    assert to_json((Caution("merged", "a"), Caution("merged", "b"))) == (
        '[{"kind":"merged","message":"a","suggestion":"","quote":""},'
        '{"kind":"merged","message":"b","suggestion":"","quote":""}]'
    )
    assert to_json(()) == "[]"


def test_letters_are_themselves_and_line_ends_are_escaped():
    """Greek, super- and subscripts, symbols beyond the basic plane; one value is one line."""
    text = 'TGF-β, CO₂, 10⁶, 3′ UTR, 𝛃 "quoted"\nnext\t\u2028end'
    written = to_json(Caution("k", text))
    assert "TGF-β, CO₂, 10⁶, 3′ UTR, 𝛃" in written
    assert "\n" not in written
    assert json.loads(written)["message"] == text


def test_indented_json_is_the_same_value():
    """For people, two blanks a level."""
    sentence = Sentence("Tides rise.", (1,), "verbatim")
    assert to_json(sentence, indent=2).startswith('{\n  "text": "Tides rise.",')
    assert json.loads(to_json(sentence, indent=2)) == json.loads(to_json(sentence))
