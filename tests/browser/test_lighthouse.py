"""Lighthouse on a thousand cases: all but speed, which the benchmark of that name measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from projects import REPOSITORY, run


@pytest.mark.full
def test_lighthouse_finds_no_fault_and_the_first_view_is_small(big_site: Path) -> None:
    said = run(REPOSITORY / "benchmarks" / "lighthouse.py", big_site, "--runs", "1", "--json")
    pages = json.loads(said)
    assert len(pages) == 4
    for page, found in pages.items():
        scores = {key: found[key] for key in ("accessibility", "best-practices", "seo")}
        assert (page, scores) == (page, dict.fromkeys(scores, 100)), found["failed"]
        assert (page, found["shift"]) == (page, 0)
        assert found["bytes"] < 60_000, page
