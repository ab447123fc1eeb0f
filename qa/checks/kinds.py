"""The kinds of terms that a sentence is taken apart into, and the words of each kind that names nothing."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal[
    "molecule", "symbol", "cancer", "organ", "cell", "process", "word",  # things
    "verb", "not", "hedge", "be", "have", "by", "release", "send", "receive", "from", "to", "place", "of", "through",
    "bound", "and", "comma", "open", "derived", "keep", "parted", "back", "which", "it", "aside",
]  # fmt: skip
THINGS: Final[frozenset[Kind]] = frozenset({"molecule", "symbol", "cancer", "organ", "cell", "process", "word"})
"""The kinds that are what a sentence speaks of."""

NOT: Final = frozenset(
    """no not never without neither nor cannot cant dont doesnt didnt isnt arent wasnt werent none hardly nothing
    doesn don didn isn aren wasn weren couldn won hasn haven wouldn shouldn
    fail fails failed failing unable lacks""".split()  # noqa: SIM905 (shorter so)
)
HEDGES: Final = frozenset(
    """may might could possibly perhaps probably likely presumably potentially seem seems appear appears appeared
    suggest suggests suggested suggesting thought believed proposed hypothesized supposed assumed considered said
    speculated tend tends""".split()  # noqa: SIM905 (shorter so)
)
_CLASSES: Final[dict[Kind, str]] = {
    "be": "is are was were be been being becomes become became gets got getting remains",
    "have": "has have had having",
    "by": "by",
    "through": "via through using",
    "release": """release releases released releasing secrete secretes secreted secreting shed sheds shedding export
        exports exported exporting emit emits emitted discharge originate originates originating come comes coming
        stem stems stemming spill spills""",
    "send": """send sends sent sending deliver delivers delivered delivering pass passes passed passing transfer
        transfers transferred transferring shuttle shuttles shuttled shuttling transmit transmits transmitted
        transmitting transport transports transported ship ships shipped shipping hand hands handed travel travels carry
        carries carried carrying move moves moved bring brings brought reach reaches reached reaching enter enters
        entered supply supplies supplied convey conveys conveyed transferal delivery donate donates""",
    "receive": "receive receives received receiving internalize internalizes internalized absorb absorbs absorbed",
    "from": "from",
    "to": "to into toward towards onto",
    "place": "in inside within on at among during under between throughout across around after before against for with",
    "of": "of",
    "and": "and or & as",
    "which": "which that who whose",
    "bound": """while whereas although but though whereupon whereby thereby thus hence so when because since then if
        where therefore consequently meanwhile until yet""",
    "derived": "derived secreting-derived",
    "back": "back",
    "it": "it them",
}
BY_WORD: Final[dict[str, Kind]] = {word: kind for kind, words in _CLASSES.items() for word in words.split()}
