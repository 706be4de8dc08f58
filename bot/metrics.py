"""What is counted and timed, for Prometheus. No label holds anything a person typed."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one running service, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "hoidap_turns",
            "Messages answered, by status and by the way they went",
            ["status", "via"],
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "hoidap_turn_seconds",
            "Seconds from message to reply",
            ["via"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.answer_seconds = Histogram(
            "hoidap_answer_seconds",
            "Seconds that answering took, without Rasa",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.rasa_failures = Counter(
            "hoidap_rasa_failures", "Turns for which Rasa did not answer", registry=self.registry
        )
        self.refused = Counter(
            "hoidap_refused", "Requests refused, by kind of problem", ["kind"], registry=self.registry
        )
        self.feedback = Counter("hoidap_feedback", "Verdicts on answers", ["verdict"], registry=self.registry)

    def text(self) -> bytes:
        """The metrics in Prometheus' text format."""
        return generate_latest(self.registry)
