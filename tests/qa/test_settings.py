from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadSetting
from index.encoder import DEFAULT_MODEL
from qa.settings import Settings


def test_an_environment_that_says_nothing_gives_the_defaults():
    """Empty variables say nothing, and variables of other programs neither."""
    assert Settings.read({}) == Settings()
    assert Settings.read({"EXOCITE_MODEL": "", "EXOCITE_LIBRARY": "", "LIBRARY": "/x"}) == Settings()
    assert Settings().model == DEFAULT_MODEL


def test_every_field_is_read_from_its_variable():
    """EXOCITE_ and the field's name in capitals, each turned into its kind."""
    read = Settings.read(
        {
            "EXOCITE_LIBRARY": "/papers/library",
            "EXOCITE_MODEL": "other",
            "EXOCITE_WORDS_WEIGHT": "0.25",
            "EXOCITE_SUPPORTED": "0.9",
            "EXOCITE_ABSENT": "0",
            "EXOCITE_SENTENCES": "7",
            "EXOCITE_RERANKER": "second",
            "EXOCITE_RERANKER_WEIGHT": "0.3",
            "EXOCITE_LLM_BASE_URL": "http://127.0.0.1:11434/v1",
            "EXOCITE_LLM_MODEL": "third",
            "EXOCITE_LLM_API_KEY": "k-1",
            "EXOCITE_LLM_TIMEOUT": "2.5",
            "EXOCITE_HISTORY": "off",
            "EXOCITE_EUROPEPMC_URL": "http://mirror.lab:8080/rest",
            "EXOCITE_CONTACT": "ito@example.org",
            "EXOCITE_ENGINE": "milvus",
            "EXOCITE_ENGINE_URI": "http://milvus.lab:19530",
            "EXOCITE_ENGINE_TOKEN": "ito:t-1",
            "EXOCITE_ENGINE_VECTORS": "HNSW",
            "EXOCITE_HOSTS": "papers.lab",
        }
    )
    local = "http://127.0.0.1:11434/v1"
    assert read == Settings(
        Path("/papers/library"),
        "other",
        *(0.25, 0.9, 0.0, 7),
        *("second", 0.3),
        *(local, "third", "k-1", 2.5),
        *("off", "http://mirror.lab:8080/rest", "ito@example.org"),
        *("milvus", "http://milvus.lab:19530", "ito:t-1", "HNSW", "papers.lab"),
    )


@pytest.mark.parametrize("uri", ["milvus.lab:19530", "http://ito:t-1@milvus.lab:19530", "ftp://milvus.lab", "papers"])
def test_milvus_is_at_an_address_without_a_secret_or_in_a_file(uri: str):
    """What would be written down with the library holds no password; a path ends in .db."""
    with pytest.raises(BadSetting, match="EXOCITE_ENGINE_TOKEN") as raised:
        Settings(engine="milvus", engine_uri=uri)
    assert "t-1" not in str(raised.value)


def test_what_milvus_wants_to_be_shown_is_never_printed():
    """Neither with the settings nor with the choice that is made of them."""
    settings = Settings(engine="milvus", engine_token="ito:t-1")  # noqa: S106 (no secret of anything)
    assert "t-1" not in repr(settings) + repr(settings.choice) + repr(settings.shaping())


def test_there_are_two_engines():
    """Any other name is refused with theirs."""
    with pytest.raises(BadSetting, match="faiss, milvus"):
        Settings(engine="annoy")


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch):
    """As in a shell, which does not see the variable."""
    monkeypatch.setenv("HOME", "/home/ito")
    assert Settings.read({"EXOCITE_LIBRARY": "~/papers"}).library == Path("/home/ito/papers")


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("EXOCITE_WORDS_WEIGHT", "much", "EXOCITE_WORDS_WEIGHT is 'much', which is not a number"),
        ("EXOCITE_SENTENCES", "4.5", "EXOCITE_SENTENCES is '4.5', which is not a whole number"),
        ("EXOCITE_WORDS_WEIGHT", "1.01", "words_weight must lie between 0 and 1"),
        ("EXOCITE_WORDS_WEIGHT", "nan", "words_weight must lie between 0 and 1"),
        ("EXOCITE_SUPPORTED", "-0.1", "supported must lie between 0 and 1"),
        ("EXOCITE_ABSENT", "inf", "absent must lie between 0 and 1"),
        ("EXOCITE_ABSENT", "0.99", "absent .* must not be above supported"),
        ("EXOCITE_SENTENCES", "0", "sentences must lie between 1 and 20"),
        ("EXOCITE_SENTENCES", "21", "sentences must lie between 1 and 20"),
        ("EXOCITE_RERANKER_WEIGHT", "2", "reranker_weight must lie between 0 and 1"),
        ("EXOCITE_EUROPEPMC_URL", "mirror.lab/rest", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "file:///rest", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "https://", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "https://u:p@mirror.lab/rest", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "https://mirror.lab/rest?x=1", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "https://mirror.lab:port/rest", "europepmc_url must be an address"),
        ("EXOCITE_EUROPEPMC_URL", "https://mirror.lab/a b", "europepmc_url must be an address"),
        ("EXOCITE_CONTACT", "ito@example.org\r\nX: y", "contact must be a mail address"),
        ("EXOCITE_CONTACT", "i" * 201, "contact must be a mail address"),
        ("EXOCITE_HISTORY", "never", "history must be on or off; it is 'never'"),
        ("EXOCITE_LLM_BASE_URL", "http://127.0.0.1:11434/v1", "llm_model no model; set EXOCITE_LLM_MODEL too"),
        ("EXOCITE_LLM_BASE_URL", "127.0.0.1:11434", "llm_base_url must begin with http"),
        ("EXOCITE_LLM_TIMEOUT", "0", "llm_timeout must lie between 0 and 3600 seconds; it is 0"),
        ("EXOCITE_LLM_TIMEOUT", "nan", "llm_timeout must lie between 0 and 3600"),
        ("EXOCITE_LLM_TIMEOUT", "3601", "llm_timeout must lie between 0 and 3600"),
        ("EXOCITE_LIBRARY", "~nobody-of-that-name/x", "no such home folder"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(variable: str, value: str, says: str):
    """The message says which setting, and what it may be."""
    with pytest.raises(BadSetting, match=says):
        Settings.read({variable: value})


def test_what_shapes_a_response_is_shown_by_name():
    """Everything but where the library is and which model reads, which a response names elsewhere."""
    shaping = Settings(words_weight=0.5).shaping()
    assert shaping.keys() == {"words_weight", "supported", "absent", "sentences"}
    assert shaping["words_weight"] == 0.5


def test_a_reranker_is_shown_with_its_weight_where_there_is_one():
    """By its name, or the name of its folder."""
    shaping = Settings(reranker="/models/second", reranker_weight=0.3).shaping()
    assert (shaping["reranker"], shaping["reranker_weight"]) == ("second", 0.3)


def test_a_language_model_is_shown_by_its_name_where_there_is_one():
    """Neither where it is nor what it is shown: a response is for anybody."""
    chosen = Settings(llm_base_url="http://10.0.0.7/v1", llm_model="third", llm_api_key="k-1")
    assert chosen.shaping()["llm_model"] == "third"
    assert "10.0.0.7" not in str(chosen.shaping())
    assert "k-1" not in repr(chosen) + str(chosen.shaping())
    assert "llm_model" not in Settings(llm_model="third").shaping()
