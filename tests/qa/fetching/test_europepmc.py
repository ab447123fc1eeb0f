"""Europe PMC: what is asked of it, and what becomes of every answer it may give."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.errors import FetchError
from qa.fetching.asking import Asker
from qa.fetching.europepmc import EuropePMC
from qa.fetching.identifiers import Identifier, read_identifier
from qa.settings import Settings
from qa.version import version
from tests.europepmc import Call, Held, Stage, Time, body, jats, status

FOAM = Identifier("pmc", "77")
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def service(stage: Stage, time: Time, **more) -> EuropePMC:
    return EuropePMC.of(Settings(europepmc_url=stage.base), time.pace(**more))


def refused(stage: Stage, time: Time, pmc: Identifier = FOAM) -> FetchError:
    with pytest.raises(FetchError) as caught:
        service(stage, time).fetch(pmc)
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)
    return caught.value


def test_an_article_comes_as_it_is(stage: Stage, time: Time):
    """One request, its very bytes, and every name that it states of itself."""
    article = service(stage, time).fetch(FOAM)
    assert article.xml == stage.held[0].xml
    assert sorted(map(str, article.names)) == ["PMC77", "doi:10.1000/foam.1", "pmid:901"]
    assert stage.asked == ["/europepmc/webservices/rest/PMC77/fullTextXML"]
    assert time.slept == []


@pytest.mark.parametrize(
    ("name", "query"),
    [("doi:10.1000/FOAM.1", 'DOI:"10.1000/foam.1"'), ("pmid:901", "EXT_ID:901 AND SRC:MED")],
)
def test_other_names_are_searched(stage: Stage, time: Time, name: str, query: str):
    """As Europe PMC's guide has it; the PMC id comes back."""
    identifier = read_identifier(name)
    assert identifier is not None
    assert service(stage, time).find(identifier) == FOAM
    asked = parse_qs(urlsplit(stage.asked[0]).query)
    assert asked["query"] == [query]
    assert (asked["resultType"], asked["format"]) == (["core"], ["json"])


def test_the_user_agent_says_who_asks(stage: Stage, time: Time):
    """Name and version, and the contact where one is set."""
    service(stage, time).fetch(FOAM)
    EuropePMC.of(Settings(europepmc_url=stage.base + "/", contact="ito@example.org"), time.pace()).fetch(FOAM)
    agents = [headers["user-agent" if "user-agent" in headers else "User-Agent"] for headers in stage.headers]
    assert agents == [f"Exocite/{version()}", f"Exocite/{version()} (ito@example.org)"]


def test_a_result_of_a_like_name_is_passed_over(stage: Stage, time: Time):
    """A search finds more than the very DOI; the article may stand on a later page."""
    stage.before = [{"doi": f"10.1000/foam.1{n}", "pmcid": f"PMC{n}", "isOpenAccess": "Y"} for n in range(1, 6)]
    stage.page = 2
    assert service(stage, time).find(Identifier("doi", "10.1000/foam.1")) == FOAM
    assert len(stage.asked) == 3


def test_pages_that_never_end_are_left(stage: Stage, time: Time):
    """After four of them."""
    stage.before = [{"doi": f"10.1000/foam.1{n}"} for n in range(100)]
    stage.page = 2
    with pytest.raises(FetchError, match="knows no such article"):
        service(stage, time).find(Identifier("doi", "10.1000/foam.1"))
    assert len(stage.asked) == 4


def test_an_article_nobody_knows_is_said_to_be_unknown(stage: Stage, time: Time):
    """Status 404 of the text, nothing in the search; nothing is asked twice."""
    assert "knows no such article; check the identifier." in str(refused(stage, time, Identifier("pmc", "5")))
    assert len(stage.asked) == 2
    assert time.slept == []


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Held("PMC5", open_access="N", xml=b""), "not as open access"),
        (Held("PMC5"), "no open-access text"),
        (Held(None, pmid="5"), "only its abstract"),
    ],
)
def test_what_cannot_be_had_is_said(stage: Stage, time: Time, held: Held, said: str):
    """Known and closed, known without its text, known by its abstract alone; each with what to do."""
    stage.held = [held]
    if held.pmc:
        message = str(refused(stage, time, Identifier("pmc", "5")))
    else:
        with pytest.raises(FetchError) as caught:
            service(stage, time).find(Identifier("pmid", "5"))
        message = str(caught.value)
    assert said in message
    assert "as a file." in message


