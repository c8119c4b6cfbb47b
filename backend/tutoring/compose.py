"""Puts an answer together as Markdown: quotes, marks, sources, and what is said where there is no answer.

Knows how an answer reads. Does not choose what is in it.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from backend.tutoring.answer import ConceptName, Locator, Sentence, Source
from backend.tutoring.clean import clean
from backend.tutoring.quote import Quotation
from backend.tutoring.retrieve import Candidate
from corpus.content import Concept
from ingest.passages import sha256
from ingest.sentences import Unit
from ingest.snapshots import OpenSnapshot

SMALL_TALK = "Hello. Ask me anything on the path from Python basics to your first machine learning projects."
_NOT_COVERED = "The notes do not cover this question, so there is no answer with sources."
_NEAREST = "The nearest things they cover: {names}."
EXPLANATION = "\n\n**Explanation:** "
_GENERAL = " *(not from the notes)*"


def source_of(number: int, quotation: Quotation, snapshot_id: str) -> Source:
    """The citation of a span, with all that is needed to check it."""
    passage, unit = quotation.passage, quotation.unit
    first = passage.lines[0] + passage.text.count("\n", 0, unit.start)
    query = urlencode({"snapshot": snapshot_id, "passage": passage.id, "start": unit.start, "end": unit.end})
    return Source(
        n=number,
        passage_id=passage.id,
        kind=passage.kind,
        title=passage.title,
        heading=passage.heading,
        step=passage.step,
        concept=passage.concept,
        url=f"/notes/{passage.document}?{query}#{passage.anchor}",
        locator=Locator(
            path=passage.path,
            anchor=passage.anchor,
            lines=(first, first + quotation.text.count("\n")),
        ),
        quote=quotation.text,
        start=unit.start,
        end=unit.end,
        sha256=sha256(quotation.text),
        score=round(quotation.passage_score, 4),
    )


def source_of_passage(number: int, candidate: Candidate, snapshot_id: str) -> Source:
    """A whole passage as a source."""
    passage = candidate.entry.passage
    whole = Unit(0, len(passage.text), "sentence")
    return source_of(number, Quotation(passage, whole, candidate.score, candidate.score), snapshot_id)


def quote_piece(sentence: Sentence, source: Source, previous: Source | None) -> str:
    """What a quoted sentence adds to the answer's Markdown after the one before it.

    Sentences of one passage run on; another passage, a code block or a formula begins a paragraph.
    """
    words = f"{sentence.text}\n\n[{source.n}]" if _is_block(source) else with_marks(sentence)
    if previous is None:
        return words
    runs_on = previous.passage_id == source.passage_id and not _is_block(source) and not _is_block(previous)
    return (" " if runs_on else "\n\n") + words


def with_marks(sentence: Sentence) -> str:
    """A sentence with its source marks, or with the remark that it has none; white space at its end stays there."""
    words = sentence.text.rstrip()
    space = sentence.text[len(words) :]
    marks = "".join(f" [{number}]" for number in sentence.citations) if sentence.citations else _GENERAL
    return f"{words}\n\n{marks.strip()}{space}" if words.endswith("```") else f"{words}{marks}{space}"


def explanation_piece(sentence: Sentence, before: str) -> str:
    """What a model's sentence adds to the answer's Markdown after `before`; a code block begins a line of its own."""
    words = with_marks(sentence)
    return f"\n\n{words}" if words.startswith("```") and not before.endswith("\n") else words


def not_covered(nearest: Sequence[ConceptName]) -> str:
    if not nearest:
        return _NOT_COVERED
    return f"{_NOT_COVERED} {_NEAREST.format(names=', '.join(concept.name for concept in nearest))}"


def partly_covered(left_open: Sequence[str]) -> str:
    """What is said below the quotes when the notes cover only a part of a question."""
    parts = ", ".join(f"\u201c{clean(part.rstrip(' ?.!'))}\u201d" for part in left_open)
    return f"\n\nThe notes do not cover this part: {parts}."


def first_concepts(snapshot: OpenSnapshot) -> list[Concept]:
    """The first concept of each step that has a note: what to ask about when nothing was asked."""
    graph, documents = snapshot.snapshot.graph, snapshot.snapshot.documents
    with_notes = (
        [concept for concept in graph.of_step(step.number) if concept.id in documents] for step in graph.steps
    )
    return [concepts[0] for concepts in with_notes if concepts]


def follow_ups(snapshot: OpenSnapshot, concept_id: str, quoted: Sequence[Quotation]) -> list[str]:
    """Questions that the notes answer next: a belief to test, what comes before, and what comes after."""
    graph = snapshot.snapshot.graph
    documents = snapshot.snapshot.documents
    questions: list[str] = []
    cited = {quotation.passage.anchor for quotation in quoted}
    if note := documents.get(concept_id):
        beliefs = (section for section in note.sections if " > " in section.heading and section.anchor not in cited)
        if belief := next(beliefs, None):
            questions.append(f"True or false: {belief.heading.split(' > ', 1)[1]}?")
    before = [id_ for id_ in graph[concept_id].prerequisites if id_ in documents]
    after = [concept.id for concept in graph.after(concept_id) if concept.id in documents]
    questions += [f"What do I need to know about {graph[id_].name_in_text}?" for id_ in before[-1:]]
    questions += [f"What comes next: {graph[id_].name_in_text}?" for id_ in after[:1]]
    return questions


def _is_block(source: Source) -> bool:
    return source.quote.startswith(("```", "$$"))
