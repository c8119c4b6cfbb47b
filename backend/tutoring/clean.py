"""Takes out of a model's words whatever could act on the reader: pictures, links, HTML, hidden characters.

Knows Markdown that is dangerous to show. Does not know whether the words are true: `backend.tutoring.verify` does.
"""

import re
import unicodedata

_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<?\b(?:https?|ftp|file|data|javascript|vbscript|mailto):\S+", re.IGNORECASE)
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>?")
_OWN_MARK = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]+`)", re.DOTALL)


def clean(markdown: str) -> str:
    """The words without pictures, links, HTML, source marks and invisible characters; code keeps its brackets.

    >>> clean("See [this](http://evil) ![x](http://evil/p.png) <b>now</b> [3].")
    'See this  now.'
    """
    visible = "".join(
        letter for letter in markdown if letter in "\n\t" or unicodedata.category(letter) not in ("Cf", "Cc", "Co")
    )
    pieces = _CODE.split(visible)
    return "".join(piece if position % 2 else _clean_prose(piece) for position, piece in enumerate(pieces))


def _clean_prose(text: str) -> str:
    for pattern, replacement in (
        (_IMAGE, ""),
        (_REFERENCE, ""),
        (_LINK, r"\1"),
        (_AUTOLINK, ""),
        (_TAG, ""),
        (_OWN_MARK, ""),
    ):
        text = pattern.sub(replacement, text)
    return text
