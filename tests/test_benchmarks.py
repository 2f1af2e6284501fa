"""The benchmarks that others run: of quantities on texts of their own, of speed beside Hugo."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Project, case_text, run

ROOT = Path(__file__).parents[1]
MakeProject = Callable[..., Project]
TEXT = "学校投入资金约200万元，培训460余人，平均每亩增产3%。\n"


def test_the_benchmark_of_quantities_lists_proposals_and_compares_them_with_labels(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    label = {
        "raw": "460余人", "value": 460, "base_unit": "人", "qualifier": "余", "is_metric": True,
        "char_start": TEXT.index("460"), "char_end": TEXT.index("人") + 1, "evidence": TEXT,
    }  # fmt: skip
    documents = {"documents": [{"file": "a.txt", "quantities": [label]}]}
    (tmp_path / "ground_truth.json").write_text(json.dumps(documents), "utf-8")
    found = json.loads(run(ROOT / "benchmarks/quantities.py", tmp_path, "--json"))
    assert found[0] == {
        "file": "a.txt",
        "start": 6,
        "end": 12,
        "raw": "约200万元",
        "base_value": "2000000",
        "base_unit": "元",
        "qualifier": "约",
    }
    assert "recall 1/1" in run(ROOT / "benchmarks/quantities.py", tmp_path)


def test_the_benchmark_of_alarms_counts_what_each_rule_says_of_texts(tmp_path):
    (tmp_path / "a.txt").write_text("学校投入待核。\n\n修路,架桥。\n", "utf-8")
    said = run(ROOT / "benchmarks/alarms.py", tmp_path, "--rule", "placeholder")
    assert "1 texts, 13 characters without blanks" in said
    assert "placeholder warning 1 (769.23 in 10,000)" in said
    assert "cases/a.md:9:3 “投入待核”还没有填" in said


def test_the_benchmark_of_search_asks_a_collection_without_an_index(project: MakeProject):
    cases = {
        f"cases/{name}.md": case_text(title, body)
        for name, title, body in (
            ("a", "甲村的路", "修路300米，全村都走得上。"),
            ("b", "乙村的灯", "安装路灯20盏，夜里也亮。"),
        )
    }
    said = run(ROOT / "benchmarks/search.py", project(cases).root, "--queries", "6")
    assert "2 cases" in said
    assert "6 queries, every answer that of a substring test" in said


@pytest.mark.full
def test_the_benchmark_of_speed_says_that_hugo_is_absent_and_measures_casegen_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/speed.py", "5", "--rounds", "1", "--json"],
        env={"PATH": str(tmp_path), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Hugo was not found" in done.stderr
    found = json.loads(done.stdout)
    assert found["cases"] == 5
    assert all(row["casegen"]["memory"] and "hugo" not in row for row in found["scenarios"])
    assert (
        found["output"]["casegen"]["files"] > found["output"]["casegen, `search: false`"]["files"]
    )
