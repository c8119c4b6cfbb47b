"""Where the state lives and what is indexed, from the environment (`STEPWISE_*`)."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.reader import CORPUS_FOLDER


def _default_home() -> Path:
    """`.stepwise` in the project folder, or in the working folder when the packages are installed elsewhere."""
    project = CORPUS_FOLDER.parent
    return (project if (project / "pyproject.toml").exists() else Path.cwd()) / ".stepwise"


class IngestSettings(BaseSettings):
    """Settings of ingest; each field is the environment variable `STEPWISE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="STEPWISE_", env_ignore_empty=True)

    home: Path = Field(default_factory=_default_home, description="Folder of all state: snapshots, models, database")
    corpus: Path = Field(default=CORPUS_FOLDER, description="Folder of the curriculum that is indexed")
    keep_snapshots: int = Field(default=3, ge=1, description="How many snapshots stay complete after a refresh")


@lru_cache
def ingest_settings() -> IngestSettings:
    return IngestSettings()
