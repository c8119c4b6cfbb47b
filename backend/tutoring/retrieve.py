"""Ranks the passages of one snapshot for a question, and maps the question to a step and to concepts.

Knows scores. Does not know whether they are good enough: `backend.tutoring.gate` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp

import numpy as np

from backend.tutoring.answer import ConceptScore, StepGuess
from corpus.concept_graph import ConceptGraph
from ingest.embedding import Embedding, Vectors, mean_of
from ingest.late_interaction import TokenVectors, word_scores
from ingest.snapshots import IndexedPassage, OpenSnapshot

# Weights: docs/log.md. A passage is as good as its whole text, its words, its best single sentence, and the questions
# that its document is known to answer; the best ones are also compared with the question word by word.
KEYWORD_WEIGHT = 0.2
UNIT_WEIGHT = 0.6
POINTER_WEIGHT = 1.5
LATE_WEIGHT = 2.0
NAMED_CONCEPT_BONUS = 0.03
STEP_BONUS = 0.01
CANDIDATES = 60
"""How many passages one turn looks at."""

_DENSE_CANDIDATES = 40
_KEYWORD_CANDIDATES = 20
_POINTED_DOCUMENTS = 8
LATE_CANDIDATES = 40
_VOTERS = 8
_TEMPERATURE = 0.03


@dataclass(frozen=True)
class Asked:
    """A question with its unit vector, of shape (384,), and the vectors of its tokens, of shape (tokens, 384)."""

    text: str
    vector: Vectors
    tokens: Vectors

    @classmethod
    def of(cls, text: str, embedding: Embedding) -> "Asked":
        tokens = embedding.embed_tokens(text)
        return cls(text, mean_of(tokens), tokens)


@dataclass(frozen=True)
class Candidate:
    """A passage with its scores: `cosine` from -1 to 1, `score` the weighted sum that ranks."""

    entry: IndexedPassage
    cosine: float
    score: float

    @property
    def concept(self) -> str | None:
        return self.entry.passage.concept

    @property
    def step(self) -> int | None:
        return self.entry.passage.step


def retrieve(
    snapshot: OpenSnapshot,
    question: Asked,
    *,
    limit: int,
    step: int | None = None,
    kinds: Sequence[str] | None = None,
) -> list[Candidate]:
    """The best passages for a question, best first.

    Args:
        limit: How many to return at most.
        step: The step the learner works on; its passages get a small bonus that a clearly better match outweighs.
        kinds: Only passages of these kinds.
    """
    vector = question.vector
    nearest = snapshot.index.nearest(vector, max(limit, _DENSE_CANDIDATES), kinds)
    cosines = {hit.passage_id: hit.cosine for hit in nearest}
    keywords = snapshot.keywords.scores(question.text)
    best = float(keywords.max(initial=0.0)) or 1.0
    shared = {
        snapshot.passage_ids[position]: float(keywords[position])
        for position in np.argsort(-keywords)[:_KEYWORD_CANDIDATES]
        if keywords[position] > 0
    }
    pointers = snapshot.pointer_cosines(vector)
    pointed = nlargest(_POINTED_DOCUMENTS, pointers, key=pointers.__getitem__)
    others = dict.fromkeys([*shared, *(id_ for document in pointed for id_ in snapshot.passages_of(document))])
    rest = [id_ for id_ in others if id_ not in cosines and _is_kind(snapshot.passages[id_], kinds)]
    cosines |= {id_: float(vector @ other) for id_, other in snapshot.index.vectors(rest).items()}
    named = {concept.id for concept in snapshot.snapshot.graph.named_in(question.text)}

    def match(passage_id: str) -> float:
        best_unit = float(np.max(snapshot.unit_vectors(passage_id) @ vector, initial=0.0))
        pointer = pointers.get(snapshot.passages[passage_id].passage.document, 0.0)
        return (
            cosines[passage_id]
            + KEYWORD_WEIGHT * shared.get(passage_id, 0.0) / best
            + UNIT_WEIGHT * best_unit
            + POINTER_WEIGHT * pointer
        )

    def bonus(passage_id: str) -> float:
        passage = snapshot.passages[passage_id].passage
        is_of_step = step is not None and passage.step == step
        return NAMED_CONCEPT_BONUS * (passage.concept in named) + STEP_BONUS * is_of_step

    matches = {id_: match(id_) for id_ in cosines}
    first = nlargest(max(limit, LATE_CANDIDATES), matches, key=matches.__getitem__)
    words = {id_: word_match(question, snapshot.tokens_of(id_)[0]) for id_ in first[:LATE_CANDIDATES]}
    least = min(words.values(), default=0.0)  # What was not compared word by word is no better than the worst that was.
    total = 1 + KEYWORD_WEIGHT + UNIT_WEIGHT + POINTER_WEIGHT + LATE_WEIGHT
    scores = {id_: (matches[id_] + LATE_WEIGHT * words.get(id_, least)) / total + bonus(id_) for id_ in first}
    ranked = nlargest(limit, scores, key=scores.__getitem__)
    return [Candidate(snapshot.passages[id_], cosines[id_], scores[id_]) for id_ in ranked]


def word_match(question: Asked, tokens: TokenVectors) -> float:
    """How well the words of the question are met by a text, from -1 to 1."""
    return float(np.mean(np.max(word_scores(question.tokens, tokens), axis=1, initial=0.0)))


def concepts_of(candidates: Sequence[Candidate], graph: ConceptGraph, limit: int = 3) -> list[ConceptScore]:
    """The concepts that the best passages belong to, each with its best passage's score (at most 1).

    Courses and overviews belong to none; where nothing else was found, those count that they name.
    """
    best: dict[str, float] = {}
    for candidate in candidates:
        if candidate.concept is not None:
            best.setdefault(candidate.concept, candidate.score)
    if not best:
        for candidate in candidates:
            for concept in graph.named_in(candidate.entry.passage.text):
                best.setdefault(concept.id, candidate.score)
    return [
        ConceptScore(id=id_, name=graph[id_].name, score=round(min(1.0, max(0.0, score)), 4))
        for id_, score in list(best.items())[:limit]
    ]


def step_of(candidates: Sequence[Candidate], graph: ConceptGraph) -> StepGuess | None:
    """The step of the best passage that has one; its confidence is its share of the votes of the best passages."""
    voters = [candidate for candidate in candidates[:_VOTERS] if candidate.step is not None]
    if not voters:
        return None
    top = voters[0]
    weights = [exp((candidate.score - top.score) / _TEMPERATURE) for candidate in voters]
    agreeing = sum(weight for weight, voter in zip(weights, voters, strict=True) if voter.step == top.step)
    step = graph.step(top.step or 0)
    return StepGuess(number=step.number, id=step.id, title=step.title, confidence=round(agreeing / sum(weights), 3))


def _is_kind(entry: IndexedPassage, kinds: Sequence[str] | None) -> bool:
    return kinds is None or entry.passage.kind in kinds
