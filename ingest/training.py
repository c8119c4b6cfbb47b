"""Trains the adapter of the embedding, and fits the basis of its token vectors: `python -m ingest.training`.

A pair is a learner's question and a text that answers it: the best passage and the best sentence of the page that the
question asks for (`corpus/asked`), the sentences that were picked by hand for some of these questions
(`answers.jsonl`), and for a quiz prompt the reason of its right answer. Questions of `tests/questions` are not used.
Contrastive loss with the other texts of a batch as negatives (MultipleNegativesRanking, Henderson et al., 2017), both
ways. Only a part of the change is kept, since all of it makes foreign texts harder to find, and of each matrix only its
64 largest singular directions, which fit into 5 MB.

Needs a served index. Takes about 20 minutes on two cores. Figures: docs/log.md.
"""

import json
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from corpus.reader import read_asked, read_quizzes
from ingest.embedding import Embedding, Vectors
from ingest.late_interaction import BASIS_FILE, KEPT_DIMENSIONS
from ingest.quantization import ADAPTER_FILE, LEFT, RIGHT
from ingest.settings import ingest_settings
from ingest.snapshots import OpenSnapshot, SnapshotStore

_ANSWERS_FILE = Path(__file__).with_name("answers.jsonl")
_EPOCHS, _BATCH, _RATE, _WARM_UP = 1, 48, 3e-5, 40
_TEMPERATURE = 0.05
_KEPT_SHARE = 0.7
_RANK = 64
_QUESTION_TOKENS, _ANSWER_TOKENS = 64, 96
_SHORTEST_REASON = 20

Pair = tuple[str, str, str]
"""A question, a text that answers it, and the document that it is of."""


def pairs(opened: OpenSnapshot, embedding: Embedding) -> Iterator[Pair]:
    """All pairs of the corpus and of the answers picked by hand."""
    passage_vectors = opened.index.vectors()
    for document, questions in read_asked(ingest_settings().corpus).items():
        ids = opened.passages_of(document)
        passages = [opened.passages[id_] for id_ in ids]
        contents = [entry.passage.embedding_content() for entry in passages]
        units = [unit.of(entry.passage.text) for entry in passages for unit in entry.units]
        whole = np.stack([passage_vectors[id_] for id_ in ids])
        parts = np.concatenate([opened.unit_vectors(id_) for id_ in ids])
        for question, vector in zip(questions, embedding.embed(questions), strict=True):
            yield question, contents[int(np.argmax(whole @ vector))], document
            yield question, units[int(np.argmax(parts @ vector))], document
    for concept, items in read_quizzes(ingest_settings().corpus).items():
        for item in items:
            if len(reason := _reason(item)) >= _SHORTEST_REASON:
                yield str(item["prompt"]), reason, concept
    for line in _ANSWERS_FILE.read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        for sentence in answer["best"]:
            yield answer["question"], sentence, answer["document"]


def _reason(item: Mapping[str, Any]) -> str:
    right = [choice for choice in item.get("choices", ()) if choice.get("correct")]
    return f"{right[0]['text']}. {right[0].get('why', '')}" if right else str(item.get("why", ""))


def train_adapter(examples: list[Pair], folder: Path, target: Path) -> None:
    """Train on the pairs, in an order that is the same each time, and write the adapter."""
    import torch
    from safetensors.torch import save_file
    from sentence_transformers import SentenceTransformer

    torch.manual_seed(0)
    order = random.Random(0)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    encoder = model[0].auto_model
    before = {name: weight.clone() for name, weight in encoder.state_dict().items()}
    encoder.embeddings.requires_grad_(False)
    encoder.train()
    weights = [weight for weight in encoder.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)

    def vectors(texts: list[str], tokens: int) -> Any:
        batch = model.tokenizer(texts, padding=True, truncation=True, max_length=tokens, return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        hidden = encoder(**batch).last_hidden_state
        return torch.nn.functional.normalize((hidden * mask).sum(dim=1) / mask.sum(dim=1), dim=1)

    steps = _EPOCHS * (len(examples) // _BATCH)
    step = 0
    for _ in range(_EPOCHS):
        order.shuffle(examples)
        for first in range(0, len(examples) - _BATCH + 1, _BATCH):
            questions, answers, documents = map(list, zip(*examples[first : first + _BATCH], strict=True))
            scores = vectors(questions, _QUESTION_TOKENS) @ vectors(answers, _ANSWER_TOKENS).T / _TEMPERATURE
            # Another text of the same document may answer the question as well, so it is no negative.
            same = [[one == other and i != j for j, other in enumerate(documents)] for i, one in enumerate(documents)]
            scores = scores.masked_fill(torch.tensor(same), -1e4)
            right = torch.arange(_BATCH)
            loss = torch.nn.functional.cross_entropy(scores, right) + torch.nn.functional.cross_entropy(scores.T, right)
            optimizer.param_groups[0]["lr"] = _RATE * min(1, step / _WARM_UP) * (1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            step += 1
            _say(f"step {step} of {steps}: loss {loss.item() / 2:.3f}")

    adapter: dict[str, Any] = {}
    for name, weight in encoder.state_dict().items():
        change = (weight - before[name]) * _KEPT_SHARE if name.startswith("encoder.") else None
        if change is None:
            continue
        if change.ndim == 2:
            left, strengths, right_side = torch.linalg.svd(change, full_matrices=False)
            root = strengths[:_RANK].sqrt()
            adapter[name + LEFT] = (left[:, :_RANK] * root).half().contiguous()
            adapter[name + RIGHT] = (root.unsqueeze(1) * right_side[:_RANK]).half().contiguous()
        else:
            adapter[name] = change.half().contiguous()
    save_file(adapter, target)
    target.chmod(0o644)


def fit_basis(texts: list[str], embedding: Embedding) -> Vectors:
    """The directions in which the token vectors of some texts vary most, of shape (384, 64)."""
    rows = np.concatenate([tokens for _, tokens in embedding.read(texts)])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    _, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    kept: Vectors = directions[:, ::-1][:, :KEPT_DIMENSIONS].astype(np.float16)
    return kept


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    embedding = Embedding()
    with OpenSnapshot(SnapshotStore(ingest_settings().home).current()) as opened:
        examples = list(pairs(opened, embedding))
        contents = [entry.passage.embedding_content() for entry in opened.passages.values()]
    _say(f"{len(examples)} pairs")
    train_adapter(examples, embedding.folder, ADAPTER_FILE)
    np.save(BASIS_FILE, fit_basis(contents[::5], Embedding()))


if __name__ == "__main__":
    main()
