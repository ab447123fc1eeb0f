"""Which microRNA acts: groups that a text names together, and whether there is more or less of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.names import find_names
from qa.mechanisms.spans import Span

_TOGETHER: Final = re.compile(r"\s*(?:,|/|&|,?\s*(?:and|n?or))?\s*(?:exosomal\s+)?-?", re.IGNORECASE)
_LESS: Final = (
    r"loss|lack|absence|depletion|deletion|knock-?\s?(?:down|out)|inhibition|inhibiting|silencing|suppression|suppressing"
    r"|blockade|blocking|reduction|down-?regulation|decreased?|reduced|low(?:er)?|depleted|inhibitors?|antagonists?"
    r"|antagomirs?|lacking|without|devoid|deficient"
)
_LESS_BEFORE: Final = re.compile(
    rf"\b(?P<word>{_LESS})\s+(?:(?:the|amounts?|levels?|expression|transfer|transferred|content|of|in|against|to|exosomal|endogenous|"
    r"intracellular|exosome-shuttled|serum|plasma)\s+)*$",
    re.IGNORECASE,
)
_LESS_AFTER: Final = re.compile(
    r"[\s-]+(?P<word>inhibitors?|inhibition|knock-?(?:down|out)|depletion|silencing|deficien\w+|antagomirs?|sponges?|loss"
    r"|ablation|deletion|down-?regulation|blockade)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_NEITHER: Final = re.compile(r"\bneither\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_ANTI: Final = re.compile(r"anti|antago", re.IGNORECASE)
_ASIDE: Final = re.compile(
    r"\b(?:spong(?:e|es|ed|ing)|unlike|than|except|not(?=\s+(?:exosomal\s+|of\s+|in\s+|with\s+)?$)"
    r"|independent(?:ly)?\s+of|in\s+contrast\s+to|compared\s+(?:to|with)|similar(?:ly)?\s+to)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_THROUGH: Final = re.compile(r"\b(?:by|via|through|using)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Actor:
    """MicroRNAs that a text names together.

    Attributes:
        names: in order.
        less: the word that says that there is less of them ("loss", "inhibitor"), which turns what follows round.
        through: "by" or "via" stands before them: what they do may stand there too.
        denied: "neither" stands before them: what they do is denied.
    """

    names: tuple[Span, ...]
    less: Span | None = None
    through: bool = False
    denied: bool = False

    @property
    def start(self) -> int:
        """Where the first begins."""
        return self.names[0].start

    @property
    def end(self) -> int:
        """Where the last ends."""
        return self.names[-1].end


def molecules_in(text: str) -> tuple[Span, ...]:
    """The microRNAs that `text` names, in order."""
    return tuple(Span("molecule", name.name, name.start, name.end) for name in find_names(text))


def actors_in(text: str) -> tuple[Actor, ...]:
    """The groups of microRNAs that `text` names, in order, without those that are sponged or named to be set apart."""
    groups: list[list[Span]] = []
    for name in molecules_in(text):
        if _ASIDE.search(text, max(0, name.start - 60), name.start):
            continue
        if groups and _TOGETHER.fullmatch(text, groups[-1][-1].end, name.start):
            groups[-1].append(name)
        else:
            groups.append([name])
    return tuple(_actor(text, tuple(group)) for group in groups)


def _actor(text: str, names: tuple[Span, ...]) -> Actor:
    start, end = names[0].start, names[-1].end
    before = _LESS_BEFORE.search(text, max(0, start - 80), start)
    word = before or _LESS_AFTER.match(text, end)
    less = Span("process", word["word"].casefold(), word.start("word"), word.end("word")) if word else None
    if less is None and (anti := _ANTI.match(text, start)):
        less = Span("process", anti[0].casefold(), anti.start(), anti.end())
    through, denied = (each.search(text, max(0, start - 60), start) is not None for each in (_THROUGH, _NEITHER))
    return Actor(names, less, through, denied)
