"""How well our ranking finds the right passage in a foreign corpus, beside what one would otherwise use.

The folder has BEIR's form (Thakur et al., 2021): `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`. Passages are scored as
`backend.tutoring.retrieve` scores them; a foreign corpus has no pointers, steps or concepts. Knows ranks and relevance.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.errors import BadRequest
from backend.evaluation.figures import Figure, difference, figure
from backend.tutoring.retrieve import KEYWORD_WEIGHT, LATE_CANDIDATES, LATE_WEIGHT, UNIT_WEIGHT, Asked, word_match
from ingest.embedding import Embedding, Vectors
from ingest.keywords import KeywordIndex
from ingest.late_interaction import TokenVectors, compressed
from ingest.sentences import cut_units

_DEPTH = 10
_RRF_CONSTANT = 60
"""Of Cormack et al. (2009), "Reciprocal rank fusion"."""

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class ForeignCorpus:
    """Passages, questions, and for each question the rows of the passages that answer it."""

    passages: list[str]
    questions: list[str]
    relevant: list[set[int]]


def read_foreign_corpus(folder: Path) -> ForeignCorpus:
    """A folder in BEIR's form; questions without a judgement are left out.

    Raises:
        BadRequest: A file is missing or a line cannot be read.
    """
    try:
        entries = [json.loads(line) for line in _lines(folder / "corpus.jsonl")]
        passages = ["\n".join(filter(None, [entry.get("title"), entry["text"]])) for entry in entries]
        rows = {_id(entry): row for row, entry in enumerate(entries)}
        relevant: dict[str, set[int]] = {}
        for query, passage, score in list(csv.reader(_lines(folder / "qrels.tsv"), delimiter="\t"))[1:]:
            if int(score) > 0:
                relevant.setdefault(query, set()).add(rows[passage])
        asked = {_id(entry): entry["text"] for entry in map(json.loads, _lines(folder / "queries.jsonl"))}
    except (OSError, ValueError, KeyError) as error:
        raise BadRequest(f"{folder} is no corpus in BEIR's form ({error!r}).") from error
    judged = [id_ for id_ in asked if id_ in relevant]
    return ForeignCorpus(passages, [asked[id_] for id_ in judged], [relevant[id_] for id_ in judged])


def evaluate_ranking(corpus: ForeignCorpus, embedding: Embedding) -> list[Figure]:
    """nDCG@10, recall and MRR@10 of our ranking and of three others, and how far ours is ahead."""
    with TemporaryDirectory() as folder:
        KeywordIndex.build(Path(folder), corpus.passages)
        index = KeywordIndex(Path(folder))
        keywords = np.stack([index.scores(question) for question in corpus.questions])
    plain = _plain_scores(corpus, embedding.folder)
    rankings = {
        "stepwise": _our_ranking(corpus, keywords, embedding),
        "plain MiniLM": _top(plain),
        "BM25": _top(keywords),
        "RRF of both": _top(_fused(plain, keywords)),
    }
    figures: list[Figure] = []
    gains: dict[str, list[float]] = {}
    for name, ranking in rankings.items():
        hits = [[row in right for row in rows] for rows, right in zip(ranking.tolist(), corpus.relevant, strict=True)]
        gains[name] = [_ndcg(row, len(right)) for row, right in zip(hits, corpus.relevant, strict=True)]
        figures.append(figure("retrieval", f"nDCG@10, {name}", "all", gains[name]))
        figures += [
            figure("retrieval", f"recall@{k}, {name}", "all", [float(any(row[:k])) for row in hits]) for k in (1, 3, 5)
        ]
        figures.append(figure("retrieval", f"MRR@10, {name}", "all", [_reciprocal_rank(row) for row in hits]))
    figures += [
        difference("retrieval", f"nDCG@10, ahead of {name}", gains["stepwise"], gains[name])
        for name in list(rankings)[1:]
    ]
    return figures


def _our_ranking(corpus: ForeignCorpus, keywords: Scores, embedding: Embedding) -> NDArray[np.int64]:
    vectors, tokens = _read(corpus.passages, embedding)
    units = [[unit.of(text) for unit in cut_units(text)] or [text] for text in corpus.passages]
    unit_vectors = embedding.embed([unit for row in units for unit in row])
    firsts = np.concatenate([[0], np.cumsum([len(row) for row in units])[:-1]])
    ranking = []
    for question, shared in zip(corpus.questions, keywords, strict=True):
        asked = Asked.of(question, embedding)
        best_units = np.maximum(np.maximum.reduceat(unit_vectors @ asked.vector, firsts), 0)
        scores = vectors @ asked.vector + KEYWORD_WEIGHT * shared / (shared.max() or 1) + UNIT_WEIGHT * best_units
        best = _top(scores[np.newaxis], LATE_CANDIDATES)[0]
        scores = scores[best] + LATE_WEIGHT * np.array([word_match(asked, tokens[row]) for row in best])
        ranking.append(best[np.argsort(-scores, kind="stable")][:_DEPTH])
    return np.stack(ranking)


def _read(texts: Sequence[str], embedding: Embedding) -> tuple[Vectors, list[TokenVectors]]:
    vectors, kept = [], []
    for vector, tokens in embedding.read(texts):
        vectors.append(vector)
        kept.append(compressed(tokens))
    return np.stack(vectors), kept


def _plain_scores(corpus: ForeignCorpus, folder: Path) -> Scores:
    """Cosines of all-MiniLM-L6-v2 as sentence-transformers has it."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    passages, questions = (
        model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        for texts in (corpus.passages, corpus.questions)
    )
    scores: Scores = questions @ passages.T
    return scores


def _fused(*scores: Scores) -> Scores:
    ranks = [np.argsort(np.argsort(-each, axis=1, kind="stable"), axis=1) for each in scores]
    fused: Scores = np.sum([1 / (_RRF_CONSTANT + 1 + rank) for rank in ranks], axis=0).astype(np.float32)
    return fused


def _top(scores: Scores, depth: int = _DEPTH) -> NDArray[np.int64]:
    return np.argsort(-scores, axis=1, kind="stable")[:, :depth]


def _ndcg(hits: Sequence[bool], relevant: int) -> float:
    """Normalised discounted cumulative gain of a list of ten (Järvelin and Kekäläinen, 2002)."""
    discounts = 1 / np.log2(np.arange(2, _DEPTH + 2))
    return float(np.sum(discounts[: len(hits)] * np.asarray(hits)) / np.sum(discounts[:relevant]))


def _reciprocal_rank(hits: Sequence[bool]) -> float:
    return next((1 / rank for rank, hit in enumerate(hits, start=1) if hit), 0.0)


def _lines(path: Path) -> Iterator[str]:
    return iter(path.read_text(encoding="utf-8").splitlines())


def _id(entry: dict[str, Any]) -> str:
    return str(entry["id"] if "id" in entry else entry["_id"])
