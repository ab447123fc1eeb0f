"""The chat page: what it shows for an answer, for none, and for what cannot be asked."""

from __future__ import annotations

import html
import re
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient

from corpus.errors import QuestionError
from qa.service import Service
from tests.web.test_stream import parsed
from web.pages import EXAMPLES, read_conversation

ASKED = "q=how+does+miR-21+promote+metastasis+in+colorectal+cancer"
QUESTION = "how does miR-21 promote metastasis in colorectal cancer"
ABSENT = "which bolts hold the bridge over the river Kwai"


def page(client: TestClient, question: str = QUESTION, *history: str) -> str:
    response = client.get("/", params=[("q", question), *(("h", earlier) for earlier in history)])
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def words(markup: str) -> str:
    """What a reader sees of it: no tags, blanks single."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def cards(markup: str) -> list[str]:
    return re.findall(r'<article class="card.*?</article>', markup, re.DOTALL)


def test_the_empty_page_says_what_there_is_to_ask(client: TestClient, service: Service):
    """Examples as links, how much the library holds, how to add."""
    text = client.get("/").text
    for example in EXAMPLES:
        assert f'<a href="/?q={quote_plus(example)}">{example}</a>' in text
    assert f"{service.library().documents} papers with {service.library().records} passages" in text
    assert '<a href="/documents">See them, or add your own</a>' in text


def test_an_answer_shows_its_sentences_with_citations_to_cards(client: TestClient, service: Service):
    """Each sentence links the evidence it stands on, and each link has its card on the page."""
    text, said = page(client), service.ask(QUESTION)
    assert f'<h1 class="question" tabindex="-1">{QUESTION}</h1>' in text
    items = re.findall(r'<li class="sentence.*?</li>', text, re.DOTALL)
    assert len(items) == len(said.answer.sentences) > 0
    for item, sentence in zip(items, said.answer.sentences, strict=True):
        assert words(item).startswith(" ".join(sentence.text.split()))
        ranks = [int(rank) for rank in re.findall(r'href="#evidence-(\d+)"', item)]
        assert tuple(ranks) == sentence.evidence
        assert all(f'id="evidence-{rank}"' in text for rank in ranks)


REVIEW = """# Foam: a systematic review

## Findings

Foam lathers between two rocks [1,2].

## References

1. Eze D. Rocks and foam of the southern shore. Foam Lett 2018;1:1-2. PMID: 4242
2. Ito A. Parcels and walls. Cells 2019;4:1-9. https://doi.org/10.1000/CELL.4
"""


def test_a_card_shows_the_evidence_and_leads_to_its_place(client: TestClient, service: Service):
    """Rank, text or cells, title, year, and the source page with exactly its span."""
    text, said = page(client), service.ask(QUESTION)
    assert len(cards(text)) == len(said.evidence) == 10
    for markup, evidence in zip(cards(text), said.evidence, strict=True):
        shown = words(markup)
        link = f"/documents/{evidence.document.id}?start={evidence.start}&amp;end={evidence.end}&amp;{ASKED}#evidence"
        assert f'href="{link}"' in markup
        assert evidence.document.title in shown
        assert f"({evidence.document.year})" in shown
        if evidence.row is None:
            assert " ".join(evidence.text.split()) in shown
        else:
            assert f"{evidence.row.table}, row {evidence.row.number}" in shown
            assert all(" ".join(cell.text.split()) in shown for cell in evidence.row.cells)
        assert all(" ".join(reference.text.split()) in shown for reference in evidence.references)


def test_a_card_says_who_cites_the_primary_study(client: TestClient, service: Service, own_client: TestClient):
    """This paper, or the review where it says that it is one; the study's own addresses are beside it."""
    question = "parcels from gut tumours hand miR-21 to the liver, where it silences KRIT1"
    (card, *_) = cards(page(client, question))
    assert service.search(question).evidence[0].document.id == "small-parcels"
    assert "cited by this paper" in words(card)
    assert "Review:" not in words(card)
    assert 'href="https://doi.org/10.1000/cell.4"' in card
    files = [("file", ("review.md", REVIEW.encode(), "text/markdown"))]
    assert own_client.post("/documents", files=files).status_code == 200
    (review, *_) = cards(page(own_client, "foam lathers between two rocks"))
    assert "Primary studies, cited by the review" in words(review)
    assert "Review: Foam: a systematic review" in words(review)
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/4242/"' in review


