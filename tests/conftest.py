"""What holds for every test: no network, one asynchronous back end, steady property tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

_NO_NETWORK = str(Path(__file__).parent / "no_network")

# Here and not in a fixture: imports, collection and session fixtures must not call out either.
sys.path.insert(0, _NO_NETWORK)
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402, F401  (registers the audit hook)

# For the child processes. What they would report about themselves is off as well.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [_NO_NETWORK, os.environ.get("PYTHONPATH")]))
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# A busy two-core machine says nothing about code: properties are judged by their answers, not by the clock.
settings.register_profile("hoidap", deadline=None, print_blob=True)
settings.load_profile("hoidap")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The only event loop that the service runs on."""
    return "asyncio"
