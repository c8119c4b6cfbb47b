import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import Unit, cut_sentences, cut_units

# Pieces of a sentence that hold dots, capitals and spaces, but no end.
UNCUT = (
    "plain words",
    "`a.b. C`",
    "`` x ` y. Z ``",
    "$f. X = 0.5$",
    "[a text. With more](https://x.org/y.html)",
    "e.g. this",
    "i.e. That",
    "cf. Smith et al. (2017)",
    "vs. the rest",
    "Dr. Who",
    "Fig. 3",
    "0.5 and 3.11",
    "version 1.2.3",
    "`x`",
    "**bold text**",
    '"a quote"',
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = ["We", *draw(st.lists(st.sampled_from(UNCUT), max_size=5)), "end"]
    gaps = draw(st.lists(st.sampled_from([" ", "\n"]), min_size=len(words) - 1, max_size=len(words) - 1))
    text = "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))
    return text + draw(st.sampled_from([".", "!", "?", "…", "...", '."', ".)", ".**"]))


PARAGRAPHS = st.lists(sentences(), min_size=1, max_size=4)
BLOCK_LINES = st.lists(
    st.sampled_from(["x = 1. Y", "", "# a. B", "- c. D", "| e |", "$$", "    f"]), min_size=1, max_size=5
)
FENCES = BLOCK_LINES.map(lambda lines: "```python\n" + "\n".join(lines) + "\n```")
FORMULAS = st.sampled_from(["$$\na. B = c\n$$", "$$\n\\text{if. Then}\n\\\\ 0.5\n$$", "$$x. Y$$"])
LEFT_OUT = st.sampled_from(
    ["## A heading. Two", "| a. B | c |\n| --- | --- |\n| d. E | f |", "a. B | c\n--- | ---\nd. E | f"]
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A Markdown text, and the units that it must be cut into."""
    blocks: list[str] = []
    expected: list[tuple[str, str]] = []
    for kind in draw(
        st.lists(st.sampled_from(["paragraph", "list", "quote", "code", "formula", "left out"]), max_size=6)
    ):
        if kind == "code":
            blocks.append(draw(FENCES))
            expected.append(("code", blocks[-1]))
        elif kind == "formula":
            blocks.append(draw(FORMULAS))
            expected.append(("formula", blocks[-1]))
        elif kind == "left out":
            blocks.append(draw(LEFT_OUT))
        elif kind == "paragraph":
            paragraph = draw(PARAGRAPHS)
            blocks.append(" ".join(paragraph))
            expected += [("sentence", sentence) for sentence in paragraph]
        else:
            # In a list or a quote a second line begins with marks, so these have one line an item.
            items = [
                [sentence.replace("\n", " ") for sentence in item] for item in draw(st.lists(PARAGRAPHS, min_size=1))
            ]
            mark = draw(st.sampled_from(["- ", "* ", "1. ", "2) "] if kind == "list" else ["> ", ">"]))
            blocks.append(("\n" if kind == "list" else "\n>\n").join(mark + " ".join(item) for item in items))
            expected += [("sentence", sentence) for item in items for sentence in item]
    return "\n\n".join(blocks), expected


def cut(markdown: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.of(markdown)) for unit in cut_units(markdown)]


def check_spans(units: list[Unit], text: str) -> None:
    for unit in units:
        assert 0 <= unit.start < unit.end <= len(text)
        assert unit.of(text) == unit.of(text).strip()
    for unit, following in pairwise(units):
        assert unit.end <= following.start


# Any text


@given(st.text("ab.A1!? \n\r`$#|->*_[]()\u2028\x0c\t:=~\\"))
def test_units_are_spans_in_order_that_do_not_overlap(markdown: str) -> None:
    check_spans(cut_units(markdown), markdown)


@given(st.text())
def test_sentences_leave_out_nothing_but_white_space(text: str) -> None:
    units = cut_sentences(text)
    check_spans(units, text)
    assert "".join("".join(unit.of(text).split()) for unit in units) == "".join(text.split())


# Documents whose units are known


@given(documents())
def test_a_document_is_cut_into_its_sentences_code_and_formulas(document: tuple[str, list[tuple[str, str]]]) -> None:
    markdown, expected = document
    assert cut(markdown) == expected


@given(documents())
def test_nothing_but_white_space_and_markup_is_between_units(document: tuple[str, list[tuple[str, str]]]) -> None:
    markdown, _ = document
    between = list(markdown)
    for unit in cut_units(markdown):
        between[unit.start : unit.end] = " " * (unit.end - unit.start)
    left = re.sub(r"## A heading. Two|.*\|.*", "", "".join(between))
    assert re.fullmatch(r"(\s|>|[-*] |1\. |2\) )*", left)


@given(PARAGRAPHS)
def test_a_paragraph_is_cut_where_its_sentences_end(paragraph: list[str]) -> None:
    text = " ".join(paragraph)
    assert [unit.of(text) for unit in cut_sentences(text)] == paragraph


@given(st.text("ab. AB\n!?$[]()", min_size=1).filter(lambda code: "\n\n" not in code))
def test_inline_code_is_never_cut(code: str) -> None:
    text = f"Before `{code}`\nafter. Next."
    assert [unit.of(text) for unit in cut_sentences(text)] == [f"Before `{code}`\nafter.", "Next."]


@given(st.text("ab. AB\n!?\\{}^_", min_size=1))
def test_a_formula_in_a_line_is_never_cut(formula: str) -> None:
    text = f"Before ${formula}$ after. Next."
    assert [unit.of(text) for unit in cut_sentences(text)] == [f"Before ${formula}$ after.", "Next."]


@given(BLOCK_LINES)
def test_a_code_block_is_one_unit(lines: list[str]) -> None:
    code = "```python\n" + "\n".join(lines) + "\n```"
    assert cut(f"Before.\n\n{code}\n\nAfter.") == [("sentence", "Before."), ("code", code), ("sentence", "After.")]


# Examples


@pytest.mark.parametrize("abbreviation", ["e.g.", "i.e.", "vs.", "cf.", "Dr.", "Mr.", "Mrs.", "Prof.", "Fig.", "Eq."])
def test_an_abbreviation_ends_no_sentence_even_before_a_capital(abbreviation: str) -> None:
    text = f"As {abbreviation} Smith said. So be it."
    assert [unit.of(text) for unit in cut_sentences(text)] == [f"As {abbreviation} Smith said.", "So be it."]


@pytest.mark.parametrize("abbreviation", ["etc.", "approx.", "resp.", "No.", "al."])
def test_an_abbreviation_in_mid_sentence_ends_none(abbreviation: str) -> None:
    text = f"Here {abbreviation} 5 of them."
    assert [unit.of(text) for unit in cut_sentences(text)] == [text]


def test_a_word_that_is_also_an_abbreviation_may_end_a_sentence() -> None:
    text = "The answer is No. It was clear."
    assert [unit.of(text) for unit in cut_sentences(text)] == ["The answer is No.", "It was clear."]


@pytest.mark.parametrize("number", ["0.5", "3.11", "1e-3", "1.2.3", "-.5"])
def test_a_decimal_point_ends_no_sentence(number: str) -> None:
    text = f"It is {number} here. Then {number}."
    assert [unit.of(text) for unit in cut_sentences(text)] == [f"It is {number} here.", f"Then {number}."]


@pytest.mark.parametrize(
    "start", ["`x` is", "$y$ is", "**Bold** is", "k-means is", "pandas is", "2 is", "(Also", "[Linked](u) is"]
)
def test_a_sentence_may_start_with_code_maths_marks_or_a_known_small_letter(start: str) -> None:
    text = f"One ends. {start} two."
    assert [unit.of(text) for unit in cut_sentences(text)] == ["One ends.", f"{start} two."]


def test_the_output_of_code_belongs_to_its_code() -> None:
    both = "```python\nprint(1)\n```\n\n```text output\n1\n```"
    assert cut(f"{both}\n\nAfter.") == [("code", both), ("sentence", "After.")]


def test_an_output_after_text_stands_alone() -> None:
    code, output = "```python\nprint(1)\n```", "```text output\n1\n```"
    assert cut(f"{code}\n\nIt says:\n\n{output}") == [("code", code), ("sentence", "It says:"), ("code", output)]


def test_two_code_blocks_are_two_units() -> None:
    assert cut("```\na\n```\n```\nb\n```") == [("code", "```\na\n```"), ("code", "```\nb\n```")]


def test_marks_of_lists_and_quotes_are_no_part_of_a_sentence() -> None:
    assert cut("1. > - Deep. Two.\n   - More.") == [("sentence", "Deep."), ("sentence", "Two."), ("sentence", "More.")]


@pytest.mark.parametrize("text", ["|x| is not negative.", "#hashtag is a word."])
def test_a_sentence_may_begin_like_a_table_or_a_heading(text: str) -> None:
    assert cut(text) == [("sentence", text)]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "# Only a heading\n", "***", "| a |\n| - |\n| b |", "Heading\n=======\n"]
)
def test_a_text_without_anything_to_quote_has_no_units(text: str) -> None:
    assert cut_units(text) == []
