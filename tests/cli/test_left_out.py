"""Files that are no cases, and examples that still stand."""

import json

from projects import CONFIG, case_text


def test_files_whose_names_only_look_like_those_of_cases_are_named(project):
    made = project({"cases/a.md": case_text("甲"), "cases/h．md": "x", "cases/.md": "x"})
    (made.root / "cases/dead.md").symlink_to("nothing.md")
    said = made.start("check").output
    assert "没有读：cases/.md、cases/h．md" in said
    assert "改成半角的 .md" in said
    assert "cases/dead.md:1:1 错误 读不了：这是断了的链接" in said


def test_each_file_that_is_no_case_is_told_what_it_lacks(project):
    names = ("新案例.md.txt", "稿子.docx", "a.txt", "b.rtf", "c.wps", "d.html", "e.markdown")
    said = project({f"cases/{name}": "x" for name in names}).start("check").output
    assert "7 个文件不是案例" in said
    assert "  cases/新案例.md.txt：多了 .txt" in said
    assert "  cases/e.markdown：改成 .md 结尾" in said
    assert "cases/稿子.docx：稿件要先做成案例：casegen import 文件名" in said


def test_a_path_that_is_no_case_is_told_to_be_none_and_fails(project):
    files = {"cases/a.md": case_text(), "pages/about.md": "关于。", "cases/_x.md": "x", "b.md": "x"}
    made = project(files)
    for path, reason in {
        "casegen.yml": "这是设置，不是案例", "pages/about.md": "这是网页，不是案例",
        "pages": "这里是网页，不是案例", "cases/_x.md": "名称以 _、. 或 ~$ 开头的文件不读",
        "b.md": "它不在案例集里", "cases/none.md": "找不到 cases/none.md",
    }.items():  # fmt: skip
        done = made.start("check", path)
        assert done.exit_code == 2, path
        assert reason in done.output
    assert made.start("check", "cases/a.md").exit_code == 0


def test_examples_of_the_template_that_still_stand_are_named(project):
    fields = {"tags": "[水苔, 第一书记]", "slug": "shuitai-congjiang"}
    made = project(
        {"cases/a.md": case_text(**fields), "cases/b.md": case_text("乙", tags="[水苔]")}
    )
    said = made.start("check").output
    assert (
        "cases/a.md 的单位（某某大学）、标签（[水苔, 第一书记]）、网址名（shuitai-congjiang）"
        in said
    )
    assert "cases/b.md 的标签" not in said


def test_what_is_still_to_be_written_in_published_cases_is_named_until_it_is_filled_in(project):
    own = {"institution": "青石学院"}
    body = "学校投入待核。\n\n会期待定，村民照样出工。"
    made = project(
        {
            "cases/a.md": case_text("甲", body, **own),
            "cases/b.md": case_text("乙", "到××村调研。", status="draft"),
            "cases/c.md": case_text("丙", "到××村调研。", **own, waive="{placeholder: 不便写}"),
            "cases/d.md": case_text("丁", summary="照片待补", **own),
        }
    )
    said = made.start("check").output
    told = "还没有填的：cases/a.md 的正文（投入待核）；cases/d.md 的摘要（照片待补）"
    assert told in said
    assert "提醒 “投入待核”还没有填" in said
    assert told in made.start("build").output
    # An edit of one body alone is renewed without reading the others; the list follows it.
    made.write({"cases/a.md": case_text("甲", body.replace("待核", "2万元"), **own)})
    for command in ("check", "build"):
        said = made.start(command).output
        assert "cases/a.md 的正文" not in said
        assert "cases/d.md 的摘要（照片待补）" in said


def test_comments_of_published_cases_that_leave_something_to_be_done_are_named(project):
    own = {"institution": "青石学院"}
    made = project(
        {
            "cases/a.md": case_text("甲", "种茶100亩。<!-- 面积待核 -->", **own),
            "cases/b.md": case_text("乙", **own, summary="夜校办到村口。 # 还没有核实"),
            "cases/c.md": case_text("丙", "种茶。<!-- 宣传部来稿 -->", **own),
            "cases/d.md": case_text("丁", "种茶。<!-- 待核 -->", **own, status="draft"),
            "cases/e.md": case_text("戊", "种茶。<!-- 待核 -->", waive="{placeholder: 已核}"),
        }
    )
    told = "cases/a.md 的注释（面积待核）；cases/b.md 的注释（还没有核实）\n"
    for command in ("check", "build"):
        assert told in made.start(command).output


def test_a_file_with_much_to_fill_in_is_named_once(project):
    own = {"institution": "青石学院"}
    files = {f"cases/{n}.md": case_text(f"第{n}篇", "投入待核。", **own) for n in range(1, 7)}
    body = "投入待核。\n\n面积待核。"
    files["cases/0.md"] = case_text("甲", body, **own, tags="[水苔, 第一书记]")
    files["casegen.yml"] = CONFIG + "organization: 某某大学\n"
    made = project(files)
    told = (
        "还没有填的：casegen.yml 的 organization（某某大学）；"
        "cases/0.md 的标签（[水苔, 第一书记]）、正文（投入待核）、正文（面积待核）；"
        "cases/1.md 的正文（投入待核）；cases/2.md 的正文（投入待核）；"
        "cases/3.md 的正文（投入待核） 等 8 个"
    )
    for command in ("check", "build"):
        assert told in made.start(command).output.splitlines()
    marks = json.loads(made.start("build", "--clean", "--json").stdout)["left_out"]["placeholders"]
    assert len(marks) == 10
    assert marks[0] == "casegen.yml 的 organization（某某大学）"
