"""The Zalo channel: an Official Account that answers once and loses no message. See docs/zalo.md.

webhook ─► signature, events ─► inbox (SQLite) ─► lanes, one a person ─► gateway ─► replies
        ─► outbox (SQLite) ─► delivery ─► api, tokens ─► Zalo
"""
