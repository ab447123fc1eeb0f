"""Words and addresses in the templates, and what autoescaping must hold."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from web.rendering import ENVIRONMENT, asset, document_url, doi_url, moment, prose, pubmed_url, render


@given(st.text())
def test_prose_is_the_text_character_for_character(text: str):
    """Tags taken away and entities read, it is the text again."""
    assert html.unescape(re.sub(r"<[^>]*>", "", str(prose(text)))) == html.unescape(html.escape(text))


def test_prose_hides_the_caret_of_a_raised_marker_and_escapes():
    """`^[35]` keeps its caret, out of sight; a tag in a paper is text."""
    assert prose("<b>cells^[35]") == '&lt;b&gt;cells<span class="caret">^</span>[35]'
    assert prose("R^2") == "R^2"


def test_addresses_are_quoted():
    """Nothing in a DOI or an id ends the address or begins another."""
    assert doi_url('10.1000/a"b<c>') == "https://doi.org/10.1000/a%22b%3Cc%3E"
    assert doi_url("10.1016/s0092-8674(20)30001-1") == "https://doi.org/10.1016/s0092-8674(20)30001-1"
    assert pubmed_url("123/../4") == "https://pubmed.ncbi.nlm.nih.gov/123%2F..%2F4/"
    assert document_url("a/b?c") == "/documents/a%2Fb%3Fc"


def test_a_name_that_a_template_lacks_is_an_error():
    """A blank where something is missing would go unseen."""
    with pytest.raises(UndefinedError):
        render("welcome.html")


def test_an_asset_is_named_with_its_content():
    """The address changes with the file."""
    assert re.fullmatch(r"/static/exocite\.css\?v=[0-9a-f]{12}", asset("exocite.css"))


@pytest.mark.parametrize("name", ENVIRONMENT.list_templates())
def test_templates_hold_no_script_style_or_foreign_address(name: str):
    """The policy forbids inline scripts and styles; nothing but a link on demand leads elsewhere."""
    source, _, _ = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://|\|\s*safe\b", source)


def test_a_time_is_shown_in_that_of_this_machine(monkeypatch: pytest.MonkeyPatch):
    """To the minute; nine hours east of Greenwich it is the next day already."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "XST-9")
        time.tzset()
        assert moment("2026-05-03T20:05:59.000000Z") == "4 May 2026, 05:05"
    time.tzset()
