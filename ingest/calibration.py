"""Fits the off-topic gate to the corpus at hand.

The gate is a threshold on the cosine of the best passage. In-scope questions are the prompts of our quizzes (they are
not indexed); off-topic ones are the list beside this file. Knows cosines. Does not know why a question is off topic.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Vectors
from ingest.snapshots import Gate

_OFF_TOPIC_FILE = Path(__file__).with_name("off_topic_questions.txt")
_MAX_WORDS = 25
# Refusing a learner wrongly is worse than quoting beside the point, since the sources show what was found.
_COST_OF_FALSE_REFUSAL = 3.0
# For a corpus without a quiz: on others it kept 97 to 99.9 % of the questions and let in 6 to 10 % of far ones.
_UNCALIBRATED_THRESHOLD = 0.40


def off_topic_questions() -> list[str]:
    return _OFF_TOPIC_FILE.read_text(encoding="utf-8").splitlines()


def usable_prompts(prompts: Sequence[str]) -> list[str]:
    """The quiz prompts that read like a learner's question: one short line that ends in a question mark."""
    return [prompt for prompt in prompts if prompt.endswith("?") and len(prompt.split()) <= _MAX_WORDS]


def fit_gate(passage_vectors: Vectors, in_scope: Vectors, off_topic: Vectors) -> Gate:
    """The threshold with the least cost on the two sets, halfway between its neighbours; 0.4 with no in-scope question.

    Args:
        passage_vectors: Unit rows, one a passage.
        in_scope: Unit rows, one an in-scope question.
        off_topic: Unit rows, one an off-topic question.
    """
    good, bad = _best_cosines(passage_vectors, in_scope), _best_cosines(passage_vectors, off_topic)
    values = np.unique(np.concatenate([good, bad]))
    candidates = (values[1:] + values[:-1]) / 2

    def cost(threshold: float) -> float:
        return float(_COST_OF_FALSE_REFUSAL * np.mean(good < threshold) + np.mean(bad >= threshold))

    threshold = min(candidates.tolist(), key=cost) if len(good) else _UNCALIBRATED_THRESHOLD
    return Gate(
        threshold=round(threshold, 4),
        in_scope_kept=round(float(np.mean(good >= threshold)), 4) if len(good) else 1.0,
        off_topic_refused=round(float(np.mean(bad < threshold)), 4),
    )


def _best_cosines(passages: Vectors, questions: Vectors) -> NDArray[np.float32]:
    best: NDArray[np.float32] = np.max(questions @ passages.T, axis=1)
    return best
