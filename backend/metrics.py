"""What operators see at `/metrics`: how many answers of which kind, and how long they took. No question is recorded."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from backend.tutoring.answer import Answer


class Metrics:
    """Counters of one app, in a registry of their own so that two apps in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "stepwise_answers", "Answers given", ["status", "engine", "degraded"], registry=self.registry
        )
        self._seconds = Histogram(
            "stepwise_answer_seconds",
            "Seconds from question to whole answer",
            ["engine"],
            buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
            registry=self.registry,
        )

    def count(self, answer: Answer) -> None:
        engine = "quote" if answer.engine == "quote" else "model"
        self._answers.labels(answer.status, engine, str(answer.degraded is not None).lower()).inc()
        self._seconds.labels(engine).observe(answer.timings_ms["total"] / 1000)

    def page(self) -> bytes:
        """The current values in the text format of Prometheus."""
        return generate_latest(self.registry)
