"""Which records are about a molecule: the same name, or its arm where no other arm is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.names import Name
from index.tokens import name_words
from index.vocabulary import Asked
from index.words import WordIndex

_MEMBER: Final = re.compile(r"(?<=\d)[a-z]{1,2}$")
_ARMS: Final = {"-5p": "-3p", "-3p": "-5p"}


def about(names: Sequence[Name], known: WordIndex, asked: Asked) -> NDArray[np.int64]:
    """The positions of the records that name one of the molecules, ascending.

    Asked for without an arm, a molecule is met by either arm. Asked for with one (`miR-25-5p`), it is met by that arm
    and by records that name the molecule without saying which arm, never by those that name the other arm alone.
    Another name that the vocabulary knows for what is asked meets it too.
    """
    if not names:
        return np.empty(0, dtype=np.int64)
    others = [known.holders(word) for name in names for word in asked.naming(name_words(name)[-1])[1:]]
    return np.unique(np.concatenate([*(_naming(name, known) for name in names), *others]))


def studied(names: Sequence[Name], known: WordIndex) -> NDArray[np.int64]:
    """The positions of the rows that cite a study on one of the molecules, ascending."""
    return known.holders_of(name_words(name)[-1].replace("mir:", "study:", 1) for name in names)


def family(names: Sequence[Name], known: WordIndex) -> list[str]:
    """The index words of the relatives of the molecules that some record names, each once.

    Of a name without a letter (miR-200) these are its members (miR-200c), of a member the name without one; two members
    of one family are near names, and no relatives here.
    """
    found: dict[str, None] = {}
    for base in dict.fromkeys(name_words(name)[0] for name in names):
        shared = _MEMBER.sub("", base)
        kin = [shared] if shared != base else [word for word in known.beginning(base) if _MEMBER.sub("", word) == base]
        found.update(dict.fromkeys(word for word in kin if word != base and known.frequency(word)))
    return list(found)


def named_in(names: Sequence[Name], held: Set[str]) -> bool:
    """True where the index words `held` name one of the molecules, by the rule of `about`."""
    return any(_named_in(name, held) for name in names)


def _named_in(name: Name, held: Set[str]) -> bool:
    base, *full = name_words(name)
    other = other_arm(name)
    if not full or other is None:
        return base in held
    return base in held and (full[0] in held or name_words(other)[-1] not in held)


def other_arm(name: Name) -> Name | None:
    """The other arm of a name that has one."""
    for arm, other in _ARMS.items():
        if name.name.endswith(arm):
            return Name(name.text, name.name.removesuffix(arm) + other, name.base, name.type, name.start, name.end)
    return None


def _naming(name: Name, known: WordIndex) -> NDArray[np.int64]:
    base, *full = name_words(name)
    other = other_arm(name)
    if not full or other is None:
        return known.holders(base)
    wrong = np.setdiff1d(known.holders(name_words(other)[-1]), known.holders(full[0]))
    return np.setdiff1d(known.holders(base), wrong)
