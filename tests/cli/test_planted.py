"""A file with all kinds of faults: named in one run, mended where it is safe, and only there."""

import random
from collections import Counter
from pathlib import Path

import pytest
from projects import case_text

from casegen import editing, project
from casegen.source import encoding

PLANTED = (Path(__file__).parents[1] / "tables/planted.md").read_text("utf-8")
SAFE = {
    "full-width-colon", "hash-in-value", "wide-blank", "joined-lines", "half-width-punctuation",
    "indented-paragraph", "straight-quotes", "false-ellipsis", "doubled-punctuation",
    "full-width-digits", "corrupted-term", "control-character",
}  # fmt: skip
SOUND = [
    "# 说明{n}：这是给同事看的",
    "tags: [标签{n}]",
    "备注{n}: '原样  不动'   ",
    "credits: {{供稿: 第{n}处, 编审: 校办}}  # 已核",
]
BODY = [
    "第{n}段原样不动，路长3*4*5米。",
    "- 第{n}项  两个空格",
    "`第{n}段代码,不改`",
    "<!-- 第{n}条,内部说明 -->",
    "| 第{n}格 | a,b |",
    "[^{n}]: 注{n},不改",
]
FAULTS = [
    "修路,架桥。", '推行"一户一策"。', "茶叶...都有。", "种茶３００亩。", "叁会一课。", "好。。",
    "软\u00ad字", "    缩进的一段。", "见[附件]（https://example.edu.cn/a.pdf）。",
]  # fmt: skip


def test_forty_faults_of_thirty_kinds_are_named_in_one_run_and_the_safe_ones_mended(project):
    made = project({"cases/a.md": PLANTED})
    found = Counter(problem.rule for problem in made.check())
    assert len(found) >= 30
    assert sum(found.values()) >= 40
    assert set(found) >= SAFE
    made.start("check", "--fix")
    mended = (made.root / "cases/a.md").read_bytes()
    left = {problem.rule for problem in made.check() if problem.fix and problem.fix.sure}
    assert left == set()
    assert made.start("check", "--fix").stderr.startswith("没有可以自动改的。")
    assert (made.root / "cases/a.md").read_bytes() == mended
    made.start("undo")
    assert (made.root / "cases/a.md").read_text("utf-8") == PLANTED


def test_a_hundred_files_keep_every_line_that_no_mend_names(tmp_path):
    (tmp_path / "casegen.yml").write_text("title: 试集\n", "utf-8")
    (tmp_path / "cases").mkdir()
    found, _ = project.load_project(tmp_path)
    for seed in range(100):
        chance = random.Random(seed)
        rows = [SOUND[k].format(n=seed) for k in chance.sample(range(len(SOUND)), 2)]
        kept = [BODY[k].format(n=seed * 10 + k) for k in chance.sample(range(len(BODY)), 4)]
        mixed = [row for pair in zip(kept, chance.sample(FAULTS, 4), strict=True) for row in pair]
        head = case_text(body="").replace("\n---\n\n\n", "\n")
        text = f"{head}{''.join(row + chr(10) for row in rows)}---\n\n" + "\n\n".join(mixed) + "\n"
        name = chance.choice(["utf-8", "utf-8-sig", "utf-16-le", "gb18030"])
        newline = chance.choice(["\n", "\r\n"])
        data = encoding.encode(text.replace("\n", newline), name)
        (tmp_path / "cases/a.md").write_bytes(data)
        [change] = editing.find_fixes(found, editing.find_problems(found, "cases/a.md", data))
        after, codec = encoding.decode_plain(change.after)
        assert codec == name
        assert after.startswith(head.replace("\n", newline))
        assert [row for row in after.split(newline) if row in {*rows, *kept}] == [*rows, *kept]
        assert "\n" not in after.replace(newline, "")
        again = editing.find_fixes(found, editing.find_problems(found, "cases/a.md", change.after))
        assert again == []


def test_text_pasted_from_word_line_by_line_is_told_and_becomes_paragraphs(project):
    pasted = (
        "一、实施背景\n学院地处山区。\n二、做法\n（一）抓培训。\n1.办\n序号\t数量\n1\t230\n完。"
    )
    made = project({"cases/a.md": case_text(body=pasted)})
    rules = [p.rule for p in made.check() if p.where.field == "body"]
    assert rules == ["joined-lines", "tab-table"]
    made.start("check", "--fix")
    text = (made.root / "cases/a.md").read_text("utf-8")
    assert "一、实施背景\n\n学院地处山区。\n\n二、做法\n\n（一）抓培训。\n\n1.办\n序号\t" in text


def test_a_tab_before_a_field_hides_no_other_fault(project):
    front = (
        "title: 甲\ninstitution: @某校\nregions: - 甘肃省\ndate: '2023-01-01\ncategories: [产业\n"
    )
    made = project(
        {"cases/a.md": f"---\n{front}tags： 甲\nsummary: %好\n\tperiod: 2023\n---\n\n甲。\n"}
    )
    syntax = [p.where.line for p in made.check() if p.rule in {"yaml-syntax", "full-width-colon"}]
    assert syntax == [3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        ("title： 党建 #1 号", 'title: "党建 #1 号"'),
        ("tags: 水苔、刺梨，羊肚菌", "tags: [水苔, 刺梨, 羊肚菌]"),
    ],
)
def test_what_a_field_means_is_kept_by_its_mend(tmp_path, row, mended):
    (tmp_path / "casegen.yml").write_text("title: 试集\n", "utf-8")
    (tmp_path / "cases").mkdir()
    head, _, rest = case_text().partition("institution")
    data = f"{row}\ninstitution{rest}" if "title" in row else f"{head[4:]}institution{rest}"
    if "tags" in row:
        data = data.replace("\n---", f"\n{row}\n---", 1)
    data = f"---\n{data}".encode()
    (tmp_path / "cases/a.md").write_bytes(data)
    found, _ = project.load_project(tmp_path)
    problems = editing.find_problems(found, "cases/a.md", data)
    [change] = editing.find_fixes(found, problems, lambda *_: True)
    assert mended in change.after.decode().splitlines()


def test_tags_that_differ_in_width_or_case_are_one(project):
    site = project(
        {
            "cases/a.md": case_text("甲", tags="[AI]"),
            "cases/b.md": case_text("乙", tags="[ai, ＡＩ]"),
            "cases/c.md": case_text("丙", tags="[AI]"),
        }
    ).build()
    assert [path for path in site.files() if path.startswith("tags/")] == ["tags/ai.html"]
    assert site.page("tags/ai.html").select_one("h1").text.strip().startswith("AI")


def test_invisible_characters_are_named_each_and_mended(project):
    made = project({"cases/a.md": case_text("一\u200b个", "软\u00ad字，零宽\u200d连\u2060字。")})
    assert [p.where.line for p in made.check() if p.rule == "control-character"] == [2, 9, 9, 9]
    made.start("check", "--fix")
    assert "软字，零宽连字。" in (made.root / "cases/a.md").read_text("utf-8")
