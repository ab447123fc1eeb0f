"""Markdown (CommonMark with pipe tables and YAML front matter): its marks say what is what, and then go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from corpus import furniture, headings, metadata
from corpus.bibliography import Entries, footnote_definition
from corpus.drafting import Part, draft
from corpus.frontmatter import facts_from_yaml
from corpus.inline import is_known_tag, plain, raised, without_comments
from corpus.joining import words_of
from corpus.metadata import Facts
from corpus.readers.decode import decode
from corpus.records import Draft
from corpus.tabbed import caption_label, is_note

# Deeper than any document nests its lists and quotes; the parser leaves out what is deeper still.
_DEEPEST = 100
_MARKER_DEFINITION = re.compile(r" {0,3}\[\^?\d[\d,;\s–-]*\]:")
_SUBSCRIPT = re.compile(r"(?<=[^\W_])~([\w+-]{1,6})~(?!\w)")
_NUMBERED_LINE = re.compile(r"\s*(?:\[\^?\d{1,4}\]|\d{1,4}[.)]\s)")


def read_markdown(name: str, data: bytes) -> Draft:
    """The draft of a Markdown file.

    YAML front matter gives the metadata; what it leaves out, the first heading of level 1 and the lines under it give.

    Raises:
        UnreadableFile: as `decode` says, or no text is in the file.
    """
    decoded = decode(name, data)
    tokens = _parser().parse(decoded.text.replace("\f", "\n"))
    given, problems = Facts(), tuple[str, ...]()
    if tokens and tokens[0].type == "front_matter":
        given, problems = facts_from_yaml(tokens.pop(0).content)
    walk = _Walk(tokens, given.title)
    walk.run()
    found = metadata.facts_in(part.text for part in walk.parts if part.kind == "front")
    facts = Facts(
        title=given.title or walk.title,
        authors=given.authors or walk.authors,
        year=given.year or found.year,
        doi=given.doi or found.doi,
        journal=given.journal or found.journal,
    )
    return draft(name, walk.parts, facts, (*decoded.notices, *problems))


def _parser() -> MarkdownIt:
    """A parser that takes "[30]: …" for text, as it is in a paper, not for the definition of a link."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").use(front_matter_plugin)

    def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # the parser's own form
        line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
        return not _MARKER_DEFINITION.match(line) and reference(state, start, end, silent)

    parser.block.ruler.at("reference", definition)
    return parser


