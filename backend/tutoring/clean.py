"""Takes out of a model's words whatever could act on the reader: pictures, links, HTML, hidden characters.

Ordinary links and tags are taken out whole. What is left is made inert, since a construct can hide in another one: no
`](`, `][`, `]:` or `<x` remains but in fenced code, and a fence always begins and ends a line of its own.

Knows Markdown that is dangerous to show. Does not know whether the words are true: `backend.tutoring.verify` does.
"""

import re
import textwrap
import unicodedata

_FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<ticks>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)(?:^[ \t]*(?P=ticks)`*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_INLINE_CODE = re.compile(r"(?<![`\\])(`[^`\n]+`)(?!`)")
_REMOVED = (
    (re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?"), ""),  # a picture
    (re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE), ""),  # the address of a link, on a line of its own
    (re.compile(r"(?<!!)\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),  # a link
    (re.compile(r"<?\b(?:(?:https?|ftp|file|data|javascript|vbscript|mailto):|www\.)\S+", re.IGNORECASE), ""),
    (re.compile(r"<!--.*?-->|</?[a-zA-Z][\w-]*\s*/?>|<[a-zA-Z][\w-]*\s[^<>]*=[^<>]*>", re.DOTALL), ""),  # HTML
    (re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]"), ""),  # a source mark of the model's own
)
_LINK_JOINT = re.compile(r"\](?=[(\[:])")
_TAG_START = re.compile(r"<(?=[!/?a-zA-Z])")
_UNSEEN = ("Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp")
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def clean(markdown: str) -> str:
    """The words without pictures, links, HTML, source marks and invisible characters; fenced code stays as it is.

    >>> clean("See [this](http://evil) ![x](http://evil/p.png) <b>now</b> [3].")
    'See this  now.'
    """
    visible = "".join(letter for letter in markdown if _is_seen(letter))
    pieces: list[str] = []
    last = 0
    for fence in _FENCE.finditer(visible):
        pieces += [_clean_text(visible[last : fence.start()]), _fenced(fence)]
        last = fence.end()
    return "".join([*pieces, _clean_text(visible[last:])])


def _is_seen(letter: str) -> bool:
    is_selector = any(ord(letter) in selectors for selectors in _VARIATION_SELECTORS)
    return letter in "\n\t" or not (is_selector or unicodedata.category(letter) in _UNSEEN)


def _fenced(fence: re.Match[str]) -> str:
    """A code block that stands alone, outside every list, and is closed."""
    ticks, info, body = fence["ticks"], fence["info"], fence["body"]
    if fence["indent"]:
        body = textwrap.dedent(body)
    if "~~~" in body or "$$" in body:  # These could end a block that began before the fence.
        body = _inert(body)
    end = "" if body.endswith("\n") or not body else "\n"
    return f"{ticks}{_inert(info)}\n{body}{end}{ticks}"


def _clean_text(text: str) -> str:
    pieces = _INLINE_CODE.split(text)
    for position, piece in enumerate(pieces):
        is_code = position % 2 == 1
        pieces[position] = _inert(piece) if is_code else _inert(_clean_prose(piece))
    return "".join(pieces)


def _clean_prose(text: str) -> str:
    """Prose has no back tick of its own, so that none opens code that was never closed."""
    text, before = text.replace("`", ""), ""
    while text != before:  # Taking one thing out can put another together.
        before = text
        for pattern, replacement in _REMOVED:
            text = pattern.sub(replacement, text)
    return text


def _inert(text: str) -> str:
    return _TAG_START.sub("< ", _LINK_JOINT.sub("] ", text))
