"""Marks inside a line."""

import pytest

from corpus.inline import html_text, lowered, math, plain, raised


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("seen *in vivo* and **twice**", "seen in vivo and twice"),
        ("<i>in vivo</i> mice", "in vivo mice"),
        ("told.^[35,36] Next", "told.[35,36] Next"),
        ("told.^{35,36} Next", "told.[35,36] Next"),
        ("10^{5} cells of CD8^{+}", "10⁵ cells of CD8⁺"),
        ("growth<sup>3-5</sup>", "growth[3-5]"),
        ("H_{2}O, x_{i}^{2}", "H₂O, xᵢ²"),
        ("told^[3]^ and ^[1]^-^[3]^", "told[3] and [1]-[3]"),
        ("2^{-ΔΔCt} and x_{0.5} and a^2+b^2", "2^{-ΔΔCt} and x_{0.5} and a^2+b^2"),
        ("10<sup id='a'><i>n</i></sup> and 10<sup>0.5</sup>", "10ⁿ and 10<sup>0.5</sup>"),
        ("<td>a</td><td rowspan=2>b</td>", " a  b "),
        ("circ_102481_x and 2 * 3 * 4", "circ_102481_x and 2 * 3 * 4"),
        ("*p<0.05, **p<0.01", "*p<0.05, **p<0.01"),
        ("p <b and c> q", "p <b and c> q"),
        ("a<!-- note -->b", "a b"),
    ],
)
def test_marks_go_and_text_stays(marked, shown):
    """Emphasis and known tags go; stars, lines and angles that mark nothing stay."""
    assert plain(marked) == shown


def test_a_raised_number_is_a_marker_only_after_a_word_or_a_stop():
    """Centimetres squared and powers of ten are not citations."""
    assert raised("3", "growth.") == "[3]"
    assert raised("3", "cells") == "[3]"
    assert raised("2", "cm") == "²"
    assert raised("6", "10") == "⁶"
    assert raised("a", "Smith") == "ᵃ"


@pytest.mark.parametrize(
    ("inner", "before", "read"),
    [
        ("-1", "h", "⁻¹"),
        ("2+", "Ca", "²⁺"),
        ("-/-", "PTEN", "⁻/⁻"),
        ("n - 1", "2", "ⁿ⁻¹"),
        ("*", "miR-31", "*"),
        ("1,*", "Berg", "¹,*"),
        ("1,5", "10", None),
        ("1/2", "x", None),
        ("0.5", "x", None),
        ("-ΔΔCt", "2", None),
        ("[3]", "growth", "[3]"),
        ("a[3]", "x", None),
    ],
)
def test_characters_are_raised_all_or_none(inner, before, read):
    """With some of them on the line it would be another number or another name."""
    assert raised(inner, before) == read


def test_characters_are_lowered_all_or_none():
    """A word after a letter may stand on the line, after a digit it would make another name."""
    assert (lowered("2", "CO"), lowered("50", "IC"), lowered("max", "V")) == ("₂", "₅₀", "ₘₐₓ")
    assert (lowered("reg", "T"), lowered("β1", "F")) == ("reg", "β1")
    assert (lowered("b", "CD8"[-1]), lowered("0.5", "x"), lowered("i,q", "x")) == (None, None, None)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("$10^{-3}$", "10⁻³"),
        ("$C_0$", "C₀"),
        (r"$\Delta C_t$", "ΔCₜ"),
        (r"$37^\circ$", "37°"),
        (r"$5 \times 10^8$", "5 × 10⁸"),
        (r"$2^{-\Delta\Delta Ct}$", r"$2^{-\Delta\Delta Ct}$"),
        (r"$\frac{a}{b}$", r"$\frac{a}{b}$"),
        ("$x^{2.5} + y_1$", "$x^{2.5} + y_1$"),
        ("$$x = 1$$", "x = 1"),
    ],
)
def test_mathematics_is_read_whole_or_left_as_written(source, read):
    """Half of a formula would say something else."""
    assert math(source) == read


def test_html_is_read_as_its_text():
    """Cells are parted; scripts, styles, comments and struck-out text go; what never ends stays."""
    table = "<TABLE><tr><td>Ark</td><td>oak<br>ash</td></tr></TABLE>"
    assert html_text(table).split() == ["Ark", "oak", "ash"]
    assert html_text("a<script type='x'>no</script >b<!--no-->c<s>no</s>d &lt; e").split() == [
        "a",
        "b",
        "c",
        "d",
        "<",
        "e",
    ]
    assert html_text("a<style>b<!-- c").split() == ["a", "b<!--", "c"]
