"""Which mechanisms of a record are about what a question, or a limit, names: the record may say other things too."""

from __future__ import annotations

from collections.abc import Sequence

from index.molecules import named_in
from index.names import Name, find_names
from index.sites import Site, find_sites
from index.tokens import words
from qa.mechanisms.genes import genes_in
from qa.reading.question import ReadQuestion
from qa.results import Mechanism, Slot
from qa.scope import Scope


def within(scope: Scope, mechanisms: Sequence[Mechanism], text: str) -> tuple[Mechanism, ...]:
    """Of the mechanisms of a record that is within a scope, those that are so themselves, in their order.

    A mechanism must name one of the scope's names, a microRNA in a cell, anything else in its sentence or row; where no
    sentence does, the record goes by another name for it, and all its mechanisms are on it. A mechanism that names
    cancers must name one of the scope's; one that names none goes by its record.

    Args:
        text: of the document.
    """
    found = list(mechanisms)
    if scope.names:
        naming = [[on_name(name, each, text) for each in found] for name in scope.names]
        known = [said for said in naming if any(said)]
        other = any(not find_names(name) and not any(said) for name, said in zip(scope.names, naming, strict=True))
        if not other:
            found = [each for place, each in enumerate(found) if any(said[place] for said in known)]
    if scope.cancers:
        found = [each for each in found if not each.cancer or any(on_cancer(cancer, each) for cancer in scope.cancers)]
    return tuple(found)


def on_name(name: str, mechanism: Mechanism, text: str) -> bool:
    """Whether a mechanism names what `name` does: a microRNA by `index.molecules.named_in`, else all of its words."""
    molecules = find_names(name)
    if molecules:
        return on_molecules(molecules, mechanism)
    said = {*words(text[mechanism.start : mechanism.end]), *_held(cells(mechanism))}
    return said.issuperset(words(name))


def on_molecules(names: Sequence[Name], mechanism: Mechanism) -> bool:
    """Whether one of its cells names one of the molecules; near names are others."""
    return named_in(names, _held(cells(mechanism)))


def on_cancer(cancer: str, mechanism: Mechanism) -> bool:
    """Whether it names the cancer, in lay or clinical words; an organ stands for its cancer."""
    asked = {site.site for site in find_sites(cancer)}
    if asked:
        return bool(asked & _sites(mechanism))
    return _held(mechanism.cancer).issuperset(words(cancer))


def answering(read: ReadQuestion, mechanisms: Sequence[Mechanism]) -> tuple[Mechanism, ...]:
    """The mechanisms that speak of what the question names, in their order.

    Of a question that names microRNAs, only those that name one of them. Of one that names genes, those of them that
    name one too, and of one that names cancers, those that name one of them or none; where there are no such, all.
    """
    found = [each for each in mechanisms if not read.names or on_molecules(read.names, each)]
    genes = [{*words(gene.name)} for gene in genes_in(read.alone)]
    acting = [each for each in found if any(_held((*each.target, *each.pathway)) >= gene for gene in genes)]
    found = acting or found
    asked = {site.site for site in read.sites if site.disease}
    there = [each for each in found if not asked or not each.cancer or asked & _sites(each)]
    return tuple(there or found)


def cells(mechanism: Mechanism) -> tuple[Slot, ...]:
    """Every filled cell but the direction, left to right."""
    left = (*mechanism.molecule, *mechanism.source, *mechanism.recipient, *mechanism.target)
    return (*left, *mechanism.pathway, *mechanism.effect, *mechanism.cancer)


def _held(slots: Sequence[Slot]) -> set[str]:
    return {word for slot in slots for part in (slot.name, slot.text) for word in words(part)}


def _sites(mechanism: Mechanism) -> set[str]:
    found: list[Site] = []
    for slot in mechanism.cancer:
        found += [*find_sites(slot.text), *find_sites(slot.name)]
    return {site.site for site in found}
