"""Mechanisms as a drawing: what becomes of each, what is left out, where it leads."""

from __future__ import annotations

import re

import pytest

from qa.results import MechanismEntry
from tests.qa.mechanisms.made import entry
from web.graph import COLOURS, MOST_IN_COLUMN, MOST_NODES, Graph, graph_of
from web.rendering import STATIC

TEXT = "In HCC, miR-21 silences PTEN, turns AKT signaling on and drives invasion and vessels, unlike miR-210."


def drawn(*entries: MechanismEntry) -> Graph:
    """The drawing that there is."""
    graph = graph_of(entries)
    assert graph is not None
    return graph


def test_a_mechanism_is_a_chain_of_links_and_only_the_first_has_its_direction():
    """What is only named in the same breath is linked without a claim."""
    graph = drawn(
        entry(TEXT, molecule="miR-21", direction="inhibits by silences", target="PTEN",
              pathway="AKT signaling as AKT", effect="invasion; vessels", cancer="HCC as liver cancer")
    )  # fmt: skip
    assert [(node.column, node.title) for node in graph.nodes] == [
        ("molecule", "miR-21"), ("target", "PTEN"), ("pathway", "AKT"), ("effect", "invasion"), ("effect", "vessels"),
    ]  # fmt: skip
    assert sorted((edge.direction, edge.title) for edge in graph.edges) == [
        ("inhibits", "miR-21 inhibits PTEN, liver cancer (Ito 2020)"),
        ("with", "AKT is named with invasion, liver cancer (Ito 2020)"),
        ("with", "AKT is named with vessels, liver cancer (Ito 2020)"),
        ("with", "PTEN is named with AKT, liver cancer (Ito 2020)"),
    ]
    assert [heading for _, heading in graph.headings] == ["molecule", "target", "pathway", "effect"]
    assert graph.legend == (("c0", "liver cancer"),)


def test_boxes_and_links_lead_to_their_words():
    """A box to the word itself, a link to the whole sentence."""
    graph = drawn(entry(TEXT, molecule="miR-21", target="PTEN"))
    start = TEXT.index("PTEN")
    assert graph.nodes[1].href == f"/documents/kelp?start={start}&end={start + 4}#evidence"
    assert graph.edges[0].href == f"/documents/kelp?start=0&end={len(TEXT)}#evidence"


def test_near_names_are_two_boxes_and_equal_ones_one():
    """miR-21 twice is one box with one link; miR-210 is another."""
    one = entry(TEXT, molecule="miR-21", effect="invasion")
    graph = drawn(one, entry(TEXT, molecule="miR-210", effect="invasion"), one)
    assert [node.title for node in graph.nodes] == ["miR-21", "invasion", "miR-210"]
    assert [edge.title for edge in graph.edges] == [
        "miR-21 is named with invasion (Ito 2020, 2 places)",
        "miR-210 is named with invasion (Ito 2020)",
    ]


def test_what_is_denied_is_crossed_out():
    """And said to be so."""
    (edge,) = drawn(entry(TEXT, molecule="miR-21", direction="inhibits by silences", target="PTEN", negated=True)).edges
    assert edge.cross is not None
    assert edge.title.startswith("miR-21 does not: inhibits PTEN")


def test_each_cancer_has_its_colour_and_the_rest_share_one():
    """The most frequent first, then by name; links without a cancer come last in the legend."""
    cancers = [f"cancer {number}" for number in range(COLOURS + 2)]
    text = "miR-21 invasion " + " ".join(cancers)
    made = [entry(text, molecule="miR-21", effect="invasion", cancer=cancer) for cancer in cancers]
    again = entry(text, molecule="miR-21", effect="invasion; miR-21 invasion", cancer="cancer 7")
    legend = drawn(*made, entry(text, molecule="miR-21", effect="invasion"), again).legend
    assert legend[0] == ("c0", "cancer 7")
    assert legend[1] == ("c1", "cancer 0")
    assert legend[-2:] == (("more", "other cancers"), ("none", "no cancer named"))
    assert len(legend) == COLOURS + 2


def test_nothing_that_leads_anywhere_is_no_drawing():
    """A molecule alone, an effect without a molecule, nothing."""
    assert graph_of([]) is None
    assert graph_of([entry(TEXT, molecule="miR-21", cancer="HCC")]) is None
    assert graph_of([entry(TEXT, target="PTEN", effect="invasion")]) is None


def test_too_many_are_left_out_and_counted():
    """Those that fill more columns are drawn before those that came first; no column is crowded."""
    names = [f"GENE{number}" for number in range(60)]
    text = "miR-21 invasion " + " ".join(names)
    short = [entry(text, molecule="miR-21", target=f"{name}") for name in names[1:]]
    graph = drawn(*short, entry(text, molecule="miR-21", target="GENE0", effect="invasion"))
    assert graph.nodes[1].title == "GENE0"
    assert sum(node.column == "target" for node in graph.nodes) == MOST_IN_COLUMN <= MOST_NODES
    assert (graph.drawn, graph.total, graph.left_out) == (MOST_IN_COLUMN, 60, 60 - MOST_IN_COLUMN)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("PTEN", ("PTEN",)),
        ("increase of vascular permeability", ("increase of vascular", "permeability")),
        ("one two three four five six seven eight nine ten", ("one two three four", "five six seven …")),
        ("X" * 30, ("X" * 20, "X" * 10)),
    ],
)
def test_a_long_name_takes_two_lines_and_no_more(name: str, lines: tuple[str, ...]):
    """Twenty characters each; its title has the whole."""
    node = drawn(entry(f"miR-21 {name}", molecule="miR-21", effect=name)).nodes[1]
    assert (node.lines, node.title) == (lines, name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_cancers_stand_out_from_their_ground(scheme: str):
    """By at least 3 to 1 (WCAG 2.2, 1.4.11, formulas of its glossary)."""
    style = (STATIC / "exocite.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in style.split("@media", 2)[:2])
    colours = light if scheme == "light" else light | dark

    def luminance(colour: str) -> float:
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    ground = luminance(colours["raised"])
    for number in range(COLOURS):
        high, low = sorted((luminance(colours[f"c{number}"]), ground), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3
