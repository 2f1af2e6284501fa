"""Elements of Word's text, in the order that it requires."""

from docx.oxml.ns import qn

from casegen.editions.book import ooxml


def names(element):
    return [child.tag.rpartition("}")[2] for child in element]


def texts(element):
    return [text.text for text in element.iter(qn("w:t"))]


def test_a_run_keeps_its_blanks_and_breaks_its_lines():
    run = ooxml.run("甲 \n乙\x00", ooxml.make("b"), style="note")
    assert names(run) == ["rPr", "t", "br", "t"]
    assert names(run[0]) == ["rStyle", "b"]
    assert texts(run) == ["甲 ", "乙\ufffd"]
    assert run[1].get(qn("xml:space")) == "preserve"
    assert names(ooxml.run("甲")) == ["t"]


def test_a_paragraph_names_its_style_first():
    element = ooxml.paragraph("case", ooxml.run("甲"), properties=[ooxml.make("keepNext")])
    assert names(element) == ["pPr", "r"]
    assert names(element[0]) == ["pStyle", "keepNext"]
    assert element[0][0].get(qn("w:val")) == "case"
    assert names(ooxml.paragraph("")) == []


def test_a_field_shows_text_until_it_is_calculated():
    parts = ooxml.field("PAGEREF m1", ooxml.run("7"))
    kinds = [e.get(qn("w:fldCharType")) for p in parts for e in p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert [e.text for p in parts for e in p.iter(qn("w:instrText"))] == [" PAGEREF m1 "]
    assert [text for part in parts for text in texts(part)] == ["7"]


def test_a_text_like_a_field_stays_a_text():
    run = ooxml.run('HYPERLINK "https://example.com/"')
    assert not list(run.iter(qn("w:instrText")))


def test_bookmarks_and_links_name_one_another():
    start, inside, end = ooxml.bookmarked("m1", 3, ooxml.run("甲"))
    assert (start.get(qn("w:id")), start.get(qn("w:name"))) == ("3", "m1")
    assert end.get(qn("w:id")) == "3"
    assert texts(inside) == ["甲"]
    assert ooxml.link_inside("m1", ooxml.run("见")).get(qn("w:anchor")) == "m1"
    assert ooxml.link_outside("rId5", ooxml.run("见")).get(qn("r:id")) == "rId5"


def test_a_picture_has_its_size_and_alternative_text():
    run = ooxml.picture(ooxml.Shape("rId7", 4, 914400, 457200, "茶<园>"))
    extent = next(run.iter(qn("wp:extent")))
    assert (extent.get("cx"), extent.get("cy")) == ("914400", "457200")
    assert next(run.iter(qn("wp:docPr"))).get("descr") == "茶<园>"
    assert next(run.iter(qn("a:blip"))).get(qn("r:embed")) == "rId7"


def test_a_table_is_as_wide_as_its_columns_and_its_head_repeats():
    widths = (1000, 2000)
    head = ooxml.row(widths, [[ooxml.paragraph("", ooxml.run(t))] for t in "甲乙"], head=True)
    below = ooxml.row(widths, [[ooxml.paragraph("", ooxml.run(t))] for t in "丙丁"])
    table = ooxml.table("figures", widths, [head, below], "各项")
    assert next(table.iter(qn("w:tblW"))).get(qn("w:w")) == "3000"
    assert next(table.iter(qn("w:tblCaption"))).get(qn("w:val")) == "各项"
    assert [names(row[0]) for row in table.iter(qn("w:tr"))] == [
        ["cantSplit", "tblHeader"],
        ["cantSplit"],
    ]
    assert texts(table) == ["甲", "乙", "丙", "丁"]
    plain = ooxml.table("figures", widths, [below], head=False)
    assert next(plain.iter(qn("w:tblLook"))).get(qn("w:firstRow")) == "0"


def test_a_cell_over_all_rows_begins_once():
    cells = [ooxml.merged_cell(900, [], number) for number in range(3)]
    begun = [next(cell.iter(qn("w:vMerge"))).get(qn("w:val")) for cell in cells]
    assert begun == ["restart", None, None]


def value(element, name, attribute):
    return next(element.iter(qn(name))).get(qn(attribute))


def test_characters_that_xml_forbids_are_replaced_in_attributes_too():
    table = ooxml.table("figures", (1000,), [], "各\x0b项")
    assert value(table, "w:tblCaption", "w:val") == "各\ufffd项"
    shape = ooxml.Shape("rId7", 4, 100, 200, "茶\x0b园")
    assert next(ooxml.picture(shape).iter(qn("wp:docPr"))).get("descr") == "茶\ufffd园"


def test_a_picture_is_drawn_as_large_as_its_place_and_keeps_its_proportions():
    run = ooxml.picture(ooxml.Shape("rId7", 4, 100, 200, ""))
    drawn = next(run.iter(qn("a:ext")))
    assert (drawn.get("cx"), drawn.get("cy")) == ("100", "200")
    assert next(run.iter(qn("a:graphicFrameLocks"))).get("noChangeAspect") == "1"


def test_a_table_says_the_width_of_each_column_and_only_what_it_has():
    widths = (1000, 2000)
    table = ooxml.table("figures", widths, [ooxml.row(widths, [[], []])], head=False)
    assert [e.get(qn("w:w")) for e in table.iter(qn("w:gridCol"))] == ["1000", "2000"]
    assert [e.get(qn("w:w")) for e in table.iter(qn("w:tcW"))] == ["1000", "2000"]
    assert not list(table.iter(qn("w:tblCaption")))
    assert value(table, "w:tblLook", "w:val") == "0400"
    assert value(ooxml.table("figures", widths, []), "w:tblLook", "w:val") == "0420"


def test_a_link_is_remembered_as_visited_and_the_blanks_around_a_field_are_kept():
    assert ooxml.link_inside("m1").get(qn("w:history")) == "1"
    code = next(part for each in ooxml.field("PAGE") for part in each.iter(qn("w:instrText")))
    assert code.get(qn("xml:space")) == "preserve"
