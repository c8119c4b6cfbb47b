"""Whatever becomes of a model, what is left is words or a reason."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.language_model import (
    Deadlines,
    InProcessModel,
    LanguageModel,
    ModelFailed,
    NoModel,
    Prompt,
    RemoteModel,
    UnusableModel,
    language_model,
    within_deadlines,
)
from backend.settings import BackendSettings
from tests.fakes import FakeModel, Pause, Provider, openai_server

PROMPT = Prompt("You are a tutor.", "What is a list?")
PATIENT = Deadlines(first=5, silence=5, total=10)


async def read(words: AsyncIterator[str], into: list[str]) -> None:
    async for word in words:
        into.append(word)


def said(model: LanguageModel, deadlines: Deadlines = PATIENT) -> tuple[list[str], str | None]:
    """What a model says in the end, and why it failed, if it did."""
    words: list[str] = []
    try:
        asyncio.run(read(within_deadlines(model.stream(PROMPT), deadlines), words))
    except ModelFailed as error:
        return words, str(error)
    return words, None


def settings(**given: object) -> BackendSettings:
    return BackendSettings.model_validate(given)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with openai_server() as started:
        yield started


def model_at(provider: Provider, tmp_path: Path, **given: object) -> LanguageModel:
    return language_model(settings(model="openai:gpt-x", model_url=provider.url, **given), tmp_path)


class TestDeadlines:
    def test_words_in_time_are_passed_on(self) -> None:
        assert said(FakeModel().will_say("one ", Pause(0.01), "two")) == (["one ", "two"], None)

    def test_a_slow_first_word_is_not_waited_for(self) -> None:
        words, reason = said(FakeModel().will_say(Pause(5), "late"), Deadlines(first=0.05, silence=5, total=5))
        assert (words, reason) == ([], "The language model did not begin within 0.05 seconds.")

    def test_silence_between_words_has_an_end(self) -> None:
        words, reason = said(FakeModel().will_say("one", Pause(5)), Deadlines(first=5, silence=0.05, total=5))
        assert (words, reason) == (["one"], "The language model fell silent and said nothing within 0.05 seconds.")

    def test_the_whole_has_an_end(self) -> None:
        drops = [piece for _ in range(40) for piece in ("drop ", Pause(0.02))]
        words, reason = said(FakeModel().will_say(*drops), Deadlines(first=5, silence=5, total=0.2))
        assert 0 < len(words) < 40
        assert reason == "The language model took longer than 0.2 seconds."

    def test_empty_words_are_no_beginning(self) -> None:
        model = FakeModel().will_say("", Pause(0.1), "word")
        assert said(model, Deadlines(first=5, silence=0.05, total=5)) == (["", "word"], None)


class TestNoModel:
    def test_it_is_what_none_means(self, tmp_path: Path) -> None:
        model = language_model(settings(model="none"), tmp_path)
        assert isinstance(model, NoModel)
        assert model.status.state == "none"

    def test_it_says_that_none_is_set(self) -> None:
        assert said(NoModel()) == ([], "No language model is set (STEPWISE_MODEL), so the notes are quoted.")


class TestProviders:
    def test_words_stream_from_any_compatible_server(self, provider: Provider, tmp_path: Path) -> None:
        model = model_at(provider, tmp_path)
        words, reason = said(model)
        assert isinstance(model, RemoteModel)
        assert (model.name, model.is_strong, model.status.state) == ("gpt-x", True, "ready")
        assert [word for word in words if word] == provider.pieces
        assert reason is None

    def test_the_server_gets_the_prompt_and_the_name_of_the_model(self, provider: Provider, tmp_path: Path) -> None:
        said(model_at(provider, tmp_path))
        request = provider.requests[0]
        assert request["model"] == "gpt-x"
        assert request["stream"] is True
        assert request["messages"] == [
            {"role": "system", "content": PROMPT.system},
            {"role": "user", "content": PROMPT.user},
        ]

    def test_a_used_up_quota_is_told_after_one_try(self, provider: Provider, tmp_path: Path) -> None:
        provider.status = 429
        words, reason = said(model_at(provider, tmp_path))
        assert words == []
        assert reason is not None
        assert "quota exceeded" in reason
        assert "\n" not in reason
        assert len(provider.requests) == 1

    def test_an_answer_that_is_broken_off_is_told(self, provider: Provider, tmp_path: Path) -> None:
        provider.breaks_after = 1
        words, reason = said(model_at(provider, tmp_path))
        assert "".join(words) == provider.pieces[0]
        assert reason is not None
        assert "broke off" in reason

    def test_a_server_that_is_gone_is_told(self, tmp_path: Path) -> None:
        with openai_server() as gone:
            pass
        words, reason = said(model_at(gone, tmp_path))
        assert words == []
        assert "broke off" in (reason or "")

    def test_a_missing_key_is_told_when_the_tutor_starts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        model = language_model(settings(model="openai:gpt-5"), tmp_path)
        assert isinstance(model, UnusableModel)
        assert model.status.state == "failed"
        assert model.status.reason is not None
        assert model.status.reason.startswith("The model openai:gpt-5 cannot be used: ")
        assert "\n" not in model.status.reason
        assert said(model) == ([], model.status.reason)

    def test_the_key_of_the_settings_is_enough(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        model = language_model(settings(model="openai:gpt-5", model_key="sk-1"), tmp_path)
        assert isinstance(model, RemoteModel)
        assert model.status.state == "ready"

    def test_a_missing_package_is_told_with_its_name(self, tmp_path: Path) -> None:
        model = language_model(settings(model="anthropic:claude", model_key="k"), tmp_path)
        assert isinstance(model, UnusableModel)
        assert "langchain-anthropic" in (model.status.reason or "")

    def test_an_unknown_provider_is_told(self, tmp_path: Path) -> None:
        model = language_model(settings(model="nobody:model"), tmp_path)
        assert isinstance(model, UnusableModel)
        assert "nobody" in (model.status.reason or "")

    def test_no_key_is_shown_by_an_error(self, provider: Provider, tmp_path: Path) -> None:
        provider.status = 401
        _, reason = said(model_at(provider, tmp_path, model_key="sk-very-secret"))
        assert "sk-very-secret" not in (reason or "sk-very-secret")


@pytest.fixture(scope="module")
def local(small_model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> InProcessModel:
    made = language_model(settings(model="local", model_file=small_model_file), tmp_path_factory.mktemp("home"))
    assert isinstance(made, InProcessModel)
    asyncio.run(made.loaded())
    return made


class TestTheLocalModel:
    def test_it_speaks_once_it_is_loaded(self, local: InProcessModel) -> None:
        words, reason = said(local, Deadlines(first=60, silence=20, total=90))
        assert local.status.state == "ready"
        assert reason is None
        assert "list" in "".join(words).lower()
        assert len(words) > 5

    def test_it_is_asked_about_one_passage_only(self, local: InProcessModel, small_model_file: Path) -> None:
        assert local.is_strong is False
        assert local.name == small_model_file.stem

    def test_without_its_file_it_says_how_to_fetch_it(self, tmp_path: Path) -> None:
        model = language_model(settings(model="local"), tmp_path)
        assert isinstance(model, InProcessModel)
        asyncio.run(model.loaded())
        assert model.status.state == "absent"
        assert "stepwise model pull" in (model.status.reason or "")
        assert said(model) == ([], model.status.reason)
