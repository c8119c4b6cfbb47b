"""The errors that a person can meet, each with its HTTP status and what to do next.

TutorError
├── BadRequest          400  the request itself is wrong
│   ├── EmptyQuestion
│   └── UnknownStep
├── TooLong             413  the question is too long
├── NotFound            404  no passage, concept, resource, note or conversation of this name
└── NotReady            503  no index, or one that this embedding cannot read
"""

from http import HTTPStatus


class TutorError(Exception):
    """The root of the family. The message tells a person what to do next; `type` is a stable name for programs."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    type = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def problem(self) -> dict[str, object]:
        """The error as `application/problem+json` (RFC 9457)."""
        return {
            "type": f"urn:stepwise:{self.type}",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.message,
        }


class BadRequest(TutorError):
    status = HTTPStatus.BAD_REQUEST
    type = "bad-request"


class EmptyQuestion(BadRequest):
    type = "empty-question"

    def __init__(self) -> None:
        super().__init__("The question is empty: type what you want to know.")


class UnknownStep(BadRequest):
    type = "unknown-step"

    def __init__(self, step: int, last: int) -> None:
        super().__init__(f"There is no step {step}: choose one from 1 to {last}, or leave it out.")


class TooLong(TutorError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    type = "too-long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"The question has {length} characters; at most {limit} can be read. Ask about one part of it."
        )


class NotFound(TutorError):
    status = HTTPStatus.NOT_FOUND
    type = "not-found"


class NotReady(TutorError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    type = "not-ready"
