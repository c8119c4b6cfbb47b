"""How answers, progress and reports look in a terminal; plain where the output is not one."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from backend.tutoring.answer import Answer, Done, Event, Notice, Quote, Source, Sources, Token, Understood
from backend.tutoring.compose import quote_piece

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(words: str, style: str | None = None, end: str = "\n") -> None:
    out.print(words, style=style, end=end, markup=False, emoji=False)


def complain(words: str) -> None:
    """One line about what went wrong, on stderr."""
    err.print(words, style="red" if err.is_terminal else None, markup=False, emoji=False)


async def show_answer(events: AsyncIterator[Event]) -> Answer:
    """Print an answer as it comes: step, quotes, explanation, then the sources."""
    answer: Answer | None = None
    sources: list[Source] = []
    last: Source | None = None
    async for event in events:
        match event:
            case Understood(step=step) if step is not None:
                say(f"Step {step.number}: {step.title}\n", style="bold")
            case Sources():
                sources = event.sources
            case Quote():
                source = sources[event.sentence.citations[0] - 1]
                say(quote_piece(event.sentence, source, last), end="")
                last = source
            case Token():
                say(event.text, end="")
            case Notice():
                say(f"\n\n{event.message}", style="dim", end="")
            case Done():
                answer = event.answer
                _show_end(answer)
    assert answer is not None, "a turn ends with Done"
    return answer


def _show_end(answer: Answer) -> None:
    if not answer.sources:
        say(answer.answer)
        return
    say("\n\nSources", style="bold")
    for source in answer.sources:
        say(f"[{source.n}] {source.title} > {source.heading}  ", end="")
        say(f"corpus/{source.locator.path}:{source.locator.lines[0]}", style="dim")


@contextmanager
def progress_bar() -> Iterator["Bar"]:
    """A bar that names its stage; where there is no terminal, one line a stage."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )
    with bar:
        yield Bar(bar)


class Bar:
    """Shows the progress of one thing at a time."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def show(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            if not err.is_terminal:
                err.print(f"{stage}...")
            self._tasks[stage] = self._progress.add_task(stage)
        self._progress.update(self._tasks[stage], completed=done, total=max(total, 1))
