"""A reference list cut into its entries, whatever page and line ends did to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus import headings
from corpus.joining import Words, is_open, join_all

_START = re.compile(r"\s*(?:\[(\d{1,4})\]:?|\((\d{1,4})\)|(\d{1,4})(?:[.)](?=\s|[^\W\d_])|(?=\s+[A-Z])))\s*(?=\S|$)")
_AUTHOR = re.compile(
    r"(?:van |von |de |del |da |le |la |el |al[- ])?[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){0,3},? [A-Z]"
)
# Two names with initials; what is longer than most entries is one only if it begins so, as a consortium's does.
_AUTHORS = re.compile(r"(?:[^\W\d_a-z][\w'’-]+(?: [\w'’-]+){0,2},? (?:[A-Z]\.?[ -]?){1,3}[,;] ?){2}")
_LONG = 600
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_BULLET = re.compile(r"^\s*[-–•*·]\s+")
# How far a number may run ahead of the one before; a list may lack an entry, but "2019." is no entry number.
_LARGEST_GAP = 10


@dataclass(slots=True)
class Entries:
    """A reference list while it is read, line by line.

    Attributes:
        entries: the lines of each entry, in order.
        last: the number of the newest entry; None before the first and in a list without numbers.
        numbered: None until the first line shows it.
    """

    entries: list[list[str]] = field(default_factory=list)
    last: int | None = None
    numbered: bool | None = None

    def take(self, lines: list[str]) -> bool:
        """Adds a paragraph's lines and says True, or says False where the list ended before it."""
        if not lines:
            return True
        if self.numbered is None:
            self.numbered = self._number(lines[0]) is not None
        if self.entries and not self._belongs(lines):
            return False
        if self.numbered:
            for line in lines:
                self._take_line(line)
        elif len(lines) > 1 and all(_YEAR.search(line) for line in lines):
            self.entries += [[line] for line in lines]
        elif self.entries and not _YEAR.search(" ".join(self.entries[-1][-20:])):
            self.entries[-1] += lines
        else:
            self.entries.append(list(lines))
        return True

    def add(self, text: str, number: int | None) -> None:
        """Adds one entry that its list marks as such, whatever its number."""
        self.numbered = self.numbered or number is not None
        self.last = self.last if number is None else number
        self.entries.append([text])

    def extend(self, text: str) -> None:
        """Adds `text` to the newest entry, or begins the first with it."""
        if self.entries:
            self.entries[-1].append(text)
        else:
            self.entries.append([text])

    def looks_whole(self) -> bool:
        """Whether what was read is a reference list beyond doubt: two entries or more, each with a year."""
        return len(self.entries) > 1 and all(_YEAR.search(" ".join(lines)) for lines in self.entries)

    def texts(self, words: Words) -> list[str]:
        """The entries, each one line, as printed."""
        return [join_all(lines, words) for lines in self.entries]

    def _take_line(self, line: str) -> None:
        number = self._number(line)
        if number is not None or not self.entries:
            self.last = number if number is not None else self.last
            self.entries.append([line])
        else:
            self.entries[-1].append(_BULLET.sub("", line, count=1))

    def _number(self, line: str) -> int | None:
        """The number of the entry that `line` begins, or None where it goes on with the one before."""
        found = _START.match(line)
        if not found:
            return None
        number = int(next(group for group in found.groups() if group))
        rest = line[found.end() :]
        if self.last is None:
            return number if number < 1800 else None
        bracketed = found[1] is not None or found[2] is not None
        bare = not bracketed and line[found.end(3) : found.end(3) + 1] not in {".", ")"}
        by_author = _AUTHOR.match(rest) is not None
        if number == self.last + 1:
            return number if not bare or by_author else None
        ahead = number in {1, self.last} or (self.last < number and (bracketed or number <= self.last + _LARGEST_GAP))
        return number if ahead and not bare and by_author else None

    def _belongs(self, lines: list[str]) -> bool:
        """Whether a paragraph is still part of the list."""
        first = " ".join(lines[0].split())
        if headings.is_back(first) or headings.is_back_run_in(first) or headings.is_section(first):
            return False
        if self.numbered and self._number(lines[0]) is not None:
            return True
        so_far = " ".join(self.entries[-1][-20:])
        finished = _YEAR.search(so_far) is not None and not is_open(so_far + " ")
        if re.match(r"[a-z(\d]|[-–•]\s+[a-z]|doi\b|https?:|PMID|PMCID|Available", first):
            return True
        if not finished:
            return headings.level(first) != 1 or len(first) > headings.MAX_HEADING
        entry = len(first) < _LONG or _AUTHORS.match(first) is not None
        return not self.numbered and entry and _YEAR.search(first) is not None
