"""Holds for every run of the tests: in CI, a test that is skipped is a test that was not passed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Places that the one who runs the tests has added must change nothing in them.
os.environ["SAYSO_PLACES"] = str(Path(__file__).with_name("no-places-of-your-own"))

# A run that a shell started in the background ignores Ctrl-C, and so would every program that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# In CI the same examples are drawn every time, so that a change is judged by what it changed; a run by hand looks
# further with every seed.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped anything, so that a missing part of the machine cannot pass unseen."""
    reporter: pytest.TerminalReporter | None = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
