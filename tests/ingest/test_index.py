from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import DIMENSION, Vectors
from ingest.index import PassageIndex, folder_hashes
from ingest.passages import Passage

KINDS = ("note", "resource", "document")


def passage(number: int) -> Passage:
    step = number % 7 or None
    return Passage(
        f"id{number}",
        "doc",
        KINDS[number % 3],
        "Title",
        "Idea",
        "idea",
        number,
        step,
        None,
        "doc.md",
        (1, 1),
        0,
        "Text.",
    )


PASSAGES = [passage(number) for number in range(60)]
IDS = [passage.id for passage in PASSAGES]


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    rows = np.random.default_rng(0).normal(size=(len(PASSAGES), DIMENSION)).astype(np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, vectors: Vectors) -> Iterator[PassageIndex]:
    folder = tmp_path_factory.mktemp("index")
    PassageIndex.build(folder, PASSAGES, vectors)
    opened = PassageIndex(folder)
    yield opened
    opened.close()


def test_a_passage_is_nearest_to_its_own_vector(index: PassageIndex, vectors: Vectors) -> None:
    for id_, vector in zip(IDS, vectors, strict=True):
        best = index.nearest(vector, 1)[0]
        assert best.passage_id == id_
        assert best.cosine == pytest.approx(1, abs=1e-5)


def test_hits_are_the_best_by_cosine_best_first(index: PassageIndex, vectors: Vectors) -> None:
    question = (vectors[3] + vectors[40]) / np.linalg.norm(vectors[3] + vectors[40])
    cosines = vectors @ question
    expected = np.argsort(-cosines)[:10]
    hits = index.nearest(question, 10)
    assert [hit.passage_id for hit in hits] == [IDS[row] for row in expected]
    assert [hit.cosine for hit in hits] == pytest.approx(cosines[expected].tolist(), abs=1e-5)


@pytest.mark.parametrize("kinds", [["note"], ["resource", "document"], list(KINDS)])
def test_only_the_wanted_kinds_are_found(index: PassageIndex, vectors: Vectors, kinds: list[str]) -> None:
    hits = index.nearest(vectors[0], 100, kinds)
    assert {hit.passage_id for hit in hits} == {passage.id for passage in PASSAGES if passage.kind in kinds}


def test_no_wish_finds_every_kind(index: PassageIndex, vectors: Vectors) -> None:
    assert {hit.passage_id for hit in index.nearest(vectors[0], 100)} == set(IDS)
    assert len(index.nearest(vectors[0], 100, [])) == len(IDS)


def test_an_unknown_kind_finds_nothing(index: PassageIndex, vectors: Vectors) -> None:
    assert index.nearest(vectors[0], 5, ["film"]) == []


def test_all_vectors_come_back_by_id(index: PassageIndex, vectors: Vectors) -> None:
    stored = index.vectors()
    assert sorted(stored) == sorted(IDS)
    np.testing.assert_allclose(np.stack([stored[id_] for id_ in IDS]), vectors, atol=1e-6)


def test_some_vectors_come_back_by_id(index: PassageIndex, vectors: Vectors) -> None:
    stored = index.vectors(["id7", "id3"])
    assert stored.keys() == {"id3", "id7"}
    np.testing.assert_allclose(stored["id7"], vectors[7], atol=1e-6)


def test_no_ids_and_unknown_ids_have_no_vectors(index: PassageIndex) -> None:
    assert index.vectors([]) == {}
    assert index.vectors(["nobody"]) == {}


def test_the_count_is_that_of_the_passages(index: PassageIndex) -> None:
    assert index.count() == len(PASSAGES)


def test_more_passages_than_chroma_takes_at_once_are_all_kept(
    tmp_path: Path, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index._BATCH", 7)
    PassageIndex.build(tmp_path, PASSAGES, vectors)
    index = PassageIndex(tmp_path)
    stored = index.vectors()
    index.close()
    assert sorted(stored) == sorted(IDS)
    np.testing.assert_allclose(stored["id59"], vectors[59], atol=1e-6)


def test_two_indexes_in_one_process_stay_apart(tmp_path: Path, index: PassageIndex, vectors: Vectors) -> None:
    PassageIndex.build(tmp_path, PASSAGES[:2], vectors[:2])
    other = PassageIndex(tmp_path)
    assert (other.count(), index.count()) == (2, len(PASSAGES))
    other.close()
    assert index.nearest(vectors[5], 1)[0].passage_id == "id5"


def test_hashes_name_every_file_and_change_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "deep" / "b.txt").write_text("b")
    before = folder_hashes(tmp_path)
    assert before.keys() == {"a.txt", "deep/b.txt"}
    (tmp_path / "deep" / "b.txt").write_text("c")
    assert folder_hashes(tmp_path) == {**before, "deep/b.txt": folder_hashes(tmp_path)["deep/b.txt"]}
    assert folder_hashes(tmp_path)["deep/b.txt"] != before["deep/b.txt"]
