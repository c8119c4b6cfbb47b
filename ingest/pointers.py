"""Pointers: short texts that lead to a document without being part of what is quoted from it.

Learners seldom use the words of a note, so a document is also found by the questions it answers, by what it promises,
and by the quiz prompts that test it (never their answers). Knows texts. Does not know vectors or scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.concept_graph import ConceptGraph
from corpus.content import Document


@dataclass(frozen=True)
class Pointer:
    """`text` leads to the document with the id `document`."""

    document: str
    text: str


def pointers_to(
    documents: Sequence[Document],
    asked: Mapping[str, Sequence[str]],
    quizzes: Mapping[str, Sequence[Mapping[str, Any]]],
    graph: ConceptGraph,
) -> list[Pointer]:
    """Every pointer, those to one document next to each other.

    Args:
        asked: Questions in learners' words, by the document that answers them.
        quizzes: Quiz items by concept.
    """

    def texts(document: Document) -> list[str]:
        questions = asked.get(document.id, ())
        if document.concept is None:
            return [*questions, document.title, document.summary]
        prompts = [str(item.get("prompt", "")) for item in quizzes.get(document.concept, ())]
        return [*questions, document.summary, *graph[document.concept].terms, *prompts]

    return [
        Pointer(document.id, text)
        for document in documents
        for text in dict.fromkeys(text.strip() for text in texts(document) if text.strip())
    ]
