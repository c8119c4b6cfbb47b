"""The authored graph of concepts: which step a concept belongs to and what must be known before it.

Knows the structure and the names of concepts. Does not know what the notes say about them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from corpus.content import Concept, Step

_LONG = 8


class ConceptGraph:
    """Steps and concepts in study order."""

    def __init__(self, steps: Iterable[Step], concepts: Iterable[Concept]) -> None:
        self.steps = tuple(steps)
        self.concepts: Mapping[str, Concept] = {concept.id: concept for concept in concepts}
        self._step_by_number = {step.number: step for step in self.steps}

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self.concepts

    def __getitem__(self, concept_id: str) -> Concept:
        return self.concepts[concept_id]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def step(self, number: int) -> Step:
        return self._step_by_number[number]

    def of_step(self, number: int) -> list[Concept]:
        return [concept for concept in self if concept.step == number]

    def ancestors(self, concept_id: str) -> set[str]:
        """Everything that comes before a concept, near and far."""
        found: set[str] = set()
        waiting = list(self[concept_id].prerequisites)
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self[current].prerequisites)
        return found

    def after(self, concept_id: str) -> list[Concept]:
        """The concepts that need this one directly."""
        return [concept for concept in self if concept_id in concept.prerequisites]

    def named_in(self, text: str) -> list[Concept]:
        """The concepts that a text names by name or alias, longest name first, no word counted twice."""
        return list({concept.id: concept for _, concept in self._names_in(text)}.values())

    def technical_terms(self, text: str) -> frozenset[str]:
        """The ids of the concepts that a text names with words that mean nothing else.

        Short single words are left out: "while", "set" and "mean" are seldom names.
        """
        terms = self._names_in(text)
        return frozenset(concept.id for name, concept in terms if len(name) >= _LONG or not name.isalpha())

    def _names_in(self, text: str) -> Iterator[tuple[str, Concept]]:
        lowered = text.lower()
        taken = [False] * len(lowered)
        for pattern, concept in self._patterns:
            for match in pattern.finditer(lowered):
                if not any(taken[match.start() : match.end()]):
                    taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                    yield match[0], concept

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Concept]]:
        terms = {(term.lower().replace("`", ""), concept.id) for concept in self for term in concept.terms}
        ordered = sorted(terms, key=lambda pair: (-len(pair[0]), pair))
        return [(_whole_words(term), self[concept_id]) for term, concept_id in ordered]


def _whole_words(term: str) -> re.Pattern[str]:
    """A term as whole words, in singular or plural."""
    stem = re.escape(term.removesuffix("s"))
    return re.compile(rf"(?<![\w-]){stem}(?:e?s)?(?![\w-])")
