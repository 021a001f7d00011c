"""The golden files are compared with, not written."""

from __future__ import annotations

import pytest


def test_the_regenerate_switch_is_off(request: pytest.FixtureRequest) -> None:
    assert not request.config.getoption("--regenerate"), "golden files were written; run again without --regenerate"
