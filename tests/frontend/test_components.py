"""How an answer's Markdown becomes the page's."""

from frontend.components import linked, safe
from frontend.tutor_api import TutorApi

API = TutorApi("http://tutor.test")
SOURCES = [{"n": 1, "url": "/notes/lists#idea"}]


def test_a_mark_becomes_a_link() -> None:
    assert (
        linked("Lists hold items. [1]", SOURCES, API)
        == r"Lists hold items. [\[1\]](http://tutor.test/notes/lists#idea)"
    )


def test_a_number_in_code_is_no_mark() -> None:
    assert linked("`x[1]` and\n```python\ny[1]\n```", SOURCES, API) == "`x[1]` and\n```python\ny[1]\n```"


def test_a_mark_without_a_source_stays_text() -> None:
    assert linked("See [7].", SOURCES, API) == "See [7]."


def test_a_picture_stays_text() -> None:
    assert safe("![a](http://x.test/p.png)") == r"\![a](http://x.test/p.png)"
    assert safe("`![a]` stays") == "`![a]` stays"
