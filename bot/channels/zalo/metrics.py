"""What the Zalo channel counts, in the service's registry. No label holds anything that a person sent."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_WEBHOOK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_REPLY = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1800.0)


class ZaloMetrics:
    """The counters of one open channel."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.events = Counter(
            "hoidap_zalo_events", "Events from Zalo, by name and fate", ["name", "fate"], registry=registry
        )
        self.refused = Counter(
            "hoidap_zalo_refused", "Requests to the webhook refused, by reason", ["reason"], registry=registry
        )
        self.signatures = Counter(
            "hoidap_zalo_signatures", "Requests by the way they were signed", ["variant"], registry=registry
        )
        self.webhook_seconds = Histogram(
            "hoidap_zalo_webhook_seconds",
            "Seconds until Zalo was answered",
            buckets=_WEBHOOK,
            registry=registry,
        )
        self.calls = Counter(
            "hoidap_zalo_calls",
            "Calls to Zalo, by kind, what became of them and Zalo's error code",
            ["call", "outcome", "code"],
            registry=registry,
        )
        self.undelivered = Counter(
            "hoidap_zalo_undelivered", "Messages given up, by outcome", ["outcome"], registry=registry
        )
        self.confirmed = Counter(
            "hoidap_zalo_confirmed", "Uncertain messages that Zalo's echo confirmed", registry=registry
        )
        self.reply_seconds = Histogram(
            "hoidap_zalo_reply_seconds",
            "Seconds from an event's arrival to a message of its answer",
            buckets=_REPLY,
            registry=registry,
        )
        self.stored = Gauge(
            "hoidap_zalo_stored", "Events waiting and messages stored, by state", ["state"], registry=registry
        )
        self.login_needed = Gauge(
            "hoidap_zalo_login_needed", "1 while nothing can be sent for want of tokens", registry=registry
        )
        self.token_expiry = Gauge(
            "hoidap_zalo_token_expiry_timestamp_seconds",
            "When the access token expires (Unix time)",
            registry=registry,
        )

    def watch_token(self, expires_at: Callable[[], float]) -> None:
        """Read the expiry whenever the metrics are asked for."""
        self.token_expiry.set_function(expires_at)
