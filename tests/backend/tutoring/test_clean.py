"""Whatever a model says, nothing of it acts on the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tutoring.answer import Sentence
from backend.tutoring.clean import clean
from backend.tutoring.compose import EXPLANATION, explanation_piece
from backend.tutoring.verify import SentenceSplitter
from tests.backend.reading import active_content

HARMLESS = (
    "Gradient descent lowers the cost $J(w)$ when $0 < w$ and $w > b$.",
    "Write `x[0]` or `[n for n in xs if n > 0]`, and `a < b > c`.",
    "```python\nxs = [1]\nprint(xs[0] < 2 > 1)  # <b>\n```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "**Bold**, *lean*, and a list:\n\n- one\n- two",
    "Ein Beispiel: $\\alpha \\to 0$: naïve, 学习率, 🙂",
)
FRAGMENTS = st.sampled_from(
    [
        *(
            "!",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "`",
            "```",
            "\n",
            "\n\n",
            "\n```",
            " ",
            ". ",
            "\\",
            "~~~",
            ":",
            "$",
            '"',
            "|",
        ),
        *(
            "[x](//evil.example)",
            "![x](//evil.example/p.png)",
            "[x]: //evil.example\n",
            "[x][x]",
            "[x]",
            "(//evil.example)",
        ),
        *("<img src=x>", "<a href='//evil.example'>", "<!--", "-->", "</b>", "<me@evil.example>", "<?", "    "),
        *("https://evil.example", "javascript:alert(1)", "Bold", "word", "A", "1", "&lt;", "&#91;", "\u200b", "python"),
    ]
)
HOSTILE = st.lists(FRAGMENTS, max_size=14).map("".join)


@pytest.mark.parametrize("words", HARMLESS)
def test_words_code_and_formulas_stay_as_they_are(words: str) -> None:
    assert clean(words) == words


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("Look ![cat](http://evil.example/p.png?q=secret) here.", "Look  here."),
        ("See [the notes](http://evil.example) now.", "See the notes now."),
        ("See [the notes][1].\n\n[1]: http://evil.example", "See the notes."),
        ("Go to https://evil.example/a?b=c now.", "Go to  now."),
        ("Go to www.evil.example now.", "Go to  now."),
        ("Click <javascript:alert(1)> now.", "Click  now."),
        ("<script>alert(1)</script> Done.", "alert(1) Done."),
        ("<img src=x onerror=alert(1) Done", "< img src=x onerror=alert(1) Done"),
    ],
)
def test_pictures_links_and_html_are_taken_out(hostile: str, kept: str) -> None:
    assert clean(hostile).strip() == kept


@pytest.mark.parametrize(
    "hostile",
    [
        "[[x](y)](//evil.example)",
        "!![a](b)[c](//evil.example/p.png)",
        "[a [b] c](//evil.example)",
        "[a\\]b](//evil.example)",
        "text ``` ![x](//evil.example/p.png)\n\n``` more",
        "``a` ![x](//evil.example/p.png) `b``",
        "[x]:\n//evil.example\n\n[x]",
    ],
)
def test_a_link_that_hides_in_another_construct_is_no_link_either(hostile: str) -> None:
    assert active_content(clean(hostile)) == []


@pytest.mark.parametrize(
    "letter",
    [
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\U000e0041",
        "\ufe0f",
        "\U000e0100",
        "\x07",
    ],
)
def test_characters_that_nobody_sees_are_taken_out(letter: str) -> None:
    assert clean(f"gra{letter}dient and `co{letter}de`") == "gradient and `code`"


def test_half_a_character_does_not_stop_the_answer() -> None:
    assert clean("good \ud83d day").encode() == b"good  day"


def test_marks_that_the_model_made_up_are_taken_out() -> None:
    assert clean("The cost falls [1]. It stops [2, 3].") == "The cost falls. It stops."


@given(HOSTILE)
def test_no_text_becomes_active(words: str) -> None:
    assert active_content(clean(words)) == []


@given(HOSTILE, st.integers(1, 7))
def test_no_stream_of_words_becomes_active_when_its_sentences_are_put_together(words: str, width: int) -> None:
    splitter = SentenceSplitter()
    chunks = [words[start : start + width] for start in range(0, len(words), width)]
    pieces = [piece for chunk in chunks for piece in splitter.feed(chunk)] + list(splitter.rest())
    answer = EXPLANATION
    for piece in pieces:
        sentence = Sentence(text=clean(piece), origin="general", citations=[], support=0.0)
        answer += explanation_piece(sentence, answer)
    assert active_content(answer) == []
