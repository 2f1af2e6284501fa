"""Pages as web systems write them: bylines with buttons, dates of the page's head, subtitles."""

from __future__ import annotations

import pytest

from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import File, bodies, read_manuscripts
from casegen.importers.finding import Findings

NORMS = Norms(projects.load_vocabulary())
TEXT = (
    "青岩职业学院帮扶甘肃省定西市陇西县，把课堂搬到田间地头，和村民一起找路子、建基地，"
    "一年培训村民320人次。"
)


def read(body: str, head: str = "") -> Findings:
    html = f"<html><head>{head}<title>某某网</title></head><body>{body}</body></html>"
    return read_manuscripts(File("a.html", html.encode()), NORMS)[0]


def article(inside: str = "", kind: str = 'class="v_news_content"') -> str:
    return f"<div {kind}><p>{TEXT}</p>{inside}<p>{TEXT}</p></div>"


def body(found: Findings) -> str:
    return bodies.make_body(found, {}).text


@pytest.mark.parametrize(
    "line",
    [
        "<div>2022年11月02日 来源：西北观察网 记者 沙枣 通讯员 胡杨林 字号：<a>大</a></div>",
        "<p>日期：2022-11-02 来源：<a href=b>西北观察网</a> 作者：沙枣 胡杨林 <a>打印</a></p>",
    ],
)
def test_a_byline_is_read_with_buttons_and_a_linked_source_in_it(line: str) -> None:
    found = read(f"<div><h1>山谷里的蜂箱</h1>{line}{article()}</div>")
    assert (found.date, found.source) == ("2022-11-02", "西北观察网")
    assert found.credits == {"供稿": ("沙枣", "胡杨林")}


def test_news_beside_the_article_are_no_byline_because_their_title_is_a_link() -> None:
    news = "<ul><li><a href=c>棉田里的无人机</a> 2019-01-01</li></ul>"
    found = read(f"<div>{news}<h1>山谷里的蜂箱</h1>{article()}</div>")
    assert not found.date


@pytest.mark.parametrize("line", ["by 竹生 · {} · 约 5 分钟", "{}"])
def test_the_date_of_a_time_element_is_read_however_it_is_shown(line: str) -> None:
    time = '<time datetime="2024-09-01T08:00:00+08:00">上周日</time>'
    found = read(
        f"<article><h1>山谷里的蜂箱</h1><div>{line.format(time)}</div>"
        f"{article(kind='class=entry-content')}</article>"
    )
    assert found.date == "2024-09-01"


def test_a_time_in_a_sentence_is_no_date_of_the_page() -> None:
    told = f'<p>{TEXT}<time datetime="2019-05-04">五四</time>那天开课。</p>'
    assert not read(f"<h1>山谷里的蜂箱</h1>{article(told)}").date


def test_a_writer_after_by_and_the_time_of_reading_are_no_text() -> None:
    line = "<div>by 竹生 · <time>2024 年 9 月 1 日</time> · 约 5 分钟</div>"
    found = read(
        f"<article><h1>山谷里的蜂箱</h1>{line}{article(kind='class=entry-content')}</article>"
    )
    assert (found.date, found.credits) == ("2024-09-01", {"供稿": ("竹生",)})
    assert "分钟" not in body(found)


def test_what_a_government_page_declares_of_its_article_is_taken() -> None:
    head = (
        '<meta name="ArticleTitle" content="老茶山添了新把式"><meta name="Author" content="石茗">'
        '<meta name="PubDate" content="2023-02-08 10:20">'
        '<meta name="ContentSource" content="黄山市教育局">'
    )
    line = "<div class=tit>老茶山添了新把式</div>"
    found = read(line + article(kind="id=UCAP-CONTENT"), head)
    assert (found.title, found.date, found.source) == (
        "老茶山添了新把式", "2023-02-08", "黄山市教育局",
    )  # fmt: skip
    assert found.credits == {"供稿": ("石茗",)}
    assert "title" not in found.uncertain


@pytest.mark.parametrize(
    "second",
    ["<div class=x>——青岩职业学院帮扶记</div>", "<p class=subtitle>青岩职业学院帮扶记</p>"],
)
def test_a_subtitle_in_an_element_of_any_kind_belongs_to_the_title(second: str) -> None:
    found = read(f"<div><h1>山谷里的蜂箱</h1>{second}<div>2022-11-02</div>{article()}</div>")
    assert found.title == "山谷里的蜂箱——青岩职业学院帮扶记"
    assert found.date == "2022-11-02"


def test_a_numbered_list_begins_where_the_page_says() -> None:
    items = "<ol start=3><li>先对账<ol><li>核订单</li></ol></li><li>再分钱</li></ol>"
    assert "3. 先对账\n   1. 核订单\n3. 再分钱" in body(
        read(f"<h1>山谷里的蜂箱</h1>{article(items)}")
    )


def test_lines_of_a_cell_are_one_text_or_texts_side_by_side() -> None:
    rows = (
        "<tr><td>年份</td><td>长度<br>（米）</td><td>备注</td></tr>"
        "<tr><td>2023<br>年</td><td>46</td><td>均价，<br>含夏秋茶</td></tr>"
        "<tr><td>2024</td><td>58</td><td>采茶<br>制茶</td></tr>"
    )
    found = read(f"<h1>山谷里的蜂箱</h1>{article(f'<table>{rows}</table>')}")
    assert [b.rows for b in found.blocks if b.rows] == [
        (("年份", "长度（米）", "备注"), ("2023年", "46", "均价，含夏秋茶"),
         ("2024", "58", "采茶；制茶")),
    ]  # fmt: skip


def test_rows_beside_an_article_in_one_cell_stay_together_and_this_is_told() -> None:
    rows = "<tr><td>主题</td><td>蜂箱</td></tr><tr><td>年份</td><td>2022</td></tr>"
    cell = f"<tr><td colspan=2>{f'<p>{TEXT}</p>' * 9}</td></tr>"
    found = read(f"<h1>山谷里的蜂箱</h1>{article(f'<table>{rows}{cell}</table>')}")
    assert [b.rows for b in found.blocks if b.rows] == [(("主题", "蜂箱"), ("年份", "2022"))]
    assert any("整篇文字" in told for told in found.losses)
    one = "<tr><td>主题</td><td>蜂箱</td></tr>"
    single = read(f"<h1>山谷里的蜂箱</h1>{article(f'<table>{one}{cell}</table>')}")
    assert "\n主题 蜂箱\n" in body(single)
