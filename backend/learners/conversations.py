"""Conversations: what was asked and answered, so that a follow-up is understood and an old answer can be seen again."""

from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend.learners.database import ConversationRow, Database, TurnRow
from backend.tutoring.answer import Answer
from backend.tutoring.understand import PastTurn

_NEWEST = 10


class Conversations:
    """Reads and writes conversations in the database of learner state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def new_id() -> str:
        return f"con_{uuid4().hex[:20]}"

    def last_turn(self, conversation_id: str) -> PastTurn | None:
        """What was asked last in a conversation, small talk apart; None if it is new."""
        turns = select(TurnRow).where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.id.desc())
        with self._database.session() as session:
            newest = session.scalars(turns.limit(_NEWEST))
            asked = (row for row in newest if row.answer["intent"] != "smalltalk")
            row = next(asked, None)
            return PastTurn(row.question, row.standalone_question, row.topic) if row else None

    def record(self, answer: Answer, topic: str | None, learner_id: str | None) -> None:
        """Add a turn, and the conversation with its first turn."""
        try:
            self._record(answer, topic, learner_id)
        except IntegrityError:  # Another turn of this new conversation was quicker: now the conversation is there.
            self._record(answer, topic, learner_id)

    def _record(self, answer: Answer, topic: str | None, learner_id: str | None) -> None:
        with self._database.session() as session:
            if session.get(ConversationRow, answer.conversation_id) is None:
                session.add(ConversationRow(id=answer.conversation_id, learner_id=learner_id))
                session.flush()
            session.add(
                TurnRow(
                    conversation_id=answer.conversation_id,
                    question=answer.question,
                    standalone_question=answer.standalone_question,
                    topic=topic,
                    answer=answer.model_dump(mode="json"),
                )
            )
