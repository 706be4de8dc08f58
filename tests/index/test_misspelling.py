"""Slips and what was meant."""

from __future__ import annotations

import pytest

from index.misspelling import near


@pytest.mark.parametrize("slip", ["chieuu", "chie", "cheiu", "chiau", "cieu"])
def test_one_slip_leads_back(slip: str) -> None:
    assert "chieu" in near(slip)


@pytest.mark.parametrize("token", ["58,31", "ho", "x1", "", "nghiengggggg"])
def test_figures_and_what_is_no_syllable_have_no_near_ones(token: str) -> None:
    assert near(token) == []
