"""The steps, concepts and resources over HTTP."""

import pytest
from fastapi.testclient import TestClient

from corpus.reader import read_concept_graph, read_resources
from tests.conftest import NOTES, RESOURCES

GRAPH = read_concept_graph()
SHIPPED = read_resources()


def test_the_curriculum_has_every_concept_of_every_step_in_study_order(client: TestClient) -> None:
    body = client.get("/api/v1/curriculum").json()
    assert body["snapshot"] == client.get("/readyz").json()["snapshot"]
    assert [step["number"] for step in body["steps"]] == [1, 2, 3, 4, 5, 6]
    for step in body["steps"]:
        assert [concept["id"] for concept in step["concepts"]] == [c.id for c in GRAPH.of_step(step["number"])]
        assert step["resources"] == [r.id for r in SHIPPED.values() if step["number"] in r.steps]


def test_the_curriculum_tells_which_concepts_have_a_note(client: TestClient) -> None:
    body = client.get("/api/v1/curriculum").json()
    concepts = [concept for step in body["steps"] for concept in step["concepts"]]
    noted = {concept["id"] for concept in concepts if concept["has_note"]}
    assert noted == {note.split("/")[1] for note in NOTES if not note.startswith("path/")}
    assert all(bool(concept["summary"]) == concept["has_note"] for concept in concepts)


def test_a_concept_stands_between_what_comes_before_and_after(client: TestClient) -> None:
    body = client.get("/api/v1/concepts/gradient-descent").json()
    concept = GRAPH["gradient-descent"]
    assert (body["name"], body["step"], body["url"]) == (concept.name, 4, "/notes/gradient-descent")
    assert [before["id"] for before in body["prerequisites"]] == list(concept.prerequisites)
    assert [after["id"] for after in body["leads_to"]] == [after.id for after in GRAPH.after("gradient-descent")]
    assert body["resources"] == [r.id for r in SHIPPED.values() if "gradient-descent" in r.concepts]
    assert body["sections"][0]["text"]
    assert len({section["anchor"] for section in body["sections"]}) == len(body["sections"])


def test_a_concept_without_a_note_has_no_page(client: TestClient) -> None:
    body = client.get("/api/v1/concepts/gradient").json()
    assert (body["url"], body["summary"], body["sections"]) == (None, None, [])


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_resource_has_its_link_and_our_summary(client: TestClient, resource: str) -> None:
    body = client.get(f"/api/v1/resources/{resource}").json()
    shipped = SHIPPED[resource]
    assert (body["title"], body["author"], body["link"]) == (shipped.title, shipped.author, shipped.url)
    assert [concept["id"] for concept in body["concepts"]] == list(shipped.concepts)
    assert body["url"] == f"/notes/{resource}"
    assert body["summary"]
    assert body["sections"]


def test_a_resource_without_a_summary_has_no_page(client: TestClient) -> None:
    other = next(id_ for id_ in SHIPPED if id_ not in RESOURCES)
    body = client.get(f"/api/v1/resources/{other}").json()
    assert (body["url"], body["summary"], body["sections"]) == (None, None, [])


@pytest.mark.parametrize("address", ["/api/v1/concepts/quokka", "/api/v1/resources/quokka"])
def test_what_is_unknown_is_a_problem_that_says_where_to_look(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "'quokka': GET /api/v1/curriculum" in response.json()["detail"]
