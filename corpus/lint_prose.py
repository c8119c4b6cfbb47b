"""Markdown as a linter reads it: its words, sentences and formulas, apart from its code.

Knows text. Does not know pages or rules. Each function keeps the lines where they are: line `n` of what it returns
stands for line `n` of what it was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

from corpus.concept_graph import ConceptGraph
from corpus.reader import LINK, markdown_parser

INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
DISPLAY_MATHS = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)
INLINE_MATHS = re.compile(r"\$([^$\n]+)\$")
ESCAPED_DOLLAR = re.compile(r"\\\$")
LIST_MARK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

# https://katex.org/docs/supported, November 2026
_ENVIRONMENTS = """
    matrix matrix* pmatrix pmatrix* bmatrix bmatrix* Bmatrix Bmatrix* vmatrix vmatrix* Vmatrix Vmatrix* smallmatrix
    array darray subarray cases dcases rcases drcases align align* aligned alignat alignat* alignedat gather gather*
    gathered equation equation* split CD
"""
KATEX_ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())
_FORBIDDEN = """
    label ref eqref cite newcommand renewcommand providecommand newenvironment DeclareMathOperator def gdef edef xdef
    let usepackage require documentclass input include includegraphics href url footnote intertext multicolumn multirow
    textsc vspace hfill mathds mathbbm sideset norm abs qty dv pdv Var Cov softmax
"""
NOT_IN_FORMULAS = frozenset(_FORBIDDEN.split())


@dataclass(frozen=True)
class Heading:
    """A heading on a line of the body, counted from 0. `anchor` is its `{#anchor}` mark, if it has one."""

    level: int
    line: int
    words: str
    anchor: str | None


@dataclass(frozen=True)
class Fence:
    """A code block: its info string, such as "python no-run", and its text. `lines` is its first and its end line."""

    info: str
    text: str
    lines: tuple[int, int]


def headings_and_fences(body: str) -> tuple[tuple[Heading, ...], tuple[Fence, ...]]:
    """The headings and the code blocks of a Markdown text."""
    headings: list[Heading] = []
    fences: list[Fence] = []
    tokens = _block_parser().parse(body)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        if token.type == "heading_open":
            words, _, mark = tokens[index + 1].content.partition("{#")
            anchor = match[1] if (match := re.fullmatch(r"([a-z0-9-]+)\}", mark)) else None
            headings.append(Heading(int(token.tag[1]), token.map[0], words.strip(), anchor))
        elif token.type in ("fence", "code_block"):
            fences.append(Fence(token.info.strip(), token.content, (token.map[0], token.map[1])))
    return tuple(headings), tuple(fences)


def without_fences(body: str, fences: tuple[Fence, ...]) -> str:
    """The text with the lines of its code blocks empty."""
    lines = body.split("\n")
    for fence in fences:
        start, end = fence.lines
        lines[start:end] = [""] * len(lines[start:end])
    return "\n".join(lines)


def without_inline_code(text: str) -> str:
    return INLINE_CODE.sub(_blank, text)


def without_maths(text: str) -> str:
    return INLINE_MATHS.sub(_blank, DISPLAY_MATHS.sub(_blank, text))


def prose(text: str, graph: ConceptGraph) -> str:
    """A text without code blocks as its readers count words: a formula in a line is one word, a link is its name."""
    text = DISPLAY_MATHS.sub(lambda match: " " + "\n" * match[0].count("\n"), text)
    text = INLINE_MATHS.sub("x", text)
    text = LINK.sub(lambda match: graph[match[1]].name_in_text if match[1] in graph else match[0], text)
    return re.sub(r"[#*`|_]|\{#[^}\n]*\}", "", text)


def sentences(text: str, spoken: str) -> Iterator[tuple[int, str]]:
    """Each sentence of `spoken`, the prose of `text`, and its line. Headings are none; list items and rows stand apart.

    >>> list(sentences("# T\\nOne is 1. Two\\nis 2.\\n- Item", " T\\nOne is 1. Two\\nis 2.\\n- Item"))
    [(1, 'One is 1.'), (1, 'Two is 2.'), (3, 'Item')]
    """
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, (line, said) in enumerate(zip(text.split("\n"), spoken.split("\n"), strict=True)):
        starts_block = not line.strip() or line.startswith(("#", "|")) or LIST_MARK.match(line)
        if starts_block:
            blocks.append([])
        if said.strip() and not line.startswith("#"):
            blocks[-1].append((number, LIST_MARK.sub("", said, count=1) if LIST_MARK.match(line) else said))
    for block in filter(None, blocks):
        yield from _sentences_of(block)


def reading_grade(text: str) -> float:
    """Coleman and Liau's grade (1975): it counts letters and sentences only, so it needs no dictionary of syllables."""
    words = len(text.split())
    if words == 0:
        return 0.0
    letters = sum(letter.isalpha() for letter in text)
    ends = len(re.findall(r"[.!?](?=\s|$)", text))
    return 5.88 * letters / words - 29.6 * ends / words - 15.8


def faults_of_maths(text: str) -> Iterator[tuple[int, str]]:
    """What KaTeX would not typeset in a text without code: the line, from 0, and what is wrong there."""
    text = ESCAPED_DOLLAR.sub("  ", text)
    for match in DISPLAY_MATHS.finditer(text):
        yield from ((line_of(text, match.start()), fault) for fault in _faults_of_formula(match[1]))
    text = DISPLAY_MATHS.sub(_blank, text)
    if (offset := text.find("$$")) >= 0:
        yield line_of(text, offset), "this $$ has no partner"
        return
    for match in re.finditer(r"(?:[^\n]+\n?)+", text):
        if match[0].count("$") % 2:
            line = line_of(text, match.start() + match[0].index("$"))
            yield line, r"one $ of this paragraph has no partner; write a dollar sign as \$"
    for match in INLINE_MATHS.finditer(text):
        yield from ((line_of(text, match.start()), fault) for fault in _faults_of_formula(match[1]))


def line_of(text: str, offset: int) -> int:
    """The line, from 0, that an offset stands on."""
    return text.count("\n", 0, offset)


@lru_cache
def _block_parser() -> MarkdownIt:
    """It leaves the inside of paragraphs alone, which saves most of the time."""
    return markdown_parser().disable("inline")


def _sentences_of(block: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    text = "\n".join(said for _, said in block)
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        sentence = " ".join(text[start:end].split())
        if sentence:
            yield block[line_of(text, start)][0], sentence
        start = end


def _faults_of_formula(formula: str) -> Iterator[str]:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        yield f"the braces of ${_short(formula)}$ do not match"
    for command in re.findall(r"\\([A-Za-z]+)", formula):
        if command in NOT_IN_FORMULAS:
            yield rf"KaTeX does not know \{command} here; write it in plain symbols"
    begun = re.findall(r"\\begin\{([^}]*)\}", formula)
    if sorted(begun) != sorted(re.findall(r"\\end\{([^}]*)\}", formula)):
        yield rf"a \begin of ${_short(formula)}$ has no \end, or the other way round"
    for environment in begun:
        if environment not in KATEX_ENVIRONMENTS:
            yield rf"KaTeX has no environment {environment}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:37]}..."


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
