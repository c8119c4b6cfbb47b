"""Ranking in a foreign corpus: what is read, what the figures mean, and that ours is one of them."""

import json
from pathlib import Path

import pytest

from backend.errors import BadRequest
from backend.evaluation.retrieval import _fused, _ndcg, _reciprocal_rank, _top, evaluate_ranking, read_foreign_corpus
from ingest.embedding import Embedding

PASSAGES = {
    "p1": "A list keeps the order of its items. Call append to add one at the end.",
    "p2": "Gradient descent lowers a cost in small steps against the gradient.",
    "p3": "Boil the egg for six minutes.",
    "p4": "Overfitting means that a model learns the noise of its training data.",
}
QUERIES = {"q1": "how do i add something to a list", "q2": "what lowers the cost step by step", "q3": "not judged"}
QRELS = "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\nq2\tp3\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": id_, "title": "", "text": text}) for id_, text in PASSAGES.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines))
    (tmp_path / "queries.jsonl").write_text(
        "\n".join(json.dumps({"_id": id_, "text": text}) for id_, text in QUERIES.items())
    )
    (tmp_path / "qrels.tsv").write_text(QRELS)
    return tmp_path


def test_only_judged_questions_are_asked(folder: Path) -> None:
    corpus = read_foreign_corpus(folder)
    assert corpus.questions == [QUERIES["q1"], QUERIES["q2"]]
    assert corpus.relevant == [{0}, {1}]


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_said(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(BadRequest, match="no corpus in BEIR's form"):
        read_foreign_corpus(folder)


def test_a_judgement_of_an_unknown_passage_is_said(folder: Path) -> None:
    (folder / "qrels.tsv").write_text(QRELS + "q1\tp9\t1\n")
    with pytest.raises(BadRequest, match="p9"):
        read_foreign_corpus(folder)


def test_every_ranking_has_its_figures_and_ours_is_compared_with_each(folder: Path, embedding: Embedding) -> None:
    figures = {figure.name: figure for figure in evaluate_ranking(read_foreign_corpus(folder), embedding)}
    for name in ("stepwise", "plain MiniLM", "BM25", "RRF of both"):
        assert {f"nDCG@10, {name}", f"recall@1, {name}", f"MRR@10, {name}"} <= figures.keys()
        assert figures[f"recall@3, {name}"].items == 2
    assert figures["recall@1, stepwise"].value == 1
    ahead = figures["nDCG@10, ahead of BM25"]
    assert ahead.value == pytest.approx(figures["nDCG@10, stepwise"].value - figures["nDCG@10, BM25"].value)


def test_gain_is_discounted_by_rank_and_normalised_by_the_best_list() -> None:
    assert _ndcg([True] + [False] * 9, 1) == 1
    assert _ndcg([False, True] + [False] * 8, 1) == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)
    assert _ndcg([True, False, True] + [False] * 7, 2) == pytest.approx((1 + 0.5) / (1 + 0.6309), abs=1e-4)
    assert _ndcg([False] * 10, 1) == 0


def test_the_reciprocal_rank_is_that_of_the_first_hit() -> None:
    assert _reciprocal_rank([False, False, True, True]) == pytest.approx(1 / 3)
    assert _reciprocal_rank([False] * 10) == 0


def test_fusion_adds_reciprocal_ranks() -> None:
    import numpy as np

    first, second = np.array([[3.0, 2.0, 1.0]], np.float32), np.array([[1.0, 3.0, 2.0]], np.float32)
    fused = _fused(first, second)
    assert fused[0, 1] == pytest.approx(1 / 62 + 1 / 61)
    assert _top(fused)[0].tolist() == [1, 0, 2]
