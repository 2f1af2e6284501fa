"""book_settings: the key `book` of casegen.yml: how the collection is printed.

Secret: the keys under `book`, their words, and the default of each.
Not here: the other keys (project), and what a book is made of (editions.book).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from casegen.problem import Severity
from casegen.source.schema import Faults, Field, name_closest

PAPERS: Mapping[str, str] = MappingProxyType({"a4": "A4", "16k": "16开", "32k": "大32开"})
ORDERS: Mapping[str, str] = MappingProxyType(
    {"category": "类别", "region": "地区", "year": "年份", "order": "顺序"}
)
PRINTS: Mapping[str, str] = MappingProxyType({"colour": "彩色", "grey": "黑白"})
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "cover": "封面", "half_title": "书名页", "title_page": "扉页", "committee": "编委会",
        "colophon": "版权页", "preface": "前言", "contents": "目录", "dividers": "篇首",
        "totals": "合计", "pictures": "图片", "figures": "指标", "funds": "资金",
        "credits": "署名", "codes": "二维码", "indicators": "附录", "index": "索引",
    }
)  # fmt: skip
MOST_BINDING = 30  # mm; more leaves too little of the page for text

FIELDS = (
    Field("paper", "开本", "text", "纸张大小", " ".join(f"{k}（{v}）" for k, v in PAPERS.items()),
          default="16k（16开，185×260 毫米）", example="16k", choices=tuple(PAPERS)),
    Field("title_page", "扉页", "rows", "扉页上书名和主办单位之外的字", "文字、列表，或“名称: 值”",
          example="[乡村振兴丛书之三]"),
    Field("committee", "编委会", "rows", "编委会名单", "“职务: 姓名”，几个人写成 [甲, 乙]",
          example="{主任: 某某, 委员: [甲, 乙]}"),
    Field("colophon", "版权页", "rows", "版权页上的字：出版单位、版次、ISBN、CIP 数据，照原样印",
          "“名称: 值”，或一段文字", default="书名、编者、联系、版权、网址",
          example="{版次: 2024年3月第1版}"),
    Field("preface", "前言", "texts", "前言是 pages 里的哪一页，可写几页", "页名，如 preface",
          default="有 pages/preface.md 时用它", example="[preface]"),
    Field("order", "编排", "text", "案例怎样分篇、怎样排",
          " ".join(f"{k}（{v}）" for k, v in ORDERS.items()),
          default="category（按主类别分篇）", example="category", choices=tuple(ORDERS)),
    Field("omit", "略去", "texts", "不要哪几部分",
          " ".join(f"{k}（{v}）" for k, v in PARTS.items()), example="[cover]",
          choices=tuple(PARTS)),
    Field("print", "印刷", "text", "彩色还是黑白",
          " ".join(f"{k}（{v}）" for k, v in PRINTS.items()), default="colour（彩色）",
          example="grey", choices=tuple(PRINTS)),
    Field("binding", "装订边", "number", "里侧多留多少毫米给装订", f"0 到 {MOST_BINDING}",
          default="5", example="5"),
    Field("site", "网站", "switch", "网站上要不要放整本书和每篇案例的 PDF", "true 或 false",
          default="false", example="true"),
)  # fmt: skip


_PAPER, _ORDER, _PRINT, _BINDING = "16k", "category", "colour", 5.0
_USUAL = MappingProxyType({"paper": _PAPER, "order": _ORDER, "print": _PRINT})
_CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"paper": PAPERS, "order": ORDERS, "print": PRINTS}
)


@dataclass(frozen=True, slots=True)
class Book:
    """The settings of the book with defaults filled in; a row is a label ("" for none) and a text.

    `preface` names pages; empty means the page `preface` if it exists.
    """

    paper: str = _PAPER
    title_page: tuple[tuple[str, str], ...] = ()
    committee: tuple[tuple[str, str], ...] = ()
    colophon: tuple[tuple[str, str], ...] = ()
    preface: tuple[str, ...] = ()
    order: str = _ORDER
    omit: tuple[str, ...] = ()
    print: str = _PRINT
    binding: float = _BINDING
    site: bool = False


def read_settings(values: Mapping[str, Any], faults: Faults) -> Book:
    """Return the settings of typed values; unknown ones are reported and become the default."""
    given = dict(values)
    for key, known in _CHOICES.items():
        if key in given:
            chosen = _known(str(given[key]), known)
            if not chosen:
                _report(faults, key, str(given[key]), known)
            given[key] = chosen or _USUAL[key]
    omitted = []
    for written in given.get("omit", ()):
        if name := _known(written, PARTS):
            omitted.append(name)
        else:
            _report(faults, "omit", written, PARTS)
    given["omit"] = tuple(dict.fromkeys(omitted))
    binding = float(given.get("binding", _BINDING))
    if not 0 <= binding <= MOST_BINDING:
        faults.add(
            "ignored-setting",
            Severity.WARNING,
            f"装订边“{binding:g}”毫米不合适",
            ("book", "binding"),
            hint=f"写 0 到 {MOST_BINDING} 之间的数",
        )
        binding = _BINDING
    return Book(**{**given, "binding": binding})


def _known(written: str, known: Mapping[str, str]) -> str:
    """Return the key that an English or Chinese word means; "" for an unknown word."""
    word = written.strip().lower()
    return next((key for key, name in known.items() if word in {key, name.lower()}), "")


def _report(faults: Faults, key: str, written: str, known: Mapping[str, str]) -> None:
    label = next(field.label for field in FIELDS if field.key == key)
    words = [word for pair in known.items() for word in pair]
    faults.add(
        "ignored-setting",
        Severity.WARNING,
        f"书的{label}“{written}”不认识",
        ("book", key),
        hint=name_closest(written, words),
    )
