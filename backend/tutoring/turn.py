"""One turn, top to bottom: understand, retrieve, gate, quote, explain, verify, record.

`Tutor.begin` does all that can fail for reasons of the caller or the index, and finds the evidence; the turn it
returns then streams events and cannot fail: a model that breaks leaves the quotes standing.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from backend.errors import EmptyQuestion, TooLong, UnknownStep
from backend.language_model import Deadlines, LanguageModel, ModelFailed, Prompt, within_deadlines
from backend.learners.conversations import Conversations
from backend.metrics import Metrics
from backend.served import ServedSnapshot
from backend.tutoring.answer import (
    MAX_QUESTION_CHARACTERS,
    Answer,
    ConceptName,
    Done,
    Event,
    Intent,
    Message,
    Notice,
    Prerequisite,
    Question,
    Quote,
    Sentence,
    SentenceReady,
    Source,
    Sources,
    Token,
    Understood,
)
from backend.tutoring.clean import clean
from backend.tutoring.compose import (
    EXPLANATION,
    SMALL_TALK,
    explanation_piece,
    first_concepts,
    follow_ups,
    not_covered,
    partly_covered,
    quote_piece,
    source_of,
    source_of_passage,
)
from backend.tutoring.gate import is_covered
from backend.tutoring.prompts import explanation_prompt
from backend.tutoring.quote import Quotation, quote
from backend.tutoring.retrieve import CANDIDATES, Asked, Candidate, concepts_of, retrieve, step_of
from backend.tutoring.understand import PastTurn, intent_of, parts_of, standalone_question
from backend.tutoring.verify import Evidence, SentenceSplitter
from corpus.concept_graph import ConceptGraph
from ingest.embedding import Embedding
from ingest.passages import Passage
from ingest.snapshots import OpenSnapshot

_RICH_PASSAGES = 4
_REMEMBERED = 6  # Questions of a history: enough for a row of follow-ups, at 20 ms each.
_SENTENCE_ENDS = (".", "!", "?", ":", "`", "$", ")", '"')
_CLOSERS = " \n*_\u201d\u2019"
_REPEATS = "The language model began to repeat itself, so its explanation ends here."
_OFF_NOTES = "The language model's explanation did not rest on the notes, so only the quotes are shown."


@dataclass
class _Clock:
    """Milliseconds since the question came in, by stage."""

    started: float = field(default_factory=time.perf_counter)
    marks: dict[str, float] = field(default_factory=dict)
    _last: float | None = None

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.marks[stage] = round((now - (self._last or self.started)) * 1000, 1)
        self._last = now

    def since_start(self, stage: str) -> None:
        self.marks[stage] = round((time.perf_counter() - self.started) * 1000, 1)


@dataclass(frozen=True)
class _Found:
    """What the notes have on a question, before any model is asked."""

    question: Question
    conversation_id: str
    standalone: str
    intent: Intent
    snapshot: OpenSnapshot
    candidates: Sequence[Candidate]
    quotations: Sequence[Quotation]
    clock: _Clock
    left_open: Sequence[str] = ()
    """Parts of the question that the notes do not cover."""

    @property
    def is_answered(self) -> bool:
        return bool(self.quotations)


@dataclass(frozen=True)
class _Parts:
    """The questions of one that are covered, and those that are not."""

    covered: Sequence[str]
    uncovered: Sequence[str]


@dataclass(frozen=True)
class Tutor:
    """All that a turn needs, handed in."""

    served: ServedSnapshot
    embedding: Embedding
    model: LanguageModel
    conversations: Conversations
    deadlines: Deadlines
    metrics: Metrics

    async def begin(self, question: Question) -> "Turn":
        """Check the question and find what the notes have on it.

        Raises:
            EmptyQuestion, TooLong, UnknownStep: The request is wrong.
            NotReady: There is no index to answer from.
        """
        return Turn(self, await asyncio.to_thread(self._find, question))

    async def answer(self, question: Question) -> Answer:
        """A whole turn at once; raises as `begin` does."""
        return await (await self.begin(question)).answer()

    def _find(self, question: Question) -> _Found:
        clock = _Clock()
        text = _checked_text(question.question)
        snapshot = self.served.current()
        graph = snapshot.snapshot.graph
        _check_step(question.step, graph)

        conversation_id = question.conversation_id or self.conversations.new_id()
        past = self._past(question, snapshot)
        standalone = _standalone(text, past, snapshot)
        intent = intent_of(text)
        clock.lap("understand")

        if intent == "smalltalk":
            return _Found(question, conversation_id, standalone, intent, snapshot, (), (), clock)
        asked = Asked.of(standalone, self.embedding)
        candidates = retrieve(snapshot, asked, limit=CANDIDATES, step=question.step)
        clock.lap("retrieve")

        missing = self._uncovered_parts(standalone, snapshot)
        covered = is_covered(snapshot, asked, candidates) if missing is None else bool(missing.covered)
        if covered and missing is not None:
            asked = Asked.of(" ".join(missing.covered), self.embedding)
            candidates = retrieve(snapshot, asked, limit=CANDIDATES, step=question.step)
        quotations = quote(snapshot, candidates, asked) if covered else []
        clock.lap("quote")
        left_open = missing.uncovered if missing else ()
        return _Found(question, conversation_id, standalone, intent, snapshot, candidates, quotations, clock, left_open)

    def _uncovered_parts(self, question: str, snapshot: OpenSnapshot) -> _Parts | None:
        """Which parts of several questions in one are covered; None if it is one, or if all are alike."""
        verdicts: dict[bool, list[str]] = {True: [], False: []}
        parts = parts_of(question)
        for part in parts if len(parts) > 1 else ():
            asked = Asked.of(part, self.embedding)
            verdicts[is_covered(snapshot, asked, retrieve(snapshot, asked, limit=CANDIDATES))].append(part)
        return _Parts(verdicts[True], verdicts[False]) if all(verdicts.values()) else None

    def _past(self, question: Question, snapshot: OpenSnapshot) -> PastTurn | None:
        """The turn before: from the conversation, or worked out again from the caller's own history."""
        if question.conversation_id is not None:
            return self.conversations.last_turn(question.conversation_id)
        past: PastTurn | None = None
        for text in _asked_before(question.history):
            standalone = _standalone(text, past, snapshot)
            asked = Asked.of(standalone, self.embedding)
            candidates = retrieve(snapshot, asked, limit=CANDIDATES)
            covered = is_covered(snapshot, asked, candidates)
            past = PastTurn(text, standalone, _topic(candidates, snapshot) if covered else None)
        return past


