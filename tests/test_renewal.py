"""An edit that leaves alone all that other pages show touches few files and reads no other case."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import SENTENCES, shrink_index, text_of
from projects import CONFIG, Project
from test_incremental import clean_build

from casegen import recall

EDITS = int(os.environ.get("CASEGEN_EDITS", "0"))  # examples of a long run


@pytest.fixture
def nine(project) -> Project:
    made = project(
        {f"cases/c{n}.md": text_of(n) for n in range(1, 9)}
        | {"cases/draft.md": text_of(9, status="draft"), "pages/about.md": "# 说明\n\n文字。\n"},
        CONFIG + "base_url: https://example.edu.cn/x/\n",
    )
    made.build()
    return made


BODIES = [
    "## 新的一节\n\n见[他站](https://example.edu.cn/)。\n\n- 一\n\n| 甲 |\n| --- |\n| 丙 |",
    "合作社的茶园；𠮷野的龥。" * 9,
]


@pytest.mark.parametrize("body", BODIES)
def test_an_edit_of_a_body_reads_no_other_case(nine, whole_reads, body):
    site = nine.write({"cases/c4.md": text_of(4, body)}).build()
    assert whole_reads == []
    assert {"cases/c4.html", "cases/c4.md"} <= set(site.outcome.report.written)
    assert len(site.outcome.report.written) <= 6
    assert site.files() == clean_build(nine.root)


@pytest.mark.parametrize("body", BODIES)
def test_nor_does_one_where_the_search_has_an_index(project, monkeypatch, whole_reads, body):
    shrink_index(monkeypatch)
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    whole_reads.clear()
    site = made.write({"cases/c4.md": text_of(4, body)}).build()
    assert whole_reads == []
    assert site.files() == clean_build(made.root)


@pytest.mark.parametrize(
    "edit",
    [
        {"cases/c4.md": text_of(4, "另投入80万元。", metrics="[投入帮扶资金: 80万元]")},
        {"cases/c4.md": text_of(4, title="新题名")},
        {"cases/c4.md": text_of(4, "见[另一篇](c5.md)。")},
        {"cases/c4.md": text_of(4).replace("summary: 概要\n", "")},
        {"cases/c4.md": text_of(4).replace("前后投入4万元", "共投入4万元")},
        {"cases/c4.md": text_of(4, "又一句。"), "pages/about.md": "# 说明\n\n改了。\n"},
        {"cases/c4.md": text_of(4, "又一句。"), "casegen.yml": CONFIG + "lang: en\n"},
        {"cases/c4.md": text_of(4, "又一句。"), "cases/c10.md": text_of(10)},
        {"cases/c4.md": None},
    ],
)
def test_an_edit_that_others_may_show_is_built_whole(nine, whole_reads, edit):
    nine.write(edit).build()
    assert nine.root in whole_reads


def test_the_site_is_looked_through_once_and_its_next_state_is_known(nine, monkeypatch):
    walked: list[str] = []
    scandir = os.scandir

    def count(path: str) -> object:
        walked.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", count)
    nine.write({"cases/c4.md": text_of(4, "又一句。")}).build()
    assert walked.count(str(nine.root / "site/cases")) == 1
    assert recall.recall_build(nine.root, None, drafts=False) is not None


def test_several_bodies_may_change_at_once_and_again(nine, whole_reads):
    for said in ("一", "二"):
        edits = {f"cases/c{n}.md": text_of(n, f"第{said}句。") for n in (2, 3, 7)}
        site = nine.write(edits).build()
    assert whole_reads == []
    assert site.files() == clean_build(nine.root)


def test_an_edit_of_a_draft_touches_nothing(nine, whole_reads):
    site = nine.write({"cases/draft.md": text_of(9, "又一句。", status="draft")}).build()
    assert (site.outcome.report.written, whole_reads) == ((), [])


def test_what_a_renewal_says_is_what_a_whole_build_says(nine):
    renewed = nine.write({"cases/c4.md": text_of(4, "又一句。")}).build().outcome
    whole = nine.build(whole=True).outcome
    assert renewed.report.written
    for name in ("cases", "pages", "left_out", "totals", "folder"):
        assert getattr(renewed, name) == getattr(whole, name)
    assert whole.report.written == whole.report.removed == ()
    assert renewed.report.kept + len(renewed.report.written) == whole.report.kept


def test_an_error_in_the_body_stops_the_build_and_leaves_the_site(nine):
    before = nine.build().files()
    outcome = nine.write({"cases/c4.md": text_of(4, "![图](没有.png)")}).try_build()
    assert [problem.rule for problem in outcome.errors] == ["missing-image"]
    assert Project(nine.root).write({"cases/c4.md": text_of(4)}).build().files() == before


def test_a_file_of_the_site_that_was_changed_by_hand_is_restored_with_it(nine):
    (nine.root / "site/cases/c2.html").write_bytes(b"x")
    site = nine.write({"cases/c4.md": text_of(4, "又一句。")}).build()
    assert site.files() == clean_build(nine.root)


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_build_that_the_date_may_stop_is_not_recalled(project, severity):
    made = project({"cases/a.md": text_of(1)}, CONFIG + f"rules: {{future-date: {severity}}}\n")
    made.build()
    recalled = recall.recall_build(made.root, None, drafts=False)
    assert (recalled is None) == (severity == "error")


edits = st.lists(
    st.dictionaries(st.integers(1, 6), SENTENCES, min_size=1, max_size=3), min_size=2, max_size=4
)


@settings(max_examples=EDITS or 3, deadline=None)
@given(edits)
def test_after_any_edits_of_bodies_the_bytes_are_the_clean_bytes(steps):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        shrink_index(patch)
        made = Project(Path(folder)).write({f"cases/c{n}.md": text_of(n) for n in range(1, 7)})
        made.write({"casegen.yml": CONFIG}).build()
        for step in steps:
            made.write({f"cases/c{n}.md": text_of(n, body) for n, body in step.items()})
            assert made.build().files() == clean_build(made.root)