def test_a_card_says_where_else_the_study_is_cited(own_client: TestClient):
    """With a link to the entry there; after the paper is removed, it says so no more."""
    files = [("file", ("review.md", REVIEW.encode(), "text/markdown"))]
    own_client.post("/documents", files=files)
    (card, *_) = cards(page(own_client, "foam lathers between two rocks"))
    assert "also in Ito 2021 [1]" in words(card)
    assert 'href="/documents/small-parcels#ref-1" title="Small parcels: a note on vesicles"' in card
    own_client.delete("/api/documents/small-parcels")
    (card, *_) = cards(page(own_client, "foam lathers between two rocks"))
    assert "also in" not in words(card)


def test_cautions_and_carried_cells_are_marked(client: TestClient, service: Service):
    """Wherever the evidence has one, the card says so."""
    said = service.ask("miR-21", k=10)
    text = page(client, "miR-21")
    for markup, evidence in zip(cards(text), said.evidence, strict=True):
        assert markup.count("Caution.") == len(evidence.cautions)
        carried = [cell for cell in evidence.row.cells if cell.carried] if evidence.row else []
        assert markup.count("carried down from a merged cell</span>") == len(carried)


def test_a_caution_shows_what_speaks_against_the_row_and_how_to_read_it(own_client: TestClient, own_service: Service):
    """A sentence as a quotation, never as markup; a title stands in its entry already. The row stays as printed."""
    table = "Table 1. C\n\n| miRNA | Tumour | Ref |\n| --- | --- | --- |\n| miR-876 | lung cancer | [{}] |\n"
    paper = "# Slid\n\n## Findings\n\nGliomas shed miR-531 & 1 < 2 others [1].\n\n" + table + "\n## References\n\n"
    paper += "1. Ito A. Foam. Notes 2019;4:1-9.\n2. Cruz B. Gliomas and miR-531. Notes 2020;4:1-9.\n"
    for marker, quote in (("1", ["Gliomas shed miR-531 &amp; 1 &lt; 2 others [1]."]), ("2", [])):
        own_service.add("slid.md", paper.format(marker).encode())
        found = cards(page(own_client, "miR-876 in lung cancer"))
        (card,) = [card for card in found if "Caution." in card and "miR-876" in card]
        shown = " ".join(re.sub(r"<[^>]+>", "", card).split())
        assert "The row says miR-876 under “miRNA” and lung cancer under “Tumour”;" in shown
        assert re.findall(r"<q>(.*?)</q>", card) == quote
        assert "Read it as: miR-531 in gliomas." in shown
        assert "miR-876" in card.partition("Caution.")[0]


def test_a_primary_study_with_a_doi_is_one_click_away(client: TestClient):
    """The small paper cites a study that has one."""
    text = page(client, "which target do parcels with miR-21 silence in the liver, KRIT1")
    assert '<a href="https://doi.org/10.1000/cell.4" rel="noreferrer noopener">DOI</a>' in text


def test_what_a_paper_says_is_text_and_never_markup(client: TestClient):
    """Tags in a paper, in a question and in the history are shown, not obeyed."""
    text = page(client, "do walls of parcels hold <b>no</b> script", "<script>alert(1)</script>")
    assert "<b>no</b>" not in text
    assert "hold &lt;b&gt;no&lt;/b&gt; script" in text
    assert "<script>alert" not in text


def test_a_follow_up_shows_what_it_follows_and_how_it_was_understood(client: TestClient, service: Service):
    """Earlier questions are links to their own pages; the question on its own can be edited."""
    text = page(client, "and in breast cancer?", QUESTION)
    understood = service.ask("and in breast cancer?", history=[QUESTION]).interpreted.question
    assert understood != "and in breast cancer?"
    assert f'<q class="interpreted">{html.escape(understood)}</q>' in text
    assert f'<input id="edit" name="q" type="text" value="{html.escape(understood)}"' in text
    assert f'<li><a href="/?q={QUESTION.replace(" ", "+")}">{QUESTION}</a></li>' in text


def test_the_next_follow_up_carries_the_conversation(client: TestClient):
    """The form at the foot holds every question so far, oldest first."""
    text = page(client, "and in breast cancer?", QUESTION)
    foot = text[text.rindex('<form class="ask"') :]
    assert re.findall(r'name="h" value="([^"]*)"', foot) == [QUESTION, "and in breast cancer?"]


