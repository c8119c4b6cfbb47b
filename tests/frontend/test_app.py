"""The chat page, run without a browser against the real backend in process."""

from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from streamlit.testing.v1 import AppTest

from backend.local_model import ModelStatus
from backend.main import create_app
from backend.settings import BackendSettings
from frontend.tutor_api import TutorApi
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from tests.fakes import FakeModel

PAGE = Path(__file__).parents[2] / "frontend" / "app.py"
QUESTION = "How do I filter a list in one line?"


def open_page(transport: httpx2.BaseTransport) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.session_state["api"] = TutorApi("http://testserver", transport=transport)
    return page.run()


def words(page: AppTest) -> str:
    """All that the page says, in order."""
    elements = [*page.markdown, *page.caption, *page.info, *page.error, *page.title, *page.header]
    return "\n".join(str(element.value) for element in elements)


@pytest.fixture
def page(client: TestClient) -> AppTest:
    return open_page(client._transport)


def test_a_new_page_offers_one_example_a_step(page: AppTest) -> None:
    labels = [button.label for button in page.button]
    assert len([label for label in labels if label.endswith("?")]) == 6
    assert QUESTION in labels
    assert not page.exception


def test_an_answer_shows_step_quotes_and_sources(page: AppTest) -> None:
    page.chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    shown = words(page)
    assert "Step 1: Python basics" in shown
    assert "To filter a list in one line" in shown
    assert page.expander[0].label.startswith("Sources (")
    assert any("To filter a list in one line" in str(quote.value) for quote in page.info)


def test_a_mark_leads_to_the_note_with_its_span(page: AppTest) -> None:
    page.chat_input[0].set_value(QUESTION).run()
    assert r"[\[1\]](http://testserver/notes/" in words(page)


def test_an_example_is_asked_by_a_click(page: AppTest) -> None:
    next(button for button in page.button if button.label == QUESTION).click().run()
    assert "To filter a list in one line" in words(page)


def test_a_follow_up_stays_in_the_conversation(page: AppTest) -> None:
    page.chat_input[0].set_value("What is gradient descent?").run()
    first = page.session_state["conversation_id"]
    page.chat_input[0].set_value("Can you give me an example of it?").run()
    assert page.session_state["conversation_id"] == first
    _, answer = page.session_state["turns"][1]
    assert answer["concepts"][0]["id"] == "gradient-descent"


def test_new_chat_forgets_the_conversation(page: AppTest) -> None:
    page.chat_input[0].set_value(QUESTION).run()
    next(button for button in page.button if button.label == "New chat").click().run()
    assert page.session_state["turns"] == []
    assert page.session_state["conversation_id"] is None
    assert "What would you like to understand?" in words(page)


def test_what_the_notes_do_not_cover_is_said(page: AppTest) -> None:
    page.chat_input[0].set_value("what is the best pizza in Rome").run()
    assert "do not cover" in words(page)
    assert not page.expander


def test_a_refused_question_is_explained_and_the_page_goes_on(page: AppTest) -> None:
    page.chat_input[0].set_value("x" * 30_000).run()
    assert "at most 20000" in words(page)
    page.chat_input[0].set_value(QUESTION).run()
    assert "To filter a list in one line" in words(page)


def test_an_explanation_follows_the_quotes(own_home: IngestSettings, embedding: Embedding) -> None:
    model = FakeModel().will_say("To filter a list in one line, put an if at the end.")
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding, model=model)
    with TestClient(app) as client:
        page = open_page(client._transport)
        page.chat_input[0].set_value(QUESTION).run()
    assert "**Explanation:**" in words(page)
    assert "Explained by fake" in words(page)


def test_a_model_on_its_way_is_shown_and_the_notes_are_quoted(own_home: IngestSettings, embedding: Embedding) -> None:
    on_its_way = ModelStatus("qwen", "fetching", progress=0.4, reason="The language model is being fetched (40%).")
    model = FakeModel(status=on_its_way)
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding, model=model)
    with TestClient(app) as client:
        page = open_page(client._transport)
        assert page.sidebar.get("progress")[0].proto.value == 40
        page.chat_input[0].set_value(QUESTION).run()
    assert "To filter a list in one line" in words(page)
    assert "The language model is being fetched (40%)." in words(page)


def test_a_picture_in_an_answer_is_never_loaded(own_home: IngestSettings, embedding: Embedding) -> None:
    model = FakeModel().will_say("To filter a list in one line, put an if ![at](http://evil.example/p.png) the end.")
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding, model=model)
    with TestClient(app) as client:
        page = open_page(client._transport)
        page.chat_input[0].set_value(QUESTION).run()
    assert "evil.example" not in words(page)


def test_a_tutor_that_is_not_there_is_an_error_with_a_way_out() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused")

    page = open_page(httpx2.MockTransport(refuse))
    assert not page.exception
    assert "make run" in page.error[0].value


def test_an_index_that_is_not_there_is_an_error_with_the_command(tmp_path: Path, embedding: Embedding) -> None:
    empty = IngestSettings(home=tmp_path / "home")
    with TestClient(create_app(BackendSettings(model="none"), empty, embedding=embedding)) as client:
        page = open_page(client._transport)
    assert "stepwise refresh" in page.error[0].value
