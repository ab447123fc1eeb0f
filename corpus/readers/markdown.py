"""Markdown (CommonMark with pipe tables and YAML front matter): its marks say what is what, and then go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it.token import Token

from corpus import furniture, headings, inline, metadata
from corpus.bibliography import Entries
from corpus.drafting import Part, draft
from corpus.frontmatter import facts_from_yaml
from corpus.joining import words_of
from corpus.metadata import Facts
from corpus.readers.commonmark import markdown_parser
from corpus.readers.decode import decode
from corpus.records import Draft
from corpus.references import parse_reference
from corpus.tabbed import caption_label, is_note

_NUMBERED_LINE = re.compile(r"\s*(?:\[\^?\d{1,4}\]|\d{1,4}[.)]\s)")
_STRUCK_TAG = re.compile(r"</(?:s|del|strike)\s*>", re.IGNORECASE)
# The rule of a table as pandoc draws it.
_DRAWN_TABLE = re.compile(r"^ {0,3}\+(?:[-=:]{2,}\+)+ *$|\S *\n {0,3}-{2,}(?: +-{2,})+ *$", re.MULTILINE)
_HTML_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)


def read_markdown(name: str, data: bytes) -> Draft:
    """The draft of a Markdown file.

    YAML front matter gives the metadata; what it leaves out, the first heading of level 1 and the lines under it give.

    Raises:
        UnreadableFile: as `decode` says, or no text is in the file.
    """
    decoded = decode(name, data)
    parser = markdown_parser()
    tokens = parser.parse(decoded.text.replace("\f", "\n"))
    given, problems = Facts(), tuple[str, ...]()
    if tokens and tokens[0].type == "front_matter":
        given, problems = facts_from_yaml(tokens.pop(0).content)
        if given.title:
            given = replace(given, title=inline.flat(parser.parseInline(given.title)[0]))
    cites = _footnotes_are_references(tokens)
    notices = tuple(_settle(tokens, cites=cites))
    if _DRAWN_TABLE.search(decoded.text):
        notices = (*notices, "A table drawn with dashes was read as text; write it with bars to have its rows cited.")
    walk = _Walk(tokens, given.title, cites=cites)
    walk.run()
    found = metadata.facts_in(walk.stated)
    facts = Facts(
        title=given.title or walk.title,
        authors=given.authors or walk.authors,
        year=given.year or found.year,
        doi=given.doi or found.doi,
        journal=given.journal or found.journal,
    )
    return draft(name, walk.parts, facts, (*decoded.notices, *problems, *notices))


def _footnotes_are_references(tokens: Sequence[Token]) -> bool:
    """Whether the paper cites by footnotes: its reference list begins with one, or it has no list and all are entries.

    A list that begins otherwise has numbers of its own, which a footnote's number has nothing to do with.
    """
    entries: list[bool] = []
    in_list, listed = False, False
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            in_list = headings.is_references(inline.flat(tokens[at + 1]))
            listed = listed or in_list
        elif token.type == "footnote_reference_open":
            if in_list and tokens[at - 1].type == "heading_close" and token.meta["label"].isdecimal():
                return True
            entries.append(token.meta["label"].isdecimal() and _is_entry(_footnote(tokens, at)[0]))
    return not listed and bool(entries) and all(entries)


def _is_entry(text: str) -> bool:  # by DOI or PMID, or by authors, journal and year
    entry = parse_reference(text, document_id="", start=0, position=1)
    return bool(entry.doi or entry.pmid or (entry.authors and entry.journal and entry.year))


def _footnote(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The text of the footnote whose definition begins at `at`, in one line, and where the next block begins."""
    end = at + 1
    while tokens[end].type != "footnote_reference_close" or tokens[end].level != tokens[at].level:
        end += 1
    texts = [inline.flat(token) if token.type == "inline" else token.content for token in tokens[at + 1 : end]]
    return " ".join(" ".join(texts).split()), end + 1


