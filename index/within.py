"""Which records a search may find: their positions, and what they have in common where that can be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Limit:
    """What every record that a search may find is of; None for no such limit.

    Attributes:
        documents: ids of papers.
        kinds: `passage` or `row`.
        from_year, to_year: of the paper, both included; a paper without a year is in none.
    """

    documents: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    from_year: int | None = None
    to_year: int | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """The records that a search may find.

    Attributes:
        positions: theirs, ascending, `(n,)` int64.
        limit: what these very records, and no others, have in common; None where that cannot be said so.
    """

    positions: NDArray[np.int64]
    limit: Limit | None = None
