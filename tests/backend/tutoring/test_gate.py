"""What no passage is near to is not covered."""

import pytest

from backend.tutoring.gate import is_covered
from backend.tutoring.retrieve import Candidate
from ingest.snapshots import Gate, OpenSnapshot

GATE = Gate(threshold=0.4, in_scope_kept=1, off_topic_refused=1)


def candidates(snapshot: OpenSnapshot, *cosines: float) -> list[Candidate]:
    entry = next(iter(snapshot.passages.values()))
    return [Candidate(entry, cosine, score=1.0) for cosine in cosines]


@pytest.mark.parametrize(
    ("cosines", "covered"), [((), False), ((0.39, 0.1), False), ((0.4,), True), ((0.1, 0.2, 0.9), True)]
)
def test_the_nearest_passage_decides_whatever_its_rank_or_score(
    snapshot: OpenSnapshot, cosines: tuple[float, ...], covered: bool
) -> None:
    assert is_covered(candidates(snapshot, *cosines), GATE) is covered
