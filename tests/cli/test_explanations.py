"""The command explain."""

from __future__ import annotations

from told import says, start


def test_explain_lists_all_rules_or_tells_of_one(tmp_path):
    listed = says(start(tmp_path, "explain"))
    for rule in ("missing-field", "duplicate-address", "missing-cover"):
        assert f"{rule}（" in listed
    told = start(tmp_path, "explain", "missing-image")
    assert told.returncode == 0
    assert "怎么改" in says(told)


def test_explain_of_a_rule_that_there_is_not_names_the_nearest(tmp_path):
    result = start(tmp_path, "explain", "mising-image")
    assert result.returncode == 2
    assert "missing-image" in says(result)