def test_a_question_understood_as_asked_says_nothing_of_it(client: TestClient):
    """There is nothing to correct."""
    assert "Understood as" not in page(client)


def test_not_in_these_documents_is_an_answer(client: TestClient, service: Service):
    """It says so, which case it is and why; the nearest evidence is marked as not answering."""
    text, said = page(client, ABSENT), service.ask(ABSENT)
    assert said.support.verdict == "absent"
    assert '<h2 id="answer-heading">Not in these documents</h2>' in text
    assert said.support.reason in words(text)
    assert 'class="sentence' not in text
    assert len(cards(text)) == len(said.evidence)
    assert all("nearest, does not answer" in markup for markup in cards(text))


def test_an_answered_question_has_no_nearest_evidence(client: TestClient):
    """The mark is for questions that are not answered."""
    assert "nearest, does not answer" not in page(client)


def test_every_answer_says_how_it_was_made(client: TestClient, service: Service):
    """The library's hash, the encoder and the settings."""
    text = words(page(client))
    assert service.library().hash[:16] in text
    assert service.library().encoder in text
    for name, value in service.ask(QUESTION).settings.items():
        assert f"{name}={value}" in text


@pytest.mark.parametrize("question", ["", "   ", "x" * 2001, "miR\x0021"])
def test_what_cannot_be_asked_is_said_in_place(client: TestClient, question: str):
    """Status 422, the box still there with what was typed."""
    response = client.get("/", params={"q": question})
    assert response.status_code == 422
    assert '<div class="note problem" role="alert">' in response.text
    assert f'value="{html.escape(question)}"' in response.text
    assert "Traceback" not in response.text


def test_blank_earlier_questions_are_left_out_and_old_ones_let_go():
    """An address may be edited by hand; the latest fifty count."""
    assert read_conversation("a", ["", " ", "b"]).history == ("b",)
    assert len(read_conversation("a", [str(n) for n in range(80)]).history) == 50


def test_a_bad_earlier_question_is_an_error():
    """It would change the meaning of the question to leave it out."""
    with pytest.raises(QuestionError):
        read_conversation("a", ["x" * 2001])


def test_an_empty_library_says_how_to_fill_it(empty_client: TestClient):
    """On the first page and under an answer."""
    assert "The library is empty" in empty_client.get("/").text
    answered = page(empty_client)
    assert "Not in these documents" in answered
    assert '<a href="/documents">Add your papers</a>' in answered


def test_a_running_page_gets_the_same_markup_in_pieces(client: TestClient):
    """Frame, understanding, verdict, evidence, lead, sentences, mechanisms, writer; each is on the whole page too."""
    params = [("q", "and in breast cancer?"), ("h", QUESTION)]
    response = client.get("/turn", params=params)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = parsed(response.text)
    names = [name for name, _ in events]
    count = names.count("sentence")
    assert names == ["turn", "understood", "verdict", "evidence", "lead", *["sentence"] * count, "mechanisms", "done"]
    assert count > 0
    whole = page(client, "and in breast cancer?", QUESTION)
    for name, data in events:
        if name in {"understood", "lead", "sentence", "done"}:
            assert words(data) in words(whole)
    evidence = next(data for name, data in events if name == "evidence")
    assert [words(card) for card in cards(evidence)] == [words(card) for card in cards(whole)]


def test_a_running_page_that_asks_badly_gets_a_fragment(client: TestClient):
    """Status 422 and the note alone, to be put in place."""
    response = client.get("/turn", params={"q": " "})
    assert response.status_code == 422
    assert response.text.strip().startswith('<div class="note problem" role="alert">')


def test_an_error_on_the_way_ends_the_pieces(own_client: TestClient, own_service: Service, monkeypatch):
    """A library that goes bad while answering is said in place, as the last event."""
    from corpus.errors import LibraryDamaged

    def broken(*_: object, **__: object):
        raise LibraryDamaged("The library is damaged; make it again.")
        yield

    monkeypatch.setattr(own_service, "stream", broken)
    events = parsed(own_client.get("/turn", params={"q": QUESTION}).text)
    assert [name for name, _ in events] == ["turn", "problem"]
    assert "The library is damaged; make it again." in events[1][1]
    body = {"question": QUESTION}
    response = own_client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
    assert response.status_code == 503
