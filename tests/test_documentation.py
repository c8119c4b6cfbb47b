"""What the documentation says is true: settings, commands, files, links."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic_settings import BaseSettings
from typer.testing import CliRunner

from backend.cli import app
from backend.settings import BackendSettings
from ingest.settings import IngestSettings

ROOT = Path(__file__).parent.parent
SETTINGS_PAGE = ROOT / "docs" / "settings.md"
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "corpus/README.md", *(ROOT / "docs").rglob("*.md")]
)


def settings_page() -> str:
    """The page that lists every setting, as it should be."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. This page is made from the settings classes; a test checks it.",
        "",
        "| variable | default | what |",
        "| --- | --- | --- |",
    ]
    for settings in (IngestSettings, BackendSettings):
        lines += [_row(settings, name) for name in settings.model_fields]
    lines += [
        "| `STEPWISE_URL` | `http://127.0.0.1:8000` | Where the page finds the API |",
        "",
        "`--model`, `--port` and `--page-port` of `stepwise up` go before the environment.",
        "",
    ]
    return "\n".join(lines)


def _row(settings: type[BaseSettings], name: str) -> str:
    field = settings.model_fields[name]
    computed = {"home": "`.stepwise` in the project folder", "corpus": "`corpus` in the project folder"}
    default = computed.get(name) or ("unset" if field.default in (None, "") else f"`{field.default}`")
    return f"| `STEPWISE_{name.upper()}` | {default} | {field.description} |"


def test_the_page_of_settings_lists_every_setting() -> None:
    assert SETTINGS_PAGE.read_text("utf-8") == settings_page(), "run `python -m tests.test_documentation`"


@pytest.mark.parametrize(
    "command", [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
)
def test_every_command_is_in_the_readme_and_has_help(command: str) -> None:
    assert f"stepwise {command}" in README
    help_text = CliRunner().invoke(app, [command, "--help"])
    assert help_text.exit_code == 0
    assert len(help_text.stdout.split()) > 8


def test_every_file_in_the_tree_of_the_readme_exists() -> None:
    tree = re.search(r"```text tree\n(.*?)```", README, re.DOTALL)
    assert tree is not None
    named = [line.split()[0] for line in tree[1].splitlines() if line.strip() and not line.startswith(" " * 40)]
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_compose_has_backend_page_state_and_an_optional_model_server() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    services = compose["services"]
    assert {"backend", "page"} <= services.keys()
    assert services["ollama"]["profiles"] == ["ollama"]
    assert services["backend"]["volumes"] == ["state:/state"]
    assert services["backend"]["environment"]["STEPWISE_HOME"] == "/state"
    assert services["page"]["environment"]["STEPWISE_URL"] == "http://backend:8000"
    known = {f"STEPWISE_{name.upper()}" for name in [*IngestSettings.model_fields, *BackendSettings.model_fields]}
    used = {name for service in ("backend", "page") for name in services[service]["environment"]}
    assert used <= known | {"STEPWISE_URL"}
    for service in services.values():
        assert set(service.get("volumes", [])) <= {"state:/state", "ollama:/root/.ollama"}


if __name__ == "__main__":
    SETTINGS_PAGE.write_text(settings_page(), "utf-8")
