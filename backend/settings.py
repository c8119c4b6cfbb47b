"""How the tutor answers and where it listens, from the environment (`STEPWISE_*`)."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

ModelSpec = Annotated[str, StringConstraints(pattern=r"^(none|local|[a-z0-9_]+:\S+)$")]


class BackendSettings(BaseSettings):
    """Settings of the backend; each field is the environment variable `STEPWISE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="STEPWISE_", env_ignore_empty=True, protected_namespaces=())

    host: str = Field(default="127.0.0.1", description="Address that the API listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="Port of the API")
    page_port: int = Field(default=8501, ge=1, le=65535, description="Port of the chat page")
    public_url: str = Field(default="", description="Address put before links to notes, such as https://tutor.example")

    model: ModelSpec = Field(default="local", description="`none`, `local`, or `provider:name` such as `openai:gpt-5`")
    model_url: str | None = Field(default=None, description="Base URL of an OpenAI-compatible server for the model")
    model_key: SecretStr | None = Field(default=None, description="Key for the model's provider or server")
    model_file: Path | None = Field(default=None, description="Another GGUF file for `local`")
    model_threads: int = Field(default=2, ge=1, description="CPU threads of the local model")
    fetch_model: bool = Field(default=False, description="Fetch the local model in the background when it is missing")

    first_token_seconds: float = Field(default=60, gt=0, description="How long a model may think before its first word")
    silence_seconds: float = Field(default=20, gt=0, description="How long a model may pause between words")
    explanation_seconds: float = Field(default=180, gt=0, description="How long an explanation may take in all")

    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL for learner state; by default SQLite in the home folder"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )


@lru_cache
def backend_settings() -> BackendSettings:
    return BackendSettings()
