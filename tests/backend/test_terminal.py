"""How answers look in a terminal."""

import asyncio

import pytest

from backend.terminal import complain, progress_bar, say, show_answer
from backend.tutoring.answer import Answer, Question
from tests.backend.conftest import MakeTutor
from tests.fakes import FakeModel

GROUNDED = "Gradient descent lowers a cost step by step. "


def shown(tutor_with: MakeTutor, model: FakeModel | None, question: str) -> Answer:
    async def run() -> Answer:
        turn = await tutor_with(model).begin(Question(question=question))
        return await show_answer(turn.events())

    return asyncio.run(run())


def test_step_quotes_explanation_and_sources_come_in_this_order(
    tutor_with: MakeTutor, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = shown(tutor_with, FakeModel().will_say(GROUNDED), "What is gradient descent?")
    out = capsys.readouterr().out
    parts = [
        "Step 4: ",
        answer.sources[0].quote,
        "**Explanation:**",
        GROUNDED.strip(),
        "Sources\n[1] Gradient descent",
    ]
    places = [out.index(part) for part in parts]
    assert places == sorted(places)
    assert answer.answer in out


def test_a_source_is_told_with_its_file_and_line(tutor_with: MakeTutor, capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(tutor_with, None, "What is gradient descent?")
    source = answer.sources[0]
    place = f"corpus/{source.locator.path}:{source.locator.lines[0]}"
    assert f"[1] {source.title} > {source.heading}  {place}\n" in capsys.readouterr().out


def test_why_there_is_no_explanation_is_told(tutor_with: MakeTutor, capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(tutor_with, FakeModel().will_say("Pizza is round."), "What is gradient descent?")
    assert answer.degraded is not None
    assert answer.degraded in capsys.readouterr().out


def test_what_is_not_covered_is_told_without_sources(tutor_with: MakeTutor, capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(tutor_with, None, "What is the best pizza in Rome?")
    assert capsys.readouterr().out == f"{answer.answer}\n"


def test_where_there_is_no_terminal_nothing_is_coloured(
    tutor_with: MakeTutor, capsys: pytest.CaptureFixture[str]
) -> None:
    shown(tutor_with, None, "How do I write a gradient descent loop in Python?")
    complain("Something is wrong.")
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert printed.err == "Something is wrong.\n"


@pytest.mark.parametrize(
    "words",
    ["x[:key:] and [bold]a[/bold]", "[red]", "a\\[0]", "back\\", "a" * 300, "f'{x:>3}'", "[link=http://x]y[/link]"],
)
def test_words_are_printed_as_they_are(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(words)
    complain(words)
    assert capsys.readouterr() == (f"{words}\n", f"{words}\n")


def test_progress_without_a_terminal_is_one_line_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as bar:
        for done in range(5):
            bar.show("embedding", done, 5)
        bar.show("writing", 0, 0)
    printed = capsys.readouterr()
    assert printed.err == "embedding...\nwriting...\n"
    assert printed.out == ""