def _settle(tokens: Sequence[Token], *, cites: bool) -> Iterator[str]:
    """Makes marks of footnotes that are references markers, and gives a notice for each thing that is not read."""
    html: list[str] = []
    struck = False
    for token in tokens:
        html += [inline.without_comments(token.content)] if token.type == "html_block" else []
        for child in token.children or []:
            html += [child.content] if child.type == "html_inline" else []
            struck = struck or child.type == "s_open"
            if child.type == "footnote_ref" and cites and child.meta["label"].isdecimal():
                child.type, child.content = "text", f"[{child.meta['label']}]"
    if any(map(_HTML_TABLE.search, html)):
        yield "A table written in HTML was read as a paragraph; write it as a pipe table to have its rows cited."
    if struck or any(map(_STRUCK_TAG.search, html)):
        yield "Struck-out text was left out."


@dataclass(slots=True)
class _Walk:
    """One walk over the parsed blocks, making parts.

    Attributes:
        tokens: what the parser gave.
        given_title: from the front matter; a first heading that says the same is the title's place.
        cites: whether numbered footnotes are the entries of the reference list.
        section: the role of the paragraphs of the section the walk is in, and `depth`, its heading's level.
        stated: front matter, which may state the paper's facts.
        lists: the printed numbers of each open list, last first, "" for bullets.
        number: of the list item that has begun and has no text yet.
        after_table: the table that the last block belonged to.
        notes: the footnotes of the section, to stand at its end.
    """

    tokens: Sequence[Token]
    given_title: str | None
    cites: bool = False
    title: str | None = None
    authors: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    section: str = "body"
    depth: int = 0
    tables: int = 0
    entries: Entries = field(default_factory=Entries)
    stated: list[str] = field(default_factory=list)
    lists: list[list[str]] = field(default_factory=list)
    number: str | None = None
    after_table: int | None = None
    notes: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Fills `parts`, `title` and `authors`."""
        if self.given_title:
            self.parts.append(Part("title", self.given_title))
        at = 0
        while at < len(self.tokens):
            at = self._block(at)
        self._end_section()

    def _block(self, at: int) -> int:
        """Takes the block at `at` and says where the next begins."""
        token = self.tokens[at]
        match token.type:
            case "heading_open":
                self._heading(int(token.tag[1:]), inline.flat(self.tokens[at + 1]))
                return at + 3
            case "paragraph_open":
                self._paragraph(inline.flat(self.tokens[at + 1], breaks="\n"))
                return at + 3
            case "table_open":
                end = next(i for i in range(at, len(self.tokens)) if self.tokens[i].type == "table_close")
                self._table(self.tokens[at:end])
                return end + 1
            case "footnote_reference_open":
                text, following = _footnote(self.tokens, at)
                self._footnote(token.meta["label"], text)
                return following
            case "fence" | "code_block" | "math_block":
                self._code(token)
            case "html_block":
                self._paragraph(inline.html_text(token.content))
            case _:
                self._list(token.type, at)
        return at + 1

    def _list(self, kind: str, at: int) -> None:
        """Takes the begin or end of a list or of one of its items."""
        match kind:
            case "ordered_list_open" | "bullet_list_open":
                self.lists.append(self._numbers(at))
            case "ordered_list_close" | "bullet_list_close":
                self.lists.pop()
            case "list_item_open" | "list_item_close":
                self.number = self.lists[-1].pop() if kind == "list_item_open" and self.lists[-1:] != [[]] else None

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
        self._end_section()
        if self.title is None and level == 1 and text and not self._in_text():
            self.title = text
            if self.given_title is None:
                self.parts.append(Part("title", text))
                return
            if " ".join(text.split()).casefold() == " ".join(self.given_title.split()).casefold():
                return
        self.parts.append(Part("heading", text, level=level))
        if self.section == "body" or level <= self.depth or (self.section == "references" and headings.is_back(text)):
            back = "back" if headings.is_back(text) else "body"
            self.section = "references" if headings.is_references(text) else back
            self.depth = level

    def _in_text(self) -> bool:
        """Whether running text stands already before here."""
        return any(part.kind in {"paragraph", "item", "heading", "row"} for part in self.parts)

    def _paragraph(self, text: str) -> None:
        """Takes a paragraph, wherever it stands."""
        if not text.strip():
            return
        number, self.number = self.number, None
        table, self.after_table = self.after_table, None
        lines = text.split("\n")
        if self.section == "references":
            self._reference(lines, number)
        elif table is not None and self._belongs_to(table, text):
            self.after_table = table
        elif self.section == "back" or headings.is_back_run_in(text):
            self.parts.append(Part("back", text))
        elif number is None and (furniture.is_front(text) or self._names_authors(text) or self._is_imprint(text)):
            self.parts.append(Part("front", text))
            self.stated.append(text)
        else:
            self.parts.append(Part("item" if number is not None else "paragraph", text))

    def _code(self, token: Token) -> None:
        """Takes code or displayed mathematics, which says nothing that could be cited.

        Of the two kinds that are shown and never cited it is "front", the one that keeps its lines. An indented
        paragraph of a reference list is more of an entry.
        """
        if token.type == "code_block" and self.section == "references":
            self._paragraph(token.content)
            return
        self._flush_references()
        self.number = self.after_table = None
        self.parts.append(Part("front", f"$${token.content}$$" if token.type == "math_block" else token.content))

    def _footnote(self, label: str, text: str) -> None:
        """Takes a footnote's definition: an entry where the paper cites by footnotes, else a note to its section."""
        if self.cites and label.isdecimal():
            self.entries.add(f"{int(label)}. {text}", int(label))
            if self.section != "references":
                self._flush_references()
        else:
            self.notes.append(text)

    def _names_authors(self, text: str) -> bool:
        """Whether a paragraph right under the title names the authors; they are kept."""
        if self.authors or (self.title is None and self.given_title is None) or self._in_text():
            return False
        self.authors = metadata.names(text)
        return bool(self.authors)

    def _is_imprint(self, text: str) -> bool:
        """Whether a paragraph above all text names the paper's own DOI."""
        return (self.title or self.given_title) is not None and not self._in_text() and metadata.is_imprint(text)

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
        entries = lines if sum(_NUMBERED_LINE.match(line) is not None for line in lines) > 1 else [" ".join(lines)]
        numbered = _NUMBERED_LINE.match(entries[0]) is not None
        if number:
            self.entries.add(f"{number}. {' '.join(lines)}", int(number))
        elif number is not None and not numbered:
            self.entries.add(" ".join(lines), None)
        elif self.lists and number is None and not numbered:
            self.entries.extend(" ".join(lines))
        elif not self.entries.take(entries):
            self.parts.append(Part("back", " ".join(lines)))

    def _flush_references(self) -> None:
        """Adds the entries read so far."""
        self.parts += [Part("reference", text) for text in self.entries.texts(words_of(""))]
        self.entries = Entries(last=self.entries.last, numbered=self.entries.numbered)

    def _end_section(self) -> None:
        """Adds what stands at the end of a section: the entries of a reference list, then the footnotes."""
        self._flush_references()
        self.parts += [Part("footnote", text) for text in self.notes]
        self.notes = []
        self.number = self.after_table = None

    def _table(self, tokens: Sequence[Token]) -> None:
        """Takes a pipe table, and the paragraph before it when that is its caption; in back matter, as back matter."""
        self.number = self.after_table = None
        if self.section == "back":
            self.parts += [Part("back", " | ".join(filter(None, cells))) for cells, _ in _rows(tokens)]
            return
        self.tables += 1
        last = self.parts[-1] if self.parts else None
        if last is not None and last.kind == "paragraph" and caption_label(last.text):
            last.kind, last.table = "caption", self.tables
        for cells, is_header in _rows(tokens):
            self.parts.append(Part("header" if is_header else "row", "\t".join(cells), table=self.tables))
        self.after_table = self.tables


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[list[str], bool]]:
    """The rows of a table, each with its cells and whether it is the header."""
    cells: list[str] = []
    is_header = False
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type in {"th_open", "td_open"}:
            is_header = token.type == "th_open"
            cells.append(inline.flat(tokens[at + 1]).replace("\t", " "))
        elif token.type == "tr_close":
            yield cells, is_header