class Turn:
    """A question whose evidence was found; `events` tells the rest as it happens."""

    def __init__(self, tutor: Tutor, found: _Found) -> None:
        self._tutor = tutor
        self._found = found
        self._sources: list[Source] = []
        self._sentences: list[Sentence] = []
        self._answer: list[str] = []
        self._announced = 0
        self._engine = "quote"
        self._degraded: str | None = None

    async def events(self) -> AsyncIterator[Event]:
        """Understood, sources and quotes at once; then the explanation; then the whole answer."""
        found = self._found
        answer = self._outline()
        yield Understood(step=answer.step, concepts=answer.concepts, standalone_question=answer.standalone_question)
        quotes = [self._quoted(quotation) for quotation in found.quotations]
        yield self._announce_sources()
        for position, sentence in enumerate(quotes):
            previous = self._sources[position - 1] if position else None
            self._answer.append(quote_piece(sentence, self._sources[position], previous))
            yield Quote(sentence=sentence)
        if found.is_answered and found.left_open:
            self._answer.append(partly_covered(found.left_open))
        found.clock.since_start("first_quote")
        if found.is_answered:
            async for event in self._explained():
                yield event
        else:
            self._answer.append(SMALL_TALK if found.intent == "smalltalk" else not_covered(answer.nearest))
        yield Done(answer=await self._finished(answer))

    async def answer(self) -> Answer:
        """The whole answer at once."""
        async for event in self.events():
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a turn ends with Done")

    def _outline(self) -> Answer:
        """The answer as far as it is known before anything is quoted."""
        found, graph = self._found, self._found.snapshot.snapshot.graph
        scores = concepts_of(found.candidates, graph)
        answer = Answer(
            conversation_id=found.conversation_id,
            snapshot=found.snapshot.id,
            question=found.question.question,
            standalone_question=found.standalone,
            intent=found.intent,
            status=("partial" if found.left_open else "answered") if found.is_answered else "not_covered",
        )
        if not found.is_answered:
            near = [graph[concept.id] for concept in scores] or first_concepts(found.snapshot)
            answer.nearest = [ConceptName(id=concept.id, name=concept.name) for concept in near]
            return answer
        answer.step = step_of(found.candidates, graph)
        answer.concepts = scores
        if scores:
            needed = (graph[id_] for id_ in graph[scores[0].id].prerequisites)
            answer.prerequisites = [Prerequisite(id=concept.id, name=concept.name) for concept in needed]
            answer.follow_ups = follow_ups(found.snapshot, scores[0].id, found.quotations)
        return answer

    async def _explained(self) -> AsyncIterator[Event]:
        """The model's sentences, each checked before it is shown."""
        model, mode = self._tutor.model, self._found.question.mode
        if mode == "quote" or (model.status.state == "none" and mode != "explain"):
            return
        if model.status.state != "ready":
            self._degraded = model.status.reason
            yield Notice(message=self._degraded or "")
            return
        held: list[Sentence] = []  # Sentences that rest on nothing wait until one that rests on the notes has come.
        is_grounded = False
        try:
            async for sentence in self._checked_sentences():
                held.append(sentence)
                is_grounded = is_grounded or sentence.origin == "model"
                if is_grounded:
                    for event in self._shown(held):
                        yield event
                    held.clear()
            if not is_grounded:
                raise ModelFailed(_OFF_NOTES)
        except ModelFailed as error:
            self._degraded = str(error)
            yield Notice(message=self._degraded)

    async def _checked_sentences(self) -> AsyncIterator[Sentence]:
        found, tutor = self._found, self._tutor
        passages = _passages_to_explain(found, _RICH_PASSAGES if tutor.model.is_strong else 1)
        evidence = Evidence.of(found.snapshot, passages, found.standalone)
        prompt = explanation_prompt(
            found.standalone, [passage for passage, _ in passages], is_rich=tutor.model.is_strong
        )
        said: set[str] = set()
        async for piece in self._pieces(prompt):
            if piece.strip() in said:
                raise ModelFailed(_REPEATS)
            said.add(piece.strip())
            if sentence := await self._checked(piece, evidence):
                yield sentence

    async def _pieces(self, prompt: Prompt) -> AsyncIterator[str]:
        """The model's words, cut into whole sentences."""
        splitter = SentenceSplitter()
        async with aclosing(within_deadlines(self._tutor.model.stream(prompt), self._tutor.deadlines)) as words:
            async for more in words:
                for piece in splitter.feed(more):
                    yield piece
        for piece in splitter.rest():
            # A model that ran out of tokens stops in the middle of a sentence: half a claim is not shown.
            if piece.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS):
                yield piece

    async def _checked(self, piece: str, evidence: Evidence) -> Sentence | None:
        text = clean(piece)
        if not any(letter.isalnum() for letter in text):
            return None
        vector = await asyncio.to_thread(self._tutor.embedding.embed_one, text.strip())
        attribution = evidence.attribute(text, vector)
        if attribution.quotation is None:
            return Sentence(text=text, origin="general", citations=[], support=attribution.support)
        source = self._source(attribution.quotation)
        return Sentence(text=text, origin="model", citations=[source.n], support=attribution.support)

    def _shown(self, sentences: Sequence[Sentence]) -> list[Event]:
        events: list[Event] = []
        if len(self._sources) > self._announced:
            events.append(self._announce_sources())
        for sentence in sentences:
            if self._engine == "quote":
                self._engine = self._tutor.model.name
                self._found.clock.since_start("first_token")
                words = EXPLANATION + explanation_piece(sentence, EXPLANATION)
            else:
                words = explanation_piece(sentence, self._answer[-1])
            self._answer.append(words)
            whole = sentence.model_copy(update={"text": sentence.text.strip()})
            self._sentences.append(whole)
            events += [Token(text=words), SentenceReady(sentence=whole)]
        return events

    def _announce_sources(self) -> Sources:
        self._announced = len(self._sources)
        return Sources(sources=list(self._sources))

    def _quoted(self, quotation: Quotation) -> Sentence:
        source = self._source(quotation)
        sentence = Sentence(text=quotation.text, origin="quote", citations=[source.n], support=1.0)
        self._sentences.append(sentence)
        return sentence

    def _source(self, quotation: Quotation) -> Source:
        """The source of a span; the same span is one source however often it is cited."""
        passage, unit = quotation.passage, quotation.unit
        for source in self._sources:
            if (source.passage_id, source.start, source.end) == (passage.id, unit.start, unit.end):
                return source
        source = source_of(len(self._sources) + 1, quotation, self._found.snapshot.id)
        self._sources.append(source)
        return source

    async def _finished(self, answer: Answer) -> Answer:
        found = self._found
        answer.engine = self._engine
        answer.degraded = self._degraded
        answer.sentences = self._sentences
        answer.sources = self._sources
        answer.answer = "".join(self._answer).strip()
        found.clock.since_start("total")
        answer.timings_ms = found.clock.marks
        topic = _topic(found.candidates, found.snapshot) if found.is_answered else None
        await asyncio.to_thread(self._tutor.conversations.record, answer, topic, found.question.learner_id)
        self._tutor.metrics.count(answer)
        return answer