def test_an_abstract_alone_is_no_article(stage: Stage, time: Time):
    """XML without a body is not taken."""
    whole = jats("PMC77")
    stage.held[0].xml = whole[: whole.index(b"<body>")] + b"</article>"
    assert "only its abstract" in str(refused(stage, time))


def test_another_article_is_not_taken(stage: Stage, time: Time):
    """Its own PMC id says which it is; the other number that PubMed Central gives each is none."""
    stage.held[0].xml = jats("PMC770")
    assert "another article (PMC770)" in str(refused(stage, time))


def test_an_article_that_states_no_pmc_id_is_taken(stage: Stage, time: Time):
    """It was asked for by that very id."""
    stage.held[0].xml = jats("PMC77").replace(b'pub-id-type="pmcid"', b'pub-id-type="publisher-id"')
    assert service(stage, time).fetch(FOAM).pmc == FOAM


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (body(b"<html><body>Sorry</body></html>", "text/html"), "sent text/html"),
        (body(b"<html><body>Sorry</body></html>"), "no article (<html>)"),
        (body(b"Sorry."), "no XML"),
        (body(jats("PMC77")[:-30]), "no XML"),
        (body(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>'), "no XML"),
        (body(b"", code=400), "answered 400"),
        (body(b"", code=403), "answered 403"),
    ],
)
def test_what_is_no_article_is_not_taken(stage: Stage, time: Time, part, said: str):
    """A page of HTML, nonsense, half an article, a hostile one, a refusal: one line, asked once."""
    stage.parts = [part]
    assert said in str(refused(stage, time))
    assert len(stage.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [b"{", b"[]", b"null", b"{}", b'{"resultList": null}', b'{"resultList": {"result": [1]}}', b"\xff", b"[" * 99_999,
     b'{"errCode": 404, "errMsg": "Invalid page size provided"}'],
)  # fmt: skip
def test_json_that_cannot_be_read_is_said_to_be_so(stage: Stage, time: Time, answer: bytes):
    """Europe PMC gives some errors under status 200."""
    stage.parts = [body(answer, "application/json")]
    with pytest.raises(FetchError, match="cannot be read"):
        service(stage, time).find(Identifier("doi", "10.1000/foam.1"))


def test_a_service_in_trouble_is_asked_again(stage: Stage, time: Time):
    """503 twice, then fine; each pause twice the one before."""
    stage.parts = [status(503), status(503)]
    assert service(stage, time).fetch(FOAM).pmc == FOAM
    assert time.slept == [1.0, 2.0]


def test_a_pause_is_by_chance_down_to_its_half(stage: Stage, time: Time):
    """So that many who wait do not come back at once."""
    stage.parts = [status(503)]
    pace = time.pace()
    asker = Asker(stage.base, "a", "n", pace.__class__(pace.clock, pace.sleep, lambda: 0.0))
    assert asker.get("PMC77/fullTextXML", {}, 10_000).status == 200
    assert time.slept == [0.5]


@pytest.mark.parametrize(
    ("told", "slept"),
    [("7", 7.0), ("Fri, 02 Jan 2026 12:00:09 GMT", 9.0), ("Fri, 02 Jan 2026 11:00:00 GMT", 0.0), ("soon", 1.0)],
)
def test_retry_after_is_obeyed(stage: Stage, time: Time, told: str, slept: float):
    """Seconds or a time of day; one that has passed is no wait, one that cannot be read is none."""
    stage.parts = [status(429, Retry_After=told)]
    assert service(stage, time, now=lambda: NOON).fetch(FOAM).pmc == FOAM
    assert time.slept == [slept]


