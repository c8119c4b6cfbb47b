"""The `stepwise` command. Each command reads its options, calls one function, and prints what came of it.

Exit codes: 0 done, 1 could not, 2 wrong usage.
"""

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.settings import BackendSettings, backend_settings
from ingest.settings import ingest_settings

app = typer.Typer(
    name="stepwise",
    help="A tutor for people who learn machine learning by themselves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
model_app = typer.Typer(help="The local language model.", no_args_is_help=True)
app.add_typer(model_app, name="model")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ModelOption = Annotated[str | None, typer.Option("--model", help="none, local, or provider:name.")]
Port = Annotated[int | None, typer.Option("--port", help="Port of the API.")]
PagePort = Annotated[int | None, typer.Option("--page-port", help="Port of the page.")]


def main() -> None:
    """The console script."""
    with _errors_as_one_line():
        logging.basicConfig(level=backend_settings().log_level, format="%(levelname)s %(name)s: %(message)s")
        for noisy in ("httpx", "httpx2", "sentence_transformers", "alembic"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        app()


@app.command()
def up(
    model: ModelOption = None,
    port: Port = None,
    page_port: PagePort = None,
    no_page: Annotated[bool, typer.Option("--no-page", help="Start the API alone.")] = False,
) -> None:
    """Set up what is missing, start the tutor and its page, and print both addresses."""
    from backend.running import Processes, backend_command, check_ports, page_command, wait_until_ready
    from backend.terminal import say

    settings = _settings(model=model, port=port, page_port=page_port)
    check_ports(settings.host, port=settings.port, **({} if no_page else {"page_port": settings.page_port}))
    api = f"http://{settings.host}:{settings.port}"
    environment = {
        "STEPWISE_MODEL": settings.model,
        "STEPWISE_PORT": str(settings.port),
        "STEPWISE_FETCH_MODEL": "1",
        "STEPWISE_URL": api,
    }
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # Stopped either way, it takes both processes along.
    with Processes() as processes:
        processes.start("API", backend_command(settings), environment)
        _refresh(force=False, dry_run=False)
        wait_until_ready(api, lambda: processes.first_ended() is not None)
        if not no_page:
            processes.start("page", page_command(settings), environment)
            say(f"Page  http://{settings.host}:{settings.page_port}")
        say(f"API   {api}/docs")
        try:
            _watch(api, processes)
        except KeyboardInterrupt:
            say("\nStopped.")


@app.command()
def serve(model: ModelOption = None, port: Port = None) -> None:
    """Start the API alone, in this process."""
    import uvicorn

    from backend.main import create_app
    from backend.running import check_ports

    settings = _settings(model=model, port=port)
    check_ports(settings.host, port=settings.port)
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="info", access_log=False)


@app.command()
def chat(page_port: PagePort = None) -> None:
    """Start the page alone; it asks the API at STEPWISE_URL."""
    from backend.running import check_ports, page_command

    settings = _settings(page_port=page_port)
    check_ports(settings.host, page_port=settings.page_port)
    command = page_command(settings)
    os.execv(command[0], command)


@app.command()
def ask(
    question: str,
    as_json: AsJson = False,
    quote: Annotated[bool, typer.Option("--quote", help="Quote the notes; ask no language model.")] = False,
    step: Annotated[int | None, typer.Option("--step", help="The step you are working on.")] = None,
) -> None:
    """Answer one question here; the sources stand below."""
    from backend.asking import ask as ask_tutor
    from backend.terminal import say, show_answer
    from backend.tutoring.answer import Answer, Done, Question

    asked = Question(question=question, step=step, mode="quote" if quote else "auto")

    async def answered() -> None:
        events = ask_tutor(asked, backend_settings(), ingest_settings())
        if not as_json:
            await show_answer(events)
            return
        answer: Answer | None = None
        async for event in events:
            answer = event.answer if isinstance(event, Done) else answer
        say(answer.model_dump_json(indent=2) if answer else "{}")

    asyncio.run(answered())


@app.command()
def refresh(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would change.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build again even if nothing changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the corpus."""
    _refresh(force=force, dry_run=dry_run, as_json=as_json)


@app.command()
def rollback() -> None:
    """Serve the snapshot before the current one."""
    from backend.terminal import say
    from ingest.snapshots import SnapshotStore

    say(f"Serving {SnapshotStore(ingest_settings().home).rollback().id} again.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """What is served, what the corpus holds, and which model explains."""
    from backend.status import status_of
    from backend.terminal import say

    report = status_of(backend_settings(), ingest_settings())
    say(json.dumps(report.model_dump(mode="json"), indent=2) if as_json else report.as_text())


@app.command()
def lint() -> None:
    """Check the corpus."""
    from backend.terminal import say
    from corpus.lint import lint as lint_corpus

    report = lint_corpus(ingest_settings().corpus, cache=ingest_settings().home / "lint")
    for finding in report.findings:
        say(str(finding))
    say(report.summary)
    if report.has_errors:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            help="steps, scope, answers, followups; all of these if none is named. retrieval needs --corpus."
        ),
    ] = None,
    questions: Annotated[
        list[Path] | None, typer.Option("--questions", help="JSONL files; tests/questions of a checkout if left out.")
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder in BEIR's form, on which ranking is compared with others.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every figure and every item here.")] = None,
    report_file: Annotated[Path | None, typer.Option("--report", help="Write the figures here as Markdown.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Ask the language model too.")] = False,
) -> None:
    """Measure what the tutor finds, refuses and quotes."""
    from backend.evaluation.measuring import measured, measured_ranking, measured_speed
    from backend.evaluation.report import as_markdown
    from backend.evaluation.suites import SUITES
    from backend.terminal import say

    known = [*SUITES, "speed", "retrieval"]
    named = suites or (known if corpus else known[:-1])
    if unknown := sorted({*named} - {*known}):
        raise typer.BadParameter(f"there is no suite {unknown[0]!r}; there are {', '.join(known)}")
    if "retrieval" in named and corpus is None:
        raise typer.BadParameter("name a folder in BEIR's form with --corpus")
    wanted = [suite for suite in SUITES if suite in named]
    report = measured(wanted, questions, backend_settings(), ingest_settings(), "auto" if explain else "quote")
    if "speed" in named:
        report.figures += measured_speed(questions, ingest_settings())
    if "retrieval" in named and corpus is not None:
        report.figures += measured_ranking(corpus, ingest_settings())
    for figure in report.figures:
        say(str(figure))
    if json_file is not None:
        json_file.write_text(report.model_dump_json(indent=1) + "\n", encoding="utf-8")
    if report_file is not None:
        report_file.write_text(as_markdown(report.figures), encoding="utf-8")


@app.command()
def doctor() -> None:
    """What works, what does not, and the command that mends it."""
    from backend.doctor import examine
    from backend.terminal import say

    findings = list(examine(backend_settings(), ingest_settings()))
    for finding in findings:
        mark = "ok  " if finding.is_well else "BAD " if finding.is_needed else "note"
        say(f"{mark}  {finding.what}" + ("" if finding.is_well else f": {finding.remedy}"))
    if any(finding.is_needed and not finding.is_well for finding in findings):
        raise typer.Exit(1)


@model_app.command()
def pull() -> None:
    """Fetch the local language model; goes on where it was broken off."""
    from backend.model_files import QWEN_CODER, fetch
    from backend.terminal import progress_bar, say

    with progress_bar() as bar:
        path = fetch(
            QWEN_CODER, ingest_settings().home / "models", lambda done, total: bar.show(QWEN_CODER.title, done, total)
        )
    say(f"{QWEN_CODER.title} ({QWEN_CODER.licence}) is here: {path}")


@model_app.command("list")
def list_models() -> None:
    """The local language model, and whether it is here."""
    from backend.model_files import QWEN_CODER
    from backend.terminal import say

    path = ingest_settings().home / "models" / QWEN_CODER.name
    where = str(path) if path.exists() else "not here: run `stepwise model pull`"
    say(f"{QWEN_CODER.title}  {QWEN_CODER.licence}  {QWEN_CODER.size / 1e9:.1f} GB  {where}")


@model_app.command()
def remove() -> None:
    """Delete the local language model."""
    from backend.model_files import QWEN_CODER
    from backend.model_files import remove as remove_file
    from backend.terminal import say

    was_here = remove_file(QWEN_CODER, ingest_settings().home / "models")
    say("Deleted." if was_here else "There was nothing to delete.")


def _settings(**options: Any) -> BackendSettings:
    """The settings of the environment, with the options that were given put over them."""
    given = {name: value for name, value in options.items() if value is not None}
    return BackendSettings.model_validate({**backend_settings().model_dump(), **given})


def _refresh(*, force: bool, dry_run: bool, as_json: bool = False) -> None:
    from dataclasses import asdict

    from backend.terminal import progress_bar, say
    from ingest.embedding import Embedding
    from ingest.refresh import refresh as refresh_index

    with progress_bar() as bar:
        summary = refresh_index(ingest_settings(), Embedding(), bar.show, force=force, dry_run=dry_run)
    if as_json:
        say(json.dumps(asdict(summary), indent=2))
        return
    verb = "would be " if dry_run else ""
    say(
        f"Index {summary.snapshot}: {verb}added {summary.added}, {verb}changed {summary.changed}, "
        f"{verb}removed {summary.removed}, unchanged {summary.unchanged} passages, {summary.seconds:.1f} s"
    )


def _watch(api: str, processes: Any) -> None:
    """Tell how the model comes along, until something ends."""
    from backend.errors import TutorError
    from backend.terminal import progress_bar, say

    last = ""
    while (ended := processes.first_ended()) is None:
        model = _model_state(api)
        if model["state"] == "fetching":
            with progress_bar() as bar:
                while processes.first_ended() is None and model["state"] == "fetching":
                    bar.show("language model", int(1000 * model["progress"]), 1000)
                    time.sleep(1)
                    model = _model_state(api)
        if model["state"] not in (last, "none", "unknown"):
            ready = f"The language model {model['name']} is ready: answers are explained from now on."
            say(ready if model["state"] == "ready" else str(model["reason"]))
        last = model["state"]
        time.sleep(1 if last == "loading" else 3)
    raise TutorError(f"The {ended} process ended by itself; its last words stand above.")


def _model_state(api: str) -> dict[str, Any]:
    import httpx2

    try:
        model: dict[str, Any] = httpx2.get(f"{api}/readyz", timeout=5).json()["model"]
    except (httpx2.HTTPError, ValueError, KeyError):
        return {"state": "unknown"}
    return model


@contextmanager
def _errors_as_one_line() -> Iterator[None]:
    """What a person can mend is told in one line with exit code 1; anything else is a bug and keeps its traceback."""
    from pydantic import ValidationError

    from backend.errors import TutorError
    from backend.model_files import FetchFailed
    from backend.terminal import complain
    from corpus.reader import CorpusError
    from ingest.embedding import EmbeddingMissing
    from ingest.refresh import RefreshFailed
    from ingest.snapshots import SnapshotError

    try:
        yield
    except (TutorError, SnapshotError, RefreshFailed, CorpusError, EmbeddingMissing, FetchFailed) as error:
        complain(str(error))
        raise SystemExit(1) from None
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        complain(f"STEPWISE_{name} is not valid ({first['input']!r}): {first['msg']}. See docs/settings.md.")
        raise SystemExit(2) from None
