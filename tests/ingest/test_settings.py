from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.reader import CORPUS_FOLDER
from ingest.settings import IngestSettings, ingest_settings


def test_the_home_is_in_the_project_folder_wherever_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert IngestSettings().home == CORPUS_FOLDER.parent / ".stepwise"


def test_the_home_of_an_installed_package_is_in_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ingest.settings.CORPUS_FOLDER", tmp_path / "site-packages" / "corpus")
    monkeypatch.chdir(tmp_path)
    assert IngestSettings().home == tmp_path / ".stepwise"


def test_the_shipped_corpus_is_indexed() -> None:
    assert IngestSettings().corpus == CORPUS_FOLDER


def test_the_environment_wins_over_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEPWISE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STEPWISE_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("STEPWISE_KEEP_SNAPSHOTS", "7")
    settings = IngestSettings()
    assert (settings.home, settings.corpus, settings.keep_snapshots) == (tmp_path / "home", tmp_path / "corpus", 7)


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWISE_HOME", "")
    monkeypatch.setenv("STEPWISE_KEEP_SNAPSHOTS", "")
    assert IngestSettings() == IngestSettings(home=CORPUS_FOLDER.parent / ".stepwise", keep_snapshots=3)


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_at_least_one_snapshot_is_kept(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("STEPWISE_KEEP_SNAPSHOTS", number)
    with pytest.raises(ValidationError, match="keep_snapshots"):
        IngestSettings()


def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ingest_settings.cache_clear()
    first = ingest_settings()
    monkeypatch.setenv("STEPWISE_HOME", str(tmp_path))
    assert ingest_settings() is first


@pytest.mark.parametrize("name", IngestSettings.model_fields)
def test_every_setting_says_what_it_is(name: str) -> None:
    assert IngestSettings.model_fields[name].description
