"""Does the evidence answer the question? A verdict, a confidence, and which case it is when it does not.

From what the best evidence holds (`qa.judging.weighing`), with the reason in words (`qa.judging.reasons`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.diseases import find_diseases
from index.drugs import find_drugs
from index.kind import is_kind
from index.mentions import NAMED, Mention, listed, symbols_in
from index.molecules import family, other_arm
from index.names import Name
from index.sites import find_sites
from index.tokens import name_words, without, words
from index.vocabulary import Asked
from index.words import WordIndex
from qa.judging.reasons import (
    NAMES_ALL,
    TOLD,
    MeantBy,
    apart,
    are,
    begun,
    here,
    named_nowhere,
    no_such,
    unanswered,
    unmentioned,
)
from qa.judging.weighing import Found
from qa.reading.question import ReadQuestion
from qa.results import Case, Support, Verdict
from qa.settings import Settings

_NAMES: Final = frozenset({"molecule", "symbol", "drug", "author", "table"})
"""The kinds that are asked about, rather than where something is asked about."""
_DOI_ONLY: Final = re.compile(r"(?:doi:?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)


def judge(
    question: ReadQuestion, asked: Asked, found: Found, known: WordIndex, settings: Settings, meant_by: MeantBy
) -> Support:
    """Verdict, confidence, case and reason, from what was found.

    Args:
        meant_by: gives what a word may be a slip of the pen for.
    """
    if len(known) == 0:
        return Support("absent", 0.0, "off-topic", "There is nothing in this library to search.")
    if is_kind(question.alone):
        return Support("absent", 0.0, "unknown-name", "The question names no microRNA: give its number, as in miR-21.")
    if _DOI_ONLY.fullmatch(question.alone):
        return Support("absent", 0.0, "off-topic", "A DOI cannot be searched for; ask about what that study found.")
    nowhere = [name for name in question.names if not any(map(known.frequency, asked.naming(name_words(name)[0])))]
    if nowhere and len(nowhere) == len(question.names):
        reason = named_nowhere([name.name for name in nowhere])
        if kin := listed([word.removeprefix("mir:").replace("mir-", "miR-") for word in family(nowhere, known)]):
            reason = f"{reason.removesuffix('.')}; of the same family, {kin} {'are' if ' and ' in kin else 'is'}."
        return Support("absent", 0.0, "unknown-name", reason)
    if reason := _wrong_arms(question.names, found):
        return Support("absent", 0.0, "unknown-name", reason)
    if question.authors and found.together and not found.apart and (untold := _untold(found)):
        reason = f"{here(found.together)}, but not together with {listed(untold[:TOLD])}."
        return Support("absent", min(found.confidence, settings.absent / 2), "unknown-relation", reason)
    case, reason = _case(question, found, known, settings, meant_by)
    confidence = found.confidence
    if confidence < settings.supported and found.together and not found.apart and _is_all_names(question):
        confidence = settings.supported  # it asks what there is on them, and there is something
        case, reason = None, NAMES_ALL
    if confidence >= settings.absent and (cap := _cap(question, asked, found, known, case, reason)):
        confidence = min(confidence, (settings.absent + settings.supported) / 2)
        case, reason = cap
    confidence = round(confidence, 4)
    verdict: Verdict = (
        "supported" if confidence >= settings.supported else "absent" if confidence < settings.absent else "partial"
    )
    return Support(verdict, confidence, None if verdict == "supported" else case or "unknown-relation", reason)


def _cap(
    question: ReadQuestion, asked: Asked, found: Found, known: WordIndex, case: Case | None, reason: str
) -> tuple[Case, str] | None:
    """Why the evidence answers in part at most, however near and alike it is; None where nothing stands against it."""
    nowhere = [name for name in question.names if not any(map(known.frequency, asked.naming(name_words(name)[0])))]
    if nowhere:
        return "unknown-name", named_nowhere([name.name for name in nowhere])
    if unsure := _arm_unsaid(question.names, asked, known):
        return "unknown-name", unsure
    if case is not None:
        return case, reason
    if found.strange:
        return "unknown-name", named_nowhere(found.strange[:TOLD])
    if found.by_title:
        texts = [one.text for one in found.together if one.kind in NAMED or one in found.by_title]
        stand = "stand together" if len(texts) > 1 else "stand" if are(texts) == "are" else "stands"
        which: Case = "unknown-relation" if len(texts) > 1 else "unknown-name"
        return which, f"{begun(listed(texts))} {stand} only in headings, or in titles of studies that are cited here."
    if found.lacks_number:
        return "unknown-relation", "The question asks for a number; the best evidence gives none."
    return None


def _case(
    question: ReadQuestion, found: Found, known: WordIndex, settings: Settings, meant_by: MeantBy
) -> tuple[Case | None, str]:
    """What is missing, and in words; no case where one record holds together all that is demanded."""
    named = [demand for demand in found.together if demand.kind != "attribute"]
    for demand in found.nowhere:
        if demand.kind in _NAMES:
            return "unknown-name", no_such(demand)
    if found.apart:
        first = found.apart[0]
        case: Case = "unknown-relation" if first.kind in _NAMES else "other-context"
        return case, apart(first, named, found, meant_by)
    if found.confidence >= settings.absent:
        return None, unmentioned(found, meant_by, settings)
    return _nothing_there(question, named, found, known, meant_by)


def _nothing_there(
    question: ReadQuestion, named: Sequence[Mention], found: Found, known: WordIndex, meant_by: MeantBy
) -> tuple[Case, str]:
    """What is missing where nothing stands apart, and yet nothing answers."""
    occurs = any(map(known.frequency, words(question.alone)))
    if found.strange and occurs:
        there = f", unlike {listed([demand.text for demand in named])}." if named else "."
        return "unknown-name", f"{named_nowhere(found.strange[:TOLD]).removesuffix('.')}{there}"
    if named:
        return "unknown-relation", unanswered(named, found, meant_by)
    for word in found.unsaid:
        if meant := meant_by(word):
            return "unknown-name", f"{word} is named nowhere in these documents; {meant} is."
    if len(found.strange) in {1, 2} and not occurs:
        return "unknown-name", named_nowhere(found.strange)
    if occurs:
        return "unknown-relation", "Some words of the question occur in these documents, but nothing answers it."
    return "off-topic", "These documents are about something else, or in another language than the question."


def _untold(found: Found) -> tuple[str, ...]:
    """The words that no study by the authors is told with; everyday ones where none of the others is asked."""
    if found.strange:  # nobody's study tells of them, which says more
        return ()
    return found.unsaid or (found.reworded if found.coverage == 0 else ())


def _is_all_names(question: ReadQuestion) -> bool:
    """True where nothing is left of a question without its molecules, genes, drugs, diseases, cancers and organs."""
    rest = without(question.alone, question.names)
    sites = (site.text for site in find_sites(rest))
    for name in (*symbols_in(rest), *find_drugs(rest), *find_diseases(rest), *sites):
        rest = rest.replace(name, " ")
    return not words(rest)


def _wrong_arms(names: Sequence[Name], found: Found) -> str:
    """That only the other arm of the molecule asked about is named; "" where that is not so."""
    if not any(demand.kind == "molecule" for demand in found.nowhere):
        return ""
    arms = [(name.name, other.name) for name in names if (other := other_arm(name))]
    return " ".join(f"{name} is named nowhere in these documents; its other arm, {other}, is." for name, other in arms)


def _arm_unsaid(names: Sequence[Name], asked: Asked, known: WordIndex) -> str:
    """That a molecule is named without the arm asked about; "" where that is not so."""
    for name in names:
        if any(map(known.frequency, asked.naming(name_words(name)[-1]))):
            continue
        if name.name.endswith("*"):  # which arm that was is told by the strength of each, not by the name
            return f"These documents name {name.base}, but not as {name.name}."
        if other := other_arm(name):
            arm = f", and {other.name}" if known.frequency(name_words(other)[-1]) else ""
            return f"These documents name {name.base} without saying which arm{arm}; {name.name} is not named as such."
    return ""
