"""The chat page: set up, then draw. Started by `stepwise up` or `stepwise chat`."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from frontend.components import draw_answer, draw_model_state, draw_place, linked
from frontend.tutor_api import Event, TutorApi, TutorUnavailable

EXAMPLES = (
    "How do I filter a list in one line?",
    "What does a derivative mean in plain words?",
    "Why can I not add arrays of shapes (3,) and (4,)?",
    "Why is my training accuracy high but my test accuracy low?",
    "Why do I call zero_grad before backward?",
    "How do I start my first Kaggle competition?",
)


def api() -> TutorApi:
    if "api" not in st.session_state:
        st.session_state.api = TutorApi.from_environment()
    found: TutorApi = st.session_state.api
    return found


def main() -> None:
    st.set_page_config(page_title="Stepwise", layout="centered")  # An icon would be fetched from a server elsewhere.
    st.session_state.setdefault("turns", [])
    st.session_state.setdefault("conversation_id", None)
    try:
        draw_sidebar()
    except TutorUnavailable as error:
        st.title("Stepwise")
        st.error(str(error))
        st.button("Try again", icon=":material/refresh:")
        return
    asked = st.chat_input("Ask about Python, maths, tools, machine learning, deep learning or projects")
    asked = asked or st.session_state.pop("chosen", None)
    welcome = st.empty()  # Emptied at once when something is asked: its buttons would linger below the answer.
    if not st.session_state.turns and not asked:
        with welcome.container():
            draw_welcome()
    for question, answer in st.session_state.turns:
        draw_turn(question, answer)
    if asked:
        ask(asked)
    if st.session_state.turns:
        draw_follow_ups(st.session_state.turns[-1][1])


def draw_sidebar() -> None:
    with st.sidebar:
        st.title("Stepwise")
        st.caption("A tutor for machine learning that shows the words it relies on.")
        st.button("New chat", icon=":material/add:", on_click=start_over, use_container_width=True)
        steps = {step["number"]: step["title"] for step in api().curriculum()["steps"]}
        st.selectbox(
            "I am working on",
            [0, *steps],
            key="step",
            format_func=lambda number: f"{number}. {steps[number]}" if number else "the whole path",
        )
        draw_state()


@st.fragment(run_every=3)
def draw_state() -> None:
    """The model's state, kept fresh without drawing the page again."""
    try:
        draw_model_state(api().readiness()["model"])
    except TutorUnavailable as error:
        st.caption(str(error))


def draw_welcome() -> None:
    st.header("What would you like to understand?")
    for example in EXAMPLES:
        st.button(example, on_click=choose, args=(example,), use_container_width=True)


def draw_turn(question: str, answer: dict[str, Any]) -> None:
    with st.chat_message("user"):
        st.markdown(question)
    with st.chat_message("assistant"):
        draw_answer(answer, api())


def draw_follow_ups(answer: dict[str, Any]) -> None:
    for number, follow_up in enumerate(answer["follow_ups"]):
        st.button(follow_up, key=f"follow-up-{answer['id']}-{number}", on_click=choose, args=(follow_up,))


def ask(question: str) -> None:
    """Draw the answer as it comes, then keep it."""
    with st.chat_message("user"):
        st.markdown(question)
    with st.chat_message("assistant"):
        place = st.empty()
        try:
            events = api().ask(question, st.session_state.conversation_id, st.session_state.get("step") or None)
            with place.container():
                answer = draw_stream(events)
        except TutorUnavailable as error:
            place.error(str(error))
            return
    st.session_state.conversation_id = answer["conversation_id"]
    st.session_state.turns.append((question, answer))
    st.rerun()  # The stream's placeholders go; the turn is drawn like all others.


def draw_stream(events: Iterator[Event]) -> dict[str, Any]:
    """Draw what has come so far, again and again, until the whole answer is there."""
    words, markdown, sources = st.empty(), "", []
    for event in events:
        match event.name:
            case "understood":
                with words.container():
                    draw_place(event.data["step"], event.data["concepts"])
                words = st.empty()
            case "sources":
                sources = event.data["sources"]
            case "quote":
                sentence = event.data["sentence"]
                markdown += f"{sentence['text']} [{sentence['citations'][0]}]\n\n"
            case "token":
                markdown += event.data["text"]
            case "done":
                return event.data
        waiting = "" if event.name == "token" else "\n\n:gray[…]"
        words.markdown(linked(markdown, sources, api()) + waiting)
    raise TutorUnavailable("The answer broke off. Ask again.")


def choose(question: str) -> None:
    st.session_state.chosen = question


def start_over() -> None:
    st.session_state.turns = []
    st.session_state.conversation_id = None


main()
