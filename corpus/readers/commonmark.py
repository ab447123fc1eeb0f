"""The parser of Markdown: CommonMark with pipe tables, footnotes, mathematics and YAML front matter."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.front_matter import front_matter_plugin

from corpus import inline

# Deeper than any document nests its lists and quotes; the parser leaves out what is deeper still.
_DEEPEST = 100
_MARKER_DEFINITION = re.compile(r" {0,3}\[\^?\d[\d,;\s–-]*\]:")


def markdown_parser() -> MarkdownIt:
    """A parser that takes "[30]: …" for text, as it is in a paper, not for the definition of a link."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin, inline=False, move_to_end=False)

    def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # the parser's own form
        line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
        return not _MARKER_DEFINITION.match(line) and reference(state, start, end, silent)

    parser.block.ruler.at("reference", definition)
    # What these may follow without a blank line.
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.at("footnote_def", footnote_def, ends)
    parser.block.ruler.before("fence", "math_block", _math_block, ends)
    parser.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("escape", "math", inline.math_rule)
    return parser


_dollars = math_block_dollar(allow_labels=False)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's rule for mathematics on lines of its own; asked whether such a block begins, it adds none."""
    before, line = len(state.tokens), state.line
    found = _dollars(state, start, end, silent)
    if found and silent:
        del state.tokens[before:]
        state.line = line
    return found


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's rule for tables, with the cells that a row has beyond its header, which the rule leaves out."""
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    width = sum(token.type == "th_open" for token in state.tokens[before:])
    whole: list[Token] = []
    line: int | None = None
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
        elif token.type == "tr_close" and line is not None:
            for cell in _cells(getLine(state, line))[width:]:
                whole += [Token("td_open", "td", 1), Token("inline", "", 0, content=cell, children=[])]
        whole.append(token)
    state.tokens[before:] = whole
    return True


def _cells(line: str) -> list[str]:
    """The cells of a table's line as the parser cuts them, without empty ones at the end."""
    first, *others = (cell.strip() for cell in escapedSplit(line.strip()))
    while others and not others[-1]:
        others.pop()
    return [first, *others] if first else others