def find_passages(
    tutor: Tutor, query: str, limit: int, step: int | None = None, kinds: Sequence[str] | None = None
) -> list[Source]:
    """The passages nearest to a query as sources that span all of them; raises as `Tutor.begin` does."""
    text = _checked_text(query)
    snapshot = tutor.served.current()
    _check_step(step, snapshot.snapshot.graph)
    found = retrieve(snapshot, Asked.of(text, tutor.embedding), limit=limit, step=step, kinds=kinds)
    return [source_of_passage(number, candidate, snapshot.id) for number, candidate in enumerate(found, start=1)]


def _checked_text(question: str) -> str:
    text = question.strip()
    if not text:
        raise EmptyQuestion
    if len(text) > MAX_QUESTION_CHARACTERS:
        raise TooLong(len(text), MAX_QUESTION_CHARACTERS)
    return text


def _check_step(step: int | None, graph: ConceptGraph) -> None:
    if step is not None and step not in {known.number for known in graph.steps}:
        raise UnknownStep(step, len(graph.steps))


def _standalone(text: str, past: PastTurn | None, snapshot: OpenSnapshot) -> str:
    return standalone_question(text, past, lambda words: bool(snapshot.snapshot.graph.named_in(words)))


def _asked_before(history: Sequence[Message]) -> list[str]:
    """The latest questions of a history, small talk apart."""
    said = [message.content.strip() for message in history if message.role == "user"]
    asked = [text for text in said if text and intent_of(text) != "smalltalk"]
    return [text[:MAX_QUESTION_CHARACTERS] for text in asked[-_REMEMBERED:]]


def _topic(candidates: Sequence[Candidate], snapshot: OpenSnapshot) -> str | None:
    """What a question turned out to be about, in words: the first concept, or else the title of the best document."""
    if not candidates:
        return None
    passage = candidates[0].entry.passage
    return snapshot.snapshot.graph[passage.concept].name_in_text if passage.concept else passage.title


def _passages_to_explain(found: _Found, limit: int) -> list[tuple[Passage, float]]:
    """The passages that were quoted, then the next best ones, each with its score."""
    scores = {quotation.passage.id: quotation.passage_score for quotation in found.quotations}
    scores |= {candidate.entry.passage.id: candidate.score for candidate in found.candidates}
    order = dict.fromkeys([quotation.passage.id for quotation in found.quotations] + list(scores))
    return [(found.snapshot.passages[id_].passage, scores[id_]) for id_ in list(order)[:limit]]
