"""Problems of one kind as one, and reports as files."""

from projects import case_text


def test_a_picture_missing_as_cover_and_in_the_body_is_told_once_with_both_places(project):
    body = "文字。\n\n![图](无.jpg)"
    made = project({"cases/a.md": case_text("甲", body, cover="无.jpg")})
    told_to_programs = [p.where.line for p in made.check() if p.rule == "missing-image"]
    assert told_to_programs == [7, 12]
    said = made.run("check").stdout
    assert said.count("[missing-image]") == 1
    assert "图片“无.jpg”不存在（又见 12:" in said


def test_a_line_end_in_a_file_name_breaks_no_line_of_the_report(project):
    made = project({"cases/te\na.md": case_text(colour="red"), "cases/k\nx.docx": "x"})
    said = made.start("check").output
    assert "\ncases/te\\na.md:7:1 提醒" in said
    assert "没有读：cases/k\\nx.docx" in said


def test_a_report_is_never_written_over_a_source(project):
    made = project({"cases/a.md": case_text()})
    for command in (
        ["check", "--format", "html", "-o", "cases/a.md"],
        ["check", "--format", "html", "-o", ".casegen/a.html"],
        ["import", "--report", "cases/a.md", "m.txt"],
    ):
        done = made.start(*command)
        assert (done.exit_code, "不能写到" in done.output) == (2, True)
    assert (made.root / "cases/a.md").read_text("utf-8") == case_text()


def test_slips_in_fields_are_told_once_with_their_number_at_their_own_line(project):
    made = project({"cases/a.md": case_text("修路,架桥,通水", tags="\n- 茶\n- 茶\n- ''\n- 夜(校)")})
    rule = "half-width-punctuation"
    found = [
        (p.where.line, p.fix is not None and p.fix.sure) for p in made.check() if p.rule == rule
    ]
    lines = (made.root / "cases/a.md").read_text("utf-8").split("\n")
    assert found == [(2, True), (2, True), (lines.index("- 夜(校)") + 1, True)]
    said = made.run("check").stdout
    assert "标题：中文里用了半角的“,”，共 2 处" in said
    assert said.count("中文里用了半角的“,”") == 1