def test_a_long_retry_after_is_told_and_not_waited_for(stage: Stage, time: Time):
    """An hour is for the user to wait; nothing else need be asked meanwhile."""
    stage.parts = [status(429, Retry_After="3600")]
    error = refused(stage, time)
    assert "too often (429); try again in 3,600 seconds" in str(error)
    assert error.lasting
    assert time.slept == []


def test_a_service_that_stays_in_trouble_is_left(stage: Stage, time: Time):
    """After four tries."""
    stage.parts = [status(500)] * 9
    assert "in trouble (500); try again later" in str(refused(stage, time))
    assert len(stage.asked) == 4
    assert time.slept == [1.0, 2.0, 4.0]


def test_a_body_that_breaks_off_is_asked_for_again(stage: Stage, time: Time):
    """Fewer bytes than were promised."""

    def short(call: Call) -> None:
        call.send_response(200)
        call.send_header("Content-Type", "application/xml")
        call.send_header("Content-Length", "100000")
        call.end_headers()
        call.wfile.write(b"<article>")

    stage.parts = [short]
    assert service(stage, time).fetch(FOAM).pmc == FOAM
    assert len(stage.asked) == 2


def test_a_silent_service_is_not_waited_for_for_ever(stage: Stage, time: Time):
    """Each silence is bounded."""

    def silent(call: Call) -> None:
        call.connection.recv(1)  # until the client goes away

    stage.parts = [silent] * 4
    asker = Asker(stage.base, "a", "Europe PMC", time.pace(), patience=0.05)
    with pytest.raises(FetchError, match="silent for too long"):
        asker.get("PMC77/fullTextXML", {}, 10_000)
    assert len(stage.asked) == 4


def test_a_trickle_is_not_waited_for_for_ever(stage: Stage, time: Time):
    """The whole is bounded too: two minutes are over after the first bytes."""

    def trickle(call: Call) -> None:
        call.send_response(200)
        call.send_header("Content-Length", "100000")
        call.end_headers()
        time.at += 121
        call.wfile.write(b"<article>")
        call.wfile.flush()
        call.connection.recv(1)

    stage.parts = [trickle]
    assert "too slowly" in str(refused(stage, time))


def test_an_endless_body_is_left(stage: Stage, time: Time, monkeypatch: pytest.MonkeyPatch):
    """At the size that a file may have, packed or not."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "0.1")

    def endless(call: Call) -> None:
        call.send_response(200)
        call.end_headers()
        while True:
            call.wfile.write(b"<a/>" * 10_000)

    packed = gzip.compress(b" " * 5_000_000)
    stage.parts = [endless, lambda call: call.say(200, packed, "application/xml", Content_Encoding="gzip")]
    for _ in range(2):
        assert "more than 0.1 MB" in str(refused(stage, time))


def test_a_redirect_stays_on_the_host(stage: Stage, time: Time):
    """On it, it is followed; elsewhere it is not, and nobody else is asked."""
    target = f"{stage.base}/PMC77/fullTextXML"
    stage.parts = [status(302, Location=target), status(307, Location="/europepmc/webservices/rest/PMC77/fullTextXML")]
    assert service(stage, time).fetch(FOAM).pmc == FOAM
    port = stage.server_address[1]
    for location in (f"http://localhost:{port}/x", "http://127.0.0.1:9/x", "file:///etc/passwd", "//example.org/x"):
        stage.parts = [status(302, Location=location)]
        before = len(stage.asked)
        assert "leads to another host" in str(refused(stage, time))
        assert len(stage.asked) == before + 1


def test_redirects_that_go_round_are_left(stage: Stage, time: Time):
    """After three."""
    stage.parts = [status(302, Location="/again")] * 9
    assert "without an end" in str(refused(stage, time))
    assert len(stage.asked) == 4


def test_nobody_there_is_said(time: Time):
    """A port where nothing listens; more articles need not be asked for."""
    asked = EuropePMC.of(Settings(europepmc_url="http://127.0.0.1:1/rest"), time.pace())
    with pytest.raises(FetchError, match="cannot be reached") as caught:
        asked.fetch(FOAM)
    assert caught.value.lasting