@dataclass(slots=True)
class _Walk:
    """One walk over the parsed blocks, making parts.

    Attributes:
        tokens: what the parser gave.
        given_title: from the front matter; a first heading that says the same is the title's place.
        section: the role of the paragraphs of the section the walk is in, and `depth`, its heading's level.
    """

    tokens: Sequence[Token]
    given_title: str | None
    title: str | None = None
    authors: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    section: str = "body"
    depth: int = 0
    tables: int = 0
    entries: Entries = field(default_factory=Entries)
    lists: list[list[str]] = field(default_factory=list)  # the printed numbers of each open list, "" for bullets
    fresh_item: bool = False
    after_table: int | None = None  # the table that the last block belonged to

    def run(self) -> None:
        """Fills `parts`, `title` and `authors`."""
        if self.given_title:
            self.parts.append(Part("title", self.given_title))
        at = 0
        while at < len(self.tokens):
            at = self._block(at)
        self._end_references()

    def _block(self, at: int) -> int:
        """Takes the block at `at` and says where the next begins."""
        token = self.tokens[at]
        match token.type:
            case "heading_open":
                self._heading(int(token.tag[1:]), _flat(self.tokens[at + 1]))
                return at + 3
            case "paragraph_open":
                self._paragraph(_flat(self.tokens[at + 1], breaks="\n"))
                return at + 3
            case "table_open":
                end = next(i for i in range(at, len(self.tokens)) if self.tokens[i].type == "table_close")
                self._table(self.tokens[at:end])
                return end + 1
            case "fence" | "code_block":
                self._paragraph(token.content, literal=True)
            case "html_block":
                self._paragraph(plain(without_comments(token.content)))
            case "ordered_list_open" | "bullet_list_open":
                self.lists.append(self._numbers(at))
            case "ordered_list_close" | "bullet_list_close":
                self.lists.pop()
            case "list_item_open":
                self.fresh_item = True
            case _:
                pass
        return at + 1

    def _numbers(self, at: int) -> list[str]:
        """The numbers of a list's items, last first: as printed where they count up, else counted from the first."""
        opened = self.tokens[at]
        items = []
        for token in self.tokens[at + 1 :]:
            if token.type == opened.type.replace("open", "close") and token.level == opened.level:
                break
            if token.type == "list_item_open" and token.level == opened.level + 1:
                items.append(token.info)
        if opened.type == "bullet_list_open":
            return [""] * len(items)
        printed = [int(item) for item in items]
        first = printed[0] if printed else 1
        if any(later <= sooner for sooner, later in pairwise(printed)):
            printed = list(range(first, first + len(printed)))
        return [str(number) for number in reversed(printed)]

    def _heading(self, level: int, text: str) -> None:
        """Takes a heading: the title, or the begin of a section."""
        self._end_references()
        self.after_table = None
        if self.title is None and level == 1 and text and not self._in_text():
            self.title = text
            if self.given_title is None:
                self.parts.append(Part("title", text))
                return
            if " ".join(text.split()).casefold() == " ".join(self.given_title.split()).casefold():
                return
        self.parts.append(Part("heading", text, level=level))
        if self.section == "body" or level <= self.depth:
            back = "back" if headings.is_back(text) else "body"
            self.section = "references" if headings.is_references(text) else back
            self.depth = level

    def _in_text(self) -> bool:
        """Whether running text stands already before here."""
        return any(part.kind in {"paragraph", "item", "heading", "row"} for part in self.parts)

    def _paragraph(self, text: str, *, literal: bool = False) -> None:
        """Takes a paragraph, wherever it stands."""
        if not text.strip():
            return
        number = self.lists[-1].pop() if self.fresh_item and self.lists and self.lists[-1] else None
        self.fresh_item = False
        table, self.after_table = self.after_table, None
        lines = text.split("\n")
        if self.section == "references" or all(footnote_definition(line) for line in lines):
            self._reference(lines, number)
        elif table is not None and self._belongs_to(table, text):
            self.after_table = table
        elif self.section == "back" or headings.is_back_run_in(text):
            self.parts.append(Part("back", text))
        elif not literal and (number is None and (furniture.is_front(text) or self._names_authors(text))):
            self.parts.append(Part("front", text))
        else:
            self.parts.append(Part("item" if number is not None else "paragraph", text))

    def _names_authors(self, text: str) -> bool:
        """Whether a paragraph right under the title names the authors; they are kept."""
        if self.authors or (self.title is None and self.given_title is None) or self._in_text():
            return False
        self.authors = metadata.names(text)
        return bool(self.authors)

    def _belongs_to(self, table: int, text: str) -> bool:
        """Takes a paragraph right after a table as its caption or its notes, where it is one."""
        captioned = any(part.kind == "caption" and part.table == table for part in self.parts)
        if not captioned and caption_label(text):
            self.parts.append(Part("caption", text, table=table))
            return True
        if is_note(text):
            self.parts.append(Part("footnote", text, table=table))
            return True
        return False

    def _reference(self, lines: list[str], number: str | None) -> None:
        """Takes a paragraph of the reference list: one item, more of one, or entries that begin with their numbers."""
        entries = _reference_lines(lines)
        numbered = _NUMBERED_LINE.match(entries[0]) is not None
        if number:
            self.entries.add(f"{number}. {' '.join(lines)}", int(number))
        elif number is not None and not numbered:
            self.entries.add(" ".join(lines), None)
        elif self.lists and number is None and not numbered:
            self.entries.extend(" ".join(lines))
        elif not self.entries.take(entries):
            self.parts.append(Part("back", " ".join(lines)))
        if self.section != "references":
            self._end_references()

    def _end_references(self) -> None:
        """Adds the entries read so far."""
        self.parts += [Part("reference", text) for text in self.entries.texts(words_of(""))]
        self.entries = Entries(last=self.entries.last, numbered=self.entries.numbered)

    def _table(self, tokens: Sequence[Token]) -> None:
        """Takes a pipe table, and the paragraph before it when that is its caption."""
        self.tables += 1
        last = self.parts[-1] if self.parts else None
        if last is not None and last.kind == "paragraph" and caption_label(last.text):
            last.kind, last.table = "caption", self.tables
        for cells, is_header in _rows(tokens):
            self.parts.append(Part("header" if is_header else "row", "\t".join(cells), table=self.tables))
        self.after_table = self.tables
        self.fresh_item = False


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[list[str], bool]]:
    """The rows of a table, each with its cells and whether it is the header."""
    cells: list[str] = []
    is_header = False
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type in {"th_open", "td_open"}:
            is_header = token.type == "th_open"
            cells.append(_flat(tokens[at + 1]).replace("\t", " "))
        elif token.type == "tr_close":
            yield cells, is_header


def _reference_lines(lines: list[str]) -> list[str]:
    """A paragraph of the reference list, a line an entry where its lines begin with numbers."""
    lines = [footnote_definition(line) or line for line in lines]
    return lines if sum(_NUMBERED_LINE.match(line) is not None for line in lines) > 1 else [" ".join(lines)]


def _flat(token: Token, breaks: str = " ") -> str:
    """The text of an inline token without its marks; line ends become `breaks`."""
    out: list[str] = []
    raise_from: int | None = None
    for child in token.children or []:
        match child.type:
            case "text" | "text_special" | "code_inline":
                out.append(child.content if child.type == "code_inline" else _pandoc(child.content, out))
            case "softbreak" | "hardbreak":
                out.append(breaks)
            case "image":
                out.append(child.content)
            case "html_inline":
                tag = child.content.lower()
                if tag == "<sup>":
                    raise_from = len(out)
                elif tag == "</sup>" and raise_from is not None:
                    inner = "".join(out[raise_from:])
                    del out[raise_from:]
                    out.append(raised(inner, "".join(out)[-12:]))
                    raise_from = None
                elif tag.startswith(("<!--", "<br")):
                    out.append(" ")
                elif not is_known_tag(child.content):
                    out.append(child.content)
            case _:
                pass
    return "".join(out)


def _pandoc(text: str, before: list[str]) -> str:
    """`text` with `^3^`, `^[3]` and `H~2~O` made readable; what stands before it tells markers from exponents."""
    if "^" in text:
        context = "".join(before[-2:])[-12:]
        text = plain(context + text)[len(plain(context)) :]
    return _SUBSCRIPT.sub(r"\1", text) if "~" in text else text
