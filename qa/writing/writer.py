"""An answer in a language model's words: each sentence is checked, and what does not stand is never said as fact."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Final

from corpus.errors import ModelError
from corpus.sentences import sentences
from index.molecules import named_in
from index.names import Name, find_names
from index.tokens import words
from qa.answering.answers import join
from qa.checks import check_sentence, unknown_ranks
from qa.results import Answer, Evidence, Place, SearchResponse, Sentence
from qa.settings import Settings
from qa.stopping import Stop
from qa.writing.drafts import Draft, drafts
from qa.writing.prompt import Message, prompt

_MOST_FLAGGED: Final = 10
"""Sentences that do not stand after which a model is not heard further: it has nothing to say on this evidence."""
_ON_OTHERS: Final = "It is on other molecules than the question."
_UNCHECKABLE: Final = "The model says that this is not answered; that was not checked."


class ModelWriter:
    """Writes answers with the language model that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def warm(self) -> None:
        """What takes seconds before the first question is done; nothing is asked of the endpoint."""
        import qa.writing.client  # noqa: F401

    def write(
        self, response: SearchResponse, instead: Answer, on: Sequence[Sequence[Name]] = (), stop: Stop | None = None
    ) -> Generator[Sentence, None, Answer]:
        """The answer, after each of its sentences as soon as it is known to stand; those that do not stand come last.

        A sentence stands where it is a sentence of its evidence word for word, or where `qa.checks` finds all that it
        says in the evidence that it cites. The answer's text holds only what stands. Where nothing does, or no reply
        comes, it is the quoted answer with a note why; where the reply breaks off, what stood until then and after it
        the quoted answer. Closed before its end, or where `stop` is said, the request is broken off.

        Args:
            response: whose evidence is shown to the model; it answers, at least in part.
            on: the molecules asked about and those that the search was limited to: of each list that is not empty, a
                sentence that names microRNAs must name one.
            instead: the quoted answer; its lead and its disagreements stay.
        """
        name = self._settings.llm_model
        standing: list[Sentence] = []
        flagged: list[Sentence] = []
        note = ""
        try:
            with closing(self._judged(response, on, stop)) as heard:
                for sentence in heard:
                    if sentence.check == "flagged":
                        flagged.append(sentence)
                    else:
                        standing.append(sentence)
                        yield sentence
                    if len(standing) == self._settings.sentences or len(flagged) == _MOST_FLAGGED:
                        break
        except ModelError as error:
            note = str(error)
        if not standing:
            yield from instead.sentences
            return replace(instead, note=note or _nothing_stood(name, flagged))
        rest = [*(instead.sentences if note else ()), *flagged]
        yield from rest
        told = (*standing, *rest)
        facts = join([sentence for sentence in told if sentence.check != "flagged"])
        text = "\n".join(filter(None, (instead.lead, facts)))
        return replace(instead, text=text, sentences=told, writer=name, note=_broken_off(note))

    def _judged(
        self, response: SearchResponse, on: Sequence[Sequence[Name]], stop: Stop | None
    ) -> Generator[Sentence, None, None]:
        """The model's sentences, each once, as it writes them.

        Raises:
            ModelError: there is no reply, or no whole one.
        """
        put = prompt(response.interpreted.question, response.evidence, self._settings.sentences)
        shown = {piece.rank: piece for piece in put.shown}
        said: set[str] = set()
        before = ""
        with closing(self._texts(put.messages, stop)) as texts:
            for draft in drafts(texts):
                if draft.text not in said:
                    said.add(draft.text)
                    sentence = on_others(judged(draft, shown, before), on)
                    # where it does not stand, "it" in the next one is something that no reader sees
                    before = "" if sentence.check == "flagged" else draft.text
                    yield sentence

    def _texts(self, messages: Sequence[Message], stop: Stop | None) -> Generator[str, None, None]:
        from qa.writing.client import ModelClient

        chosen = self._settings
        client = ModelClient(chosen.llm_base_url, chosen.llm_model, chosen.llm_api_key, chosen.llm_timeout)
        return client.texts(messages, stop)


def judged(draft: Draft, shown: Mapping[int, Evidence], before: str = "") -> Sentence:
    """What becomes of a sentence: verbatim, checked, or flagged with the reasons; it keeps the evidence that there is.

    Args:
        shown: what the model was shown, by rank.
        before: the sentence before it if that one stands, for what "it" stands for.
    """
    cited = [shown[number] for number in draft.cited if number in shown]
    ranks = tuple(piece.rank for piece in cited)
    if draft.left_open:
        return Sentence(f"Not answered: {draft.text}", (), "flagged", reasons=(_UNCHECKABLE,))
    if unknown := unknown_ranks(draft.cited, tuple(shown.values())):
        numbers = ", ".join(f"[{number}]" for number in unknown)
        return Sentence(draft.text, ranks, "flagged", reasons=(f"It cites {numbers}, which the model was not shown.",))
    if not cited:
        return Sentence(draft.text, (), "flagged", reasons=("It names no evidence that it stands on.",))
    for piece in cited:
        if place := _place(draft.text, piece):
            return Sentence(draft.text, (piece.rank,), "verbatim", (place,))
    reasons = check_sentence(draft.text, cited, before=before)
    return Sentence(draft.text, ranks, "flagged" if reasons else "checked", reasons=reasons)


def on_others(sentence: Sentence, on: Sequence[Sequence[Name]]) -> Sentence:
    """The sentence, flagged where it names microRNAs and none of those of a list that is not empty."""
    if sentence.check == "flagged" or not find_names(sentence.text):
        return sentence
    held = frozenset(words(sentence.text))
    if all(named_in(names, held) for names in on if names):
        return sentence
    return replace(sentence, check="flagged", places=(), reasons=(_ON_OTHERS,))


def _place(text: str, piece: Evidence) -> Place | None:
    """Where a text stands in a passage, from the beginning of a sentence to the end of one; None where it does not."""
    if piece.row:
        return None
    spans = sentences(piece.text)
    ends = {end for _, end in spans}
    for start, _ in spans:
        if piece.text.startswith(text, start) and start + len(text) in ends:
            return Place(piece.document.id, piece.start + start, piece.start + start + len(text))
    return None


def _nothing_stood(name: str, flagged: Sequence[Sentence]) -> str:
    written = "Nothing that {} wrote is borne out by the evidence it names" if flagged else "{} wrote nothing"
    return f"{written.format(name)}, so the papers are quoted."


def _broken_off(note: str) -> str:
    return f"{note} What it had written is followed by the papers' own sentences." if note else ""
