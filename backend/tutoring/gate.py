"""Decides whether the notes cover a question at all.

Knows the calibrated threshold of the snapshot. Does not know whether a passage of the right field holds the answer:
no retrieval score tells that.
"""

from collections.abc import Sequence

from backend.tutoring.retrieve import Candidate
from ingest.snapshots import Gate


def is_covered(candidates: Sequence[Candidate], gate: Gate) -> bool:
    """Whether any passage is as near as passages are to questions about the curriculum."""
    return max((candidate.cosine for candidate in candidates), default=-1.0) >= gate.threshold
