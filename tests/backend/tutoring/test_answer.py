"""The events as they go over the wire."""

import json

from backend.tutoring.answer import Answer, Done, Failed, Notice, Sentence, SentenceReady, Token, event_data


def test_done_carries_the_answer_itself() -> None:
    answer = Answer(conversation_id="con_1", snapshot="s", question="q", standalone_question="q", status="not_covered")
    assert json.loads(event_data(Done(answer=answer))) == answer.model_dump(mode="json")


def test_an_answer_has_every_field_of_the_contract() -> None:
    answer = Answer(conversation_id="con_1", snapshot="s", question="q", standalone_question="q", status="not_covered")
    assert set(answer.model_dump()) == {
        *("id", "conversation_id", "snapshot", "question", "standalone_question", "intent", "status", "engine"),
        *("degraded", "step", "concepts", "prerequisites", "sentences", "answer", "sources", "nearest"),
        *("follow_ups", "timings_ms"),
    }
    assert answer.id.startswith("ans_")


def test_other_events_carry_their_fields_without_their_name() -> None:
    sentence = Sentence(text="It falls.", origin="general", citations=[], support=0.1)
    assert json.loads(event_data(Token(text="It"))) == {"text": "It"}
    assert json.loads(event_data(Notice(message="slow"))) == {"message": "slow"}
    assert json.loads(event_data(SentenceReady(sentence=sentence))) == {"sentence": sentence.model_dump()}
    assert json.loads(event_data(Failed(problem={"status": 500}))) == {"problem": {"status": 500}}


def test_an_event_never_breaks_out_of_its_line() -> None:
    assert "\n" not in event_data(Token(text="one\n\nevent: done\ndata: {}"))
