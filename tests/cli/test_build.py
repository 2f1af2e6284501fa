"""The program as its users start it: build."""

from __future__ import annotations

from projects import case_text
from told import says, start, value_of


def test_build_says_what_it_did_and_names_check(two):
    result = start(two.root, "build")
    assert result.returncode == 0
    text = says(result)
    assert "1 篇案例" in text
    assert "site/index.html" in text
    assert "casegen check" in text.splitlines()[-1]


def test_build_json_is_one_value_with_counts_and_seconds(two):
    first = value_of(start(two.root, "build", "--json"))
    assert set(first) == {
        "cases", "pages", "written", "kept", "removed", "seconds", "problems", "left_out",
    }  # fmt: skip
    assert (first["cases"], first["kept"], first["removed"]) == (1, 0, 0)
    assert first["problems"] == []
    assert all(isinstance(spent, float) for spent in first["seconds"].values())
    files = [p for p in (two.root / "site").rglob("*") if p.is_file()]
    assert first["written"] == len(files) - 1  # the manifest is not counted
    assert first["pages"] == len([p for p in files if p.suffix == ".html"])
    second = value_of(start(two.root, "build", "--json"))
    assert (second["written"], second["kept"]) == (0, first["written"])
    (two.root / "cases" / "a.md").unlink()
    third = value_of(start(two.root, "build", "--json"))
    assert third["cases"] == 0
    assert third["removed"] > 0


def test_build_takes_drafts_a_folder_and_a_number_of_jobs(two):
    result = start(
        two.root, "build", "--drafts", "-o", "预览/草稿", "--jobs", "2", "--clean", "--json"
    )
    assert value_of(result)["cases"] == 2
    assert (two.root / "预览" / "草稿" / "cases" / "b.html").is_file()
    assert not (two.root / "site").exists()


def test_a_folder_with_other_files_is_refused_unless_adopted(two):
    two.write({"out/own.txt": "我的", "out/index.html": "别人的首页"})
    refused = start(two.root, "build", "-o", "out")
    assert refused.returncode == 2
    assert "--adopt" in says(refused)
    assert sorted(p.name for p in (two.root / "out").iterdir()) == ["index.html", "own.txt"]
    assert start(two.root, "build", "-o", "out", "--adopt").returncode == 0
    assert (two.root / "out" / "own.txt").read_text("utf-8") == "我的"
    assert start(two.root, "build", "-o", "out").returncode == 0


def test_clean_rebuilds_the_same_bytes(two):
    start(two.root, "build")
    site = two.root / "site"
    before = {p: p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert start(two.root, "build", "--clean").returncode == 0
    assert {p: p.read_bytes() for p in site.rglob("*") if p.is_file()} == before


def test_an_error_stops_the_build_and_leaves_the_old_site_whole(two):
    start(two.root, "build")
    site = two.root / "site"
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in site.rglob("*") if p.is_file()}
    two.write({"cases/a.md": case_text("改过"), "cases/c.md": case_text("坏", date="昨天")})
    stopped = start(two.root, "build")
    assert stopped.returncode == 1
    text = says(stopped)
    assert "cases/c.md:" in text
    assert "malformed-field" in text
    assert "casegen check" in text
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in site.rglob("*") if p.is_file()}
    assert after == before
    found = value_of(start(two.root, "build", "--json"))
    assert [p["rule"] for p in found["problems"]] == ["malformed-field"]
    assert found["written"] == 0


def test_build_shows_errors_only(faulty):
    text = says(start(faulty.root, "build"))
    assert "提醒" not in text
    assert "catagory" not in text
