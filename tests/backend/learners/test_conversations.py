"""What is remembered of a conversation."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.learners.conversations import Conversations
from backend.learners.database import ConversationRow, Database, TurnRow
from backend.tutoring.answer import Answer, Intent
from backend.tutoring.understand import PastTurn


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database.at(None, tmp_path)
    made.upgrade()
    return made


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def answer(conversation: str, question: str, intent: Intent = "question") -> Answer:
    return Answer(
        conversation_id=conversation,
        snapshot="s",
        question=question,
        standalone_question=f"{question}!",
        status="answered",
        intent=intent,
    )


def test_a_new_conversation_has_no_past(conversations: Conversations) -> None:
    assert conversations.last_turn(conversations.new_id()) is None


def test_ids_are_never_given_twice(conversations: Conversations) -> None:
    assert len({conversations.new_id() for _ in range(100)}) == 100


def test_the_last_turn_is_remembered_with_its_topic(conversations: Conversations) -> None:
    conversations.record(answer("con_1", "one"), "lists", None)
    conversations.record(answer("con_1", "two"), "sets", None)
    conversations.record(answer("con_2", "three"), None, None)
    assert conversations.last_turn("con_1") == PastTurn("two", "two!", "sets")
    assert conversations.last_turn("con_2") == PastTurn("three", "three!", None)


def test_small_talk_is_recorded_but_is_no_turn_to_lean_on(conversations: Conversations, database: Database) -> None:
    conversations.record(answer("con_1", "one"), "lists", None)
    conversations.record(answer("con_1", "thanks", intent="smalltalk"), None, None)
    assert conversations.last_turn("con_1") == PastTurn("one", "one!", "lists")
    with database.session() as session:
        assert len(session.scalars(sa.select(TurnRow)).all()) == 2


def test_the_whole_answer_is_kept_with_the_learner(conversations: Conversations, database: Database) -> None:
    given = answer("con_1", "one")
    conversations.record(given, "lists", "ada")
    with database.session() as session:
        conversation = session.get_one(ConversationRow, "con_1")
        assert conversation.learner_id == "ada"
        assert [Answer.model_validate(turn.answer) for turn in conversation.turns] == [given]


def test_what_was_said_outlives_the_process(conversations: Conversations, database: Database) -> None:
    conversations.record(answer("con_1", "one"), "lists", None)
    database.close()
    again = Database(database.url)
    again.upgrade()
    assert Conversations(again).last_turn("con_1") == PastTurn("one", "one!", "lists")


def test_answers_of_many_threads_are_all_recorded(conversations: Conversations, database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: conversations.record(answer(f"con_{n % 4}", str(n)), None, None), range(40)))
    with database.session() as session:
        assert len(session.scalars(sa.select(TurnRow)).all()) == 40
