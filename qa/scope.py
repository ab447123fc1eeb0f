"""What a question is limited to: some papers, a kind of evidence, years, names, cancers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from corpus.errors import InputError
from index.within import Limit
from qa.reading.question import one_line

KINDS: Final = ("passage", "row")
FIRST_YEAR: Final = 1500
LAST_YEAR: Final = 2200
MOST_NAMES: Final = 50
"""Names, or cancers, that a search may be limited to."""
LONGEST_NAME: Final = 200
"""Characters of the longest of them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of a search; by itself, none. Of one kind any value will do, of several kinds each must hold.

    Attributes:
        documents: ids of the papers to search; None for all.
        kinds: `passage` or `row`, or both; None for both.
        from_year, to_year: of the paper, both included; None for no limit. A paper without a year lies outside any.
        names: of microRNAs, genes or other things that the evidence must name; empty for no limit.
        cancers: that the evidence must be on, in lay or clinical words; empty for no limit.

    Raises:
        InputError: a value cannot be used.
    """

    documents: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    from_year: int | None = None
    to_year: int | None = None
    names: tuple[str, ...] = ()
    cancers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.kinds or ():
            if kind not in KINDS:
                msg = f"There is no evidence of the kind '{kind}'; limit a search to {' or '.join(KINDS)}."
                raise InputError(msg)
        _check_years(self.from_year, self.to_year)
        for field in ("names", "cancers"):
            object.__setattr__(self, field, _checked_names(getattr(self, field), field))

    @property
    def limit(self) -> Limit | None:
        """What the records within the limits, and no others, have in common; None where names or cancers limit them."""
        if self.names or self.cancers:
            return None
        return Limit(self.documents, self.kinds, self.from_year, self.to_year)

    @classmethod
    def of(
        cls,
        *,
        documents: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
        from_year: int | None = None,
        to_year: int | None = None,
        names: Iterable[str] | None = None,
        cancers: Iterable[str] | None = None,
    ) -> Self:
        """The limits as a request or a command line gives them, None for each that it does not."""
        return cls(
            None if documents is None else tuple(documents),
            None if kinds is None else tuple(kinds),
            from_year,
            to_year,
            tuple(names or ()),
            tuple(cancers or ()),
        )


def checked_name(text: str) -> str:
    """A name to limit a search to, trimmed, blanks single.

    Raises:
        InputError: it is empty, or longer than 200 characters.
    """
    name = one_line(text)
    if not name:
        msg = "A name or cancer to limit the search to is empty; type it, or leave it out."
        raise InputError(msg)
    if len(name) > LONGEST_NAME:
        msg = f"A name or cancer to limit the search to has {len(name):,} characters; at most {LONGEST_NAME} are "
        raise InputError(f"{msg}read. Shorten it.")
    return name


def _checked_names(texts: Iterable[str], field: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(map(checked_name, texts)))
    if len(names) > MOST_NAMES:
        msg = f"A search can be limited to at most {MOST_NAMES} {field}; these are {len(names):,}. Leave some out."
        raise InputError(msg)
    return names


def _check_years(first: int | None, last: int | None) -> None:
    for year in (first, last):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            msg = f"The year of a paper must lie between {FIRST_YEAR} and {LAST_YEAR}; {year} does not. Correct it."
            raise InputError(msg)
    if first is not None and last is not None and first > last:
        msg = f"No year lies from {first} to {last}; exchange the two years."
        raise InputError(msg)


EVERYTHING: Final = Scope()
"""No limit at all."""
