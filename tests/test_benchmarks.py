"""The benchmark of quantities, which others run on texts of their own."""

from __future__ import annotations

import json
from pathlib import Path

from projects import run

ROOT = Path(__file__).parents[1]
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
        "file": "a.txt", "start": 6, "end": 12, "raw": "约200万元", "base_value": "2000000",
        "base_unit": "元", "qualifier": "约",
    }  # fmt: skip
    assert "recall 1/1" in run(ROOT / "benchmarks/quantities.py", tmp_path)
