"""Evidence on another molecule than the one asked about is never among the best."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from index.molecules import family, named_in
from index.names import find_names
from index.texts import encoded_text
from index.tokens import name_words
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.reading.question import read_question
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder


def molecules(text: str) -> set[str]:
    """The index words of the molecules that a text names."""
    return {word for name in find_names(text) for word in name_words(name)}


@pytest.mark.parametrize("library", ["starter_library", "reviews_library"])
def test_no_question_that_names_a_molecule_finds_another_among_its_first_three(library: str, request):
    """Each of them names it, its family, or none, or is prose whose cited study names it in its title."""
    path: Path = request.getfixturevalue(library)
    asked = wrong = 0
    with closing(Service(path, Settings(), HashedEncoder())) as service:
        store, words = service.opened().store, service.opened().ranker.words
        for question in load_questions(fixed_set()):
            names = read_question(question.question, question.history).names
            asked += bool(names)
            for piece in service.search(question.question, history=question.history, k=3).evidence if names else ():
                record = store.record(piece.id)
                named = molecules(encoded_text(record))
                if record.kind == "passage":
                    named |= molecules("\n".join(entry.title or "" for entry in store.cited(record)))
                kin = named.intersection(family(names, words))
                wrong += bool(named) and not named_in(names, named) and not kin
    assert asked > 100
    assert wrong == 0
