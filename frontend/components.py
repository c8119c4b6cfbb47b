"""The pieces of the page: an answer with its step and sources, and the state of the model.

Knows the shape of an answer and how to draw it. Does not ask the tutor anything but the passages behind citations.
"""

import re
from typing import Any

import streamlit as st

from frontend.tutor_api import TutorApi, TutorUnavailable

Answer = dict[str, Any]

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_MARK = re.compile(r"\[(\d+)\]")
_PICTURE = re.compile(r"!(?=\[)")


def draw_place(step: dict[str, Any] | None, concepts: list[dict[str, Any]]) -> None:
    """Where on the path a question belongs."""
    if step is None:
        return
    names = " · ".join(concept["name"] for concept in concepts[:2])
    st.markdown(f":blue-badge[Step {step['number']}: {step['title']}] :gray[{_plain(names)}]")


def linked(markdown: str, sources: list[dict[str, Any]], api: TutorApi) -> str:
    """The answer's Markdown with each source mark leading to its note; pictures are never loaded."""
    addresses = {source["n"]: api.link(source["url"]) for source in sources}

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[\\[{number}\\]]({addresses[number]})" if number in addresses else match[0]

    pieces = _CODE.split(safe(markdown))
    return "".join(piece if at % 2 else _MARK.sub(link, piece) for at, piece in enumerate(pieces))


def safe(markdown: str) -> str:
    """Markdown in which pictures stay text, since the page would load them from anywhere without a click."""
    pieces = _CODE.split(markdown)
    return "".join(piece if at % 2 else _PICTURE.sub("\\!", piece) for at, piece in enumerate(pieces))


def draw_answer(answer: Answer, api: TutorApi) -> None:
    """A whole answer: place, words, notice, sources."""
    draw_place(answer["step"], answer["concepts"])
    st.markdown(linked(answer["answer"], answer["sources"], api))
    if answer["degraded"]:
        st.caption(f"ⓘ {answer['degraded']}")
    draw_sources(answer, api)


def draw_sources(answer: Answer, api: TutorApi) -> None:
    """Each passage once, with the quoted words standing out in it."""
    by_passage: dict[str, list[dict[str, Any]]] = {}
    for source in answer["sources"]:
        by_passage.setdefault(source["passage_id"], []).append(source)
    if not by_passage:
        return
    with st.expander(f"Sources ({len(answer['sources'])})"):
        for passage_id, sources in by_passage.items():
            first = sources[0]
            st.markdown(f"**[{first['title']}: {first['heading']}]({api.link(first['url'])})**")
            try:
                text = _passage_text(api, answer["snapshot"], passage_id)
            except TutorUnavailable:
                text = ""
            draw_passage(text, sources)


def draw_passage(text: str, sources: list[dict[str, Any]]) -> None:
    """A passage in small print with its quoted spans in boxes; only the quotes where the passage is not to be had."""
    at = 0
    for source in sorted(sources, key=lambda source: int(source["start"])):
        if text[at : source["start"]].strip():
            st.caption(safe(text[at : source["start"]]))
        st.info(f"\\[{source['n']}\\] {_below_mark(source['quote'])}", icon=":material/format_quote:")
        at = source["end"]
    if text[at:].strip():
        st.caption(safe(text[at:]))


def draw_model_state(model: dict[str, Any]) -> None:
    """One line, or a bar, about the language model."""
    match model["state"]:
        case "ready":
            st.caption(f"Explained by {model['name']}")
        case "none":
            st.caption("Quoting the notes; no language model is set.")
        case "fetching":
            st.progress(model["progress"] or 0.0, text=model["reason"])
        case _:
            st.caption(model["reason"] or "")


def _passage_text(api: TutorApi, snapshot: str, passage_id: str) -> str:
    """A passage never changes within its snapshot, so it is asked for once a session."""
    known: dict[tuple[str, str], str] = st.session_state.setdefault("passages", {})
    if (snapshot, passage_id) not in known:
        known[snapshot, passage_id] = str(api.passage(snapshot, passage_id)["text"])
    return known[snapshot, passage_id]


def _below_mark(quote: str) -> str:
    """A quote that may stand right after its mark; code and formulas begin on a line of their own."""
    return f"\n\n{quote}" if quote.startswith(("```", "$$")) else safe(quote)


def _plain(text: str) -> str:
    return re.sub(r"[\[\]]", "", text)
