"""Settings come from the environment and are checked."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from backend.settings import BackendSettings


def test_the_environment_wins_over_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"PORT": "9000", "MODEL": "openai:gpt-5", "MODEL_FILE": "/m.gguf", "FETCH_MODEL": "1", "MODEL_KEY": "sk-1"}
    for name, value in given.items():
        monkeypatch.setenv(f"STEPWISE_{name}", value)
    settings = BackendSettings()
    assert (settings.port, settings.model, settings.model_file) == (9000, "openai:gpt-5", Path("/m.gguf"))
    assert settings.fetch_model is True


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWISE_MODEL", "")
    monkeypatch.setenv("STEPWISE_PORT", "")
    assert (BackendSettings().model, BackendSettings().port) == ("local", 8000)


def test_the_tutor_listens_to_this_machine_only() -> None:
    assert BackendSettings().host == "127.0.0.1"


def test_a_key_is_never_shown() -> None:
    settings = BackendSettings.model_validate({"model_key": "sk-very-secret"})
    assert "sk-very-secret" not in f"{settings!r}{settings}{settings.model_dump_json()}"


@pytest.mark.parametrize("model", ["none", "local", "openai:gpt-5", "ollama:qwen2.5:7b", "google_genai:gemini"])
def test_models_are_none_local_or_of_a_provider(model: str) -> None:
    assert BackendSettings.model_validate({"model": model}).model == model


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", "gpt-5"),
        ("model", "openai:"),
        ("model", "Local"),
        ("port", 0),
        ("port", 65536),
        ("port", "http"),
        ("page_port", -1),
        ("model_threads", 0),
        ("first_token_seconds", 0),
        ("silence_seconds", -1),
        ("explanation_seconds", "long"),
        ("fetch_model", "maybe"),
        ("log_level", "LOUD"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        BackendSettings.model_validate({name: value})
    assert refused.value.errors()[0]["loc"] == (name,)
