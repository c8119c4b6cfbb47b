"""The rules that hold the house together: who may import whom, and what may not be in the code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "ingest", "backend", "frontend")
SOURCES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "exercises" not in path.parts
)


def test_folders_import_only_from_their_left() -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path} has no docstring"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_data_is_never_unpickled(path: Path) -> None:
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    }
    forbidden = {"pickle.load", "pickle.loads", "torch.load", "yaml.unsafe_load", "eval", "exec"}
    if path.name == "lint_worker.py":
        forbidden.remove("exec")  # Running the code of the corpus is what it is for.
    assert not calls & forbidden
    assert "trust_remote_code" not in path.read_text("utf-8")


def test_there_is_no_drawer_for_everything() -> None:
    names = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}
    assert not names & {"common", "utils", "util", "helpers", "core", "misc", "manager", "service"}


def test_the_environment_is_read_in_the_settings_only() -> None:
    readers = {path.relative_to(ROOT).as_posix() for path in SOURCES if "os.environ" in path.read_text("utf-8")}
    # The page has no settings class, the package sets one OpenMP variable, and children get their parent's environment.
    handed_on = {"backend/running.py", "backend/evaluation/speed.py", "corpus/lint_code.py"}
    assert readers <= {"frontend/tutor_api.py", "backend/__init__.py", *handed_on}
