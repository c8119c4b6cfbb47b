"""Each error says what to do next, to people and to programs."""

import pytest

from backend.errors import BadRequest, EmptyQuestion, NotFound, NotReady, TooLong, TutorError, UnknownStep


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (EmptyQuestion(), 400, "empty-question"),
        (UnknownStep(9, 6), 400, "unknown-step"),
        (BadRequest("x"), 400, "bad-request"),
        (TooLong(100, 10), 413, "too-long"),
        (NotFound("x"), 404, "not-found"),
        (NotReady("x"), 503, "not-ready"),
        (TutorError("x"), 500, "error"),
    ],
)
def test_a_problem_carries_its_status_its_type_and_its_message(error: TutorError, status: int, kind: str) -> None:
    problem = error.problem()
    assert problem == {
        "type": f"urn:stepwise:{kind}",
        "title": error.status.phrase,
        "status": status,
        "detail": str(error),
    }
