"""What these tests print: two small cases, and a longer book that is cut into pieces."""

from __future__ import annotations

from typing import Any

from projects import Project, case_text

from casegen import gathering
from casegen import project as projects
from casegen.editions.book.pieces import Limits
from casegen.editions.book.press import Wish, list_books

BODY = """\
## 背景

投入200万元[^1]，其中基础设施120万元，培训80万元。种植300余亩。**要紧的话。**见[第二篇](b.md)
和[网站](https://example.edu.cn/)。

| 年份 | 面积 |
| --- | ---: |
| 2020 | 100亩 |

#### 跳过一级

1. 第一步
2. 第二步

> 引一句话

```
原样 的 字
```

[^1]: 脚注里的话。
"""
FIGURES = (
    "[{name: 投入资金, indicator: 投入帮扶资金, value: 200万元, id: all},"
    "{name: 基础设施, value: 120万元, category: 产业, part_of: all, split: 用途},"
    "{name: 培训, value: 80万元, category: 人才, part_of: all, split: 用途},"
    "{种植面积: 300余亩}]"
)
TWO = {
    "cases/a.md": case_text("第一篇", BODY, metrics=FIGURES, tags="[水苔]"),
    "cases/b.md": case_text("第二篇", "另一篇的正文。", categories="[人才]", period="2021-2023"),
}
LONG = "种植300亩，每亩多收了三百元。" * 90
NOTED = """
## 做法

一句话[^1]，见[第四篇](d.md)。

| 年份 | 面积 |
| --- | ---: |
| 2020 | 300亩 |

![村口的路](road.svg)

[^1]: 脚注里的话。
"""
ROAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'
CASES = {
    "casegen.yml": "title: 试验案例集\n",
    "cases/a.md": case_text("第一篇", LONG + NOTED, metrics="[种植面积: 300亩]"),
    "cases/b.md": case_text("第二篇", LONG + NOTED, tags="[水苔]"),
    "cases/d.md": case_text("第四篇", LONG + "\n\n又见[第一篇](a.md)。", categories="[人才]"),
    "cases/road.svg": ROAD,
}
CUT = Limits(whole=0, piece=5_500)


def book_of(folder: Project) -> Any:
    materials = gathering.gather_materials(*projects.load_project(folder.root)).materials
    (book,), _ = list_books(materials, Wish())
    return book.render
