import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Step

STEPS = (Step(1, "python-basics", "Python basics"), Step(2, "ml-concepts", "Machine learning concepts"))


def graph_of(*concepts: Concept) -> ConceptGraph:
    return ConceptGraph(STEPS, concepts)


@pytest.fixture
def graph() -> ConceptGraph:
    return graph_of(
        Concept("lists", "Lists", 1),
        Concept("functions", "Functions", 1, aliases=("`def`", "return value")),
        Concept("regression", "Regression", 2, ("functions",)),
        Concept("linear-regression", "Linear regression", 2, ("regression", "lists"), ("least squares",)),
        Concept("overfitting", "Overfitting", 2, ("linear-regression",), depth="further"),
    )


@st.composite
def acyclic(draw: st.DrawFn) -> ConceptGraph:
    """Any graph in study order: a concept needs only concepts above it."""
    size = draw(st.integers(1, 12))
    above = [draw(st.sets(st.integers(0, position - 1))) if position else set() for position in range(size)]
    return graph_of(*(Concept(f"c{n}", f"C{n}", 1, tuple(f"c{m}" for m in sorted(above[n]))) for n in range(size)))


def test_concepts_come_in_study_order(graph: ConceptGraph) -> None:
    assert [concept.id for concept in graph] == ["lists", "functions", "regression", "linear-regression", "overfitting"]
    assert len(graph) == 5


def test_a_graph_knows_its_concepts_and_no_others(graph: ConceptGraph) -> None:
    assert "lists" in graph
    assert graph["lists"].name == "Lists"
    assert "tuples" not in graph
    with pytest.raises(KeyError):
        graph["tuples"]


def test_a_step_is_found_by_its_number(graph: ConceptGraph) -> None:
    assert graph.step(2).id == "ml-concepts"
    assert graph.steps == STEPS


def test_a_step_has_its_own_concepts_in_order(graph: ConceptGraph) -> None:
    assert [concept.id for concept in graph.of_step(1)] == ["lists", "functions"]
    assert graph.of_step(7) == []


def test_ancestors_are_near_and_far(graph: ConceptGraph) -> None:
    assert graph.ancestors("overfitting") == {"linear-regression", "regression", "lists", "functions"}
    assert graph.ancestors("lists") == set()


@given(acyclic())
def test_ancestors_are_the_prerequisites_and_their_ancestors(graph: ConceptGraph) -> None:
    for concept in graph:
        beyond = (graph.ancestors(prerequisite) for prerequisite in concept.prerequisites)
        assert graph.ancestors(concept.id) == set(concept.prerequisites).union(*beyond)


def test_a_circle_of_prerequisites_ends() -> None:
    graph = graph_of(Concept("a", "A", 1, ("b",)), Concept("b", "B", 1, ("a",)))
    assert graph.ancestors("a") == {"a", "b"}


@given(acyclic())
def test_after_is_the_other_direction_of_prerequisites(graph: ConceptGraph) -> None:
    forward = {(concept.id, later.id) for concept in graph for later in graph.after(concept.id)}
    assert forward == {(before, concept.id) for concept in graph for before in concept.prerequisites}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What is overfitting?", ["overfitting"]),
        ("OVERFITTING", ["overfitting"]),
        ("a list and two functions", ["functions", "lists"]),
        ("the return values of a function", ["functions"]),
        ("`def` begins it", ["functions"]),
        ("least squares", ["linear-regression"]),
        ("I listen to regressionists", []),
        ("a list-like thing, a sub-list", []),
        ("", []),
    ],
)
def test_a_concept_is_named_by_whole_words_in_singular_or_plural(
    graph: ConceptGraph, text: str, named: list[str]
) -> None:
    assert [concept.id for concept in graph.named_in(text)] == named


def test_the_longest_name_takes_its_words(graph: ConceptGraph) -> None:
    assert [concept.id for concept in graph.named_in("linear regression")] == ["linear-regression"]


def test_a_shorter_name_counts_where_it_stands_alone(graph: ConceptGraph) -> None:
    named = graph.named_in("Regression, or linear regression, overfitting a list")
    assert [concept.id for concept in named] == ["linear-regression", "overfitting", "regression", "lists"]


@given(st.text())
def test_any_text_names_each_concept_once_at_most(text: str) -> None:
    graph = graph_of(Concept("a", "A", 1, aliases=("a b",)), Concept("b", "B", 1))
    named = [concept.id for concept in graph.named_in(text)]
    assert len(named) == len(set(named))
