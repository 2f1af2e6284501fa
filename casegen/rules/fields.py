"""fields: the rules that are reported while fields, metrics and links of a case are read.

Secret: the words that explain them.
Not here: finding these faults (parsing, metric_items, region, prose, attachment).
"""

from __future__ import annotations

from casegen.problem import Severity
from casegen.rules.rule import Rule

FIELDS = (
    Rule(
        "unknown-field", Severity.WARNING, "不认识的字段",
        "写错名字的字段不起作用，内容会悄悄丢掉。",
        "照提示改名；casegen schema 和手册列出全部字段。",
        "catagory 应为 categories",
        wrong="---\ntgas: [水苔]\n---\n先修路。",
        right="---\ntags: [水苔]\n---\n先修路。",
    ),
    Rule(
        "missing-field", Severity.ERROR, "缺少必填的字段",
        "标题、单位、地区、日期、类别是案例页和各种列表的骨架。",
        "补上这个字段。",
        "date: 2023-11-05", fixed=True,
        wrong="---\n~date\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "malformed-field", Severity.ERROR, "必填的字段写法不对",
        "读不懂就不知道该写什么；日期写错还会排错次序。",
        "照提示改写。",
        "date: 2023年11月5日 应为 date: 2023-11-05", fixed=True,
        wrong="---\ndate: 2023年5月4日\n---\n先修路。",
        right="---\ndate: 2023-05-04\n---\n先修路。",
    ),
    Rule(
        "ignored-field", Severity.WARNING, "选填的字段写法不对，没有采用",
        "页面照样写得出来，但这一项用的是默认的。",
        "照提示改写，或删去这一项。",
        wrong="---\nfeatured: 也许\n---\n先修路。",
        right="---\nfeatured: true\n---\n先修路。",
    ),
    Rule(
        "loose-period", Severity.NOTE, "时段的写法不规范",
        "意思看得懂，已照此读入；写法统一，查找替换才方便。",
        "写成 2021 或 2021-2023。",
        "2021年—2023年 应为 2021-2023",
        wrong="---\nperiod: 2021年—2023年\n---\n先修路。",
        right="---\nperiod: 2021-2023\n---\n先修路。",
    ),
    Rule(
        "unknown-status", Severity.WARNING, "不认识的状态",
        "不知道稿件走到哪一步，为稳妥起见先按草稿处理，不发布。",
        "写 draft submitted edited approved published withdrawn 之一，或它们的中文名。",
        "status: 已发布",
        wrong="---\nstatus: 发布了\n---\n先修路。",
        right="---\nstatus: published\n---\n先修路。",
    ),
    Rule(
        "unknown-category", Severity.ERROR, "不认识的类别",
        "案例归不进类别页，合计也会漏掉它。",
        "写 产业 人才 文化 生态 组织，或 casegen.yml 里定的类别。",
        "categories: [产业, 人才]", fixed=True,
        wrong="---\ncategories: 产业 人才\n---\n先修路。",
        right="---\ncategories: [产业, 人才]\n---\n先修路。",
    ),
    Rule(
        "malformed-region", Severity.ERROR, "地区写法不对",
        "读不出省份就归不进地区页。",
        "从省写起，各级用 / 隔开，没有的一级不写。",
        "regions: [甘肃省/定西市/陇西县]", fixed=True,
        wrong="---\nregions: 甘肃陇西\n---\n先修路。",
        right="---\nregions: 甘肃省/定西市/陇西县\n---\n先修路。",
    ),
    Rule(
        "unknown-place", Severity.WARNING, "没有查到这个地方",
        "可能写错了字、少了一级，或把上下级写反了。",
        "对照民政部门公布的区划名称改正；确实有就照写，可用 waive 豁免。",
        "贵州省/黔东南苗族侗族自治州/从江县",
        wrong="---\nregions: [甘肃省/定西市/龙溪县]\n---\n先修路。",
        right="---\nregions: [甘肃省/定西市/陇西县]\n---\n先修路。",
    ),
    Rule(
        "renamed-place", Severity.NOTE, "这个地方已经改名或撤并",
        "照当年的名称写没有错，但读者按今名会找不到。",
        "写今名，或保留旧名并在正文里说明。",
        wrong="---\nregions: [贵州省/遵义市/遵义县]\n---\n先修路。",
        right="---\nregions: [贵州省/遵义市/播州区]\n---\n先修路。",
    ),
    Rule(
        "short-place", Severity.WARNING, "地名不是全称",
        "简称会与别处相混，同一地方还会分成两处。",
        "写全称。",
        "甘肃 应为 甘肃省",
        wrong="---\nregions: [甘肃/定西/陇西]\n---\n先修路。",
        right="---\nregions: [甘肃省/定西市/陇西县]\n---\n先修路。",
    ),
    Rule(
        "malformed-metric", Severity.WARNING, "一条指标没有读懂",
        "没有读入的指标不显示，也不合计。",
        "写成“名称: 数量”，或写全名称、数值。",
        "种植面积: 100亩；{name: 投入资金, value: 200万元}",
        wrong="---\nmetrics:\n  - 种植面积100亩\n---\n种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "unreadable-quantity", Severity.WARNING, "指标的数值没有读懂",
        "“数十户”“几万元”没有确定的数，写进指标就会被当真；这一条不显示，也不合计。",
        "写一个数字和计量单位；没有确数的，留在正文里就好。",
        "83.5万元、460余人次、3至5万元",
        wrong="---\nmetrics:\n  - 种植面积: 数十亩\n---\n种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "unknown-metric-category", Severity.WARNING, "指标归入了不认识的类别",
        "已归入指标通常的类别，或案例的第一个类别。",
        "照提示改写，或删去这一项。",
        wrong=(
            "---\nmetrics:\n  - {name: 种植面积, value: 100亩, category: 养殖}\n---\n"
            "种植面积100亩。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 种植面积, value: 100亩, category: 产业}\n---\n"
            "种植面积100亩。"
        ),
    ),
    Rule(
        "metric-reference", Severity.WARNING, "指标之间的引用不对",
        "部分与整体的关系读不准，合计就可能重复。",
        "part_of（属于）、same_as（同）写另一条指标的编号或名称，不绕圈；有 split 就要有 part_of。",
        "{name: 培训, value: 14.5万元, part_of: total, split: 用途}",
        wrong=(
            "---\nmetrics:\n  - {name: 种植面积, value: 100亩, part_of: 没有}\n---\n"
            "种植面积100亩。"
        ),
        right="---\nmetrics:\n  - {name: 种植面积, value: 100亩}\n---\n种植面积100亩。",
    ),
    Rule(
        "duplicate-address", Severity.ERROR, "两个案例用了同一个网址",
        "后写的页面会盖掉先写的。不分大小写，因为许多主机不分。",
        "改一个文件名，或写上不同的 slug（网址名）。",
        "slug: congjiang-2023", fixed=True,
        wrong=(
            "=== cases/a.md\n先修路。\n=== cases/b.md\n---\ntitle: 另一篇\nslug: a\n---\n"
            "再架桥。"
        ),
        right="=== cases/a.md\n先修路。\n=== cases/b.md\n---\ntitle: 另一篇\n---\n再架桥。",
    ),
    Rule(
        "unsafe-path", Severity.ERROR, "路径不安全",
        "项目文件夹以外的文件不读、不发布，免得泄露。",
        "只用项目里的相对路径，各级用 / 隔开。",
        "images/a.jpg", fixed=True,
        wrong="见[附件](../../a.pdf)。",
        right="见[附件](https://example.edu.cn/a.pdf)。",
    ),
    Rule(
        "missing-image", Severity.ERROR, "图片不存在",
        "页面上会是一个破图。",
        "把图片放到那个位置，或改正路径；大小写要一样。",
        "![水苔基地](images/a.jpg)", fixed=True,
        wrong=(
            "=== cases/a.md\n先修路。\n\n![路](Lu.svg)\n=== cases/lu.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        ),
        right=(
            "=== cases/a.md\n先修路。\n\n![路](lu.svg)\n=== cases/lu.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        ),
    ),
    Rule(
        "missing-file", Severity.WARNING, "链接的文件不存在",
        "读者点了打不开；页面上只显示文字，不做链接。",
        "把文件放到那个位置，或改正路径。",
        wrong="=== cases/a.md\n见[附件](b.txt)。",
        right="=== cases/a.md\n见[附件](b.txt)。\n=== cases/b.txt\n附",
    ),
    Rule(
        "missing-case", Severity.WARNING, "链接的不是案例，也不是页面",
        "指向别的案例时写它的文件，页面上会换成它的网址。",
        "改正文件名；写相对路径。",
        "[另一案例](../b/index.md)",
        wrong=(
            "=== cases/a.md\n见[他篇](B.md)。\n=== cases/b.md\n---\ntitle: 另一篇\n---\n"
            "再架桥。"
        ),
        right=(
            "=== cases/a.md\n见[他篇](b.md)。\n=== cases/b.md\n---\ntitle: 另一篇\n---\n"
            "再架桥。"
        ),
    ),
    Rule(
        "missing-anchor", Severity.WARNING, "链接的标题不存在",
        "读者点了没有反应。",
        "照正文里的标题改写 # 后面的文字。",
        wrong="见[做法](#办法)。\n\n## 做法\n\n先修路。",
        right="见[做法](#做法)。\n\n## 做法\n\n先修路。",
    ),
    Rule(
        "refused-attachment", Severity.ERROR, "这类文件不能发布",
        "可执行文件、网页等放到网站上不安全。",
        "可用 pdf ofd doc docx xls xlsx ppt pptx wps et dps csv txt zip rar 7z、"
        "图片、音频、视频；其他的打成 zip。", fixed=True,
        wrong="=== cases/a.md\n见[附件](b.exe)。\n=== cases/b.exe\n附",
        right="=== cases/a.md\n见[附件](b.txt)。\n=== cases/b.txt\n附",
    ),
    Rule(
        "unsafe-svg", Severity.ERROR, "SVG 图片里有不安全的内容",
        "SVG 可以带脚本、引用外站，别人打开就会执行。",
        "用绘图软件另存为“普通 SVG”，或导出成 PNG。", fixed=True,
        wrong=(
            "=== cases/a.md\n先修路。\n\n![路](b.svg)\n=== cases/b.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script>'
            '<path d="M0 0h9"/></svg>'
        ),
        right=(
            "=== cases/a.md\n先修路。\n\n![路](b.svg)\n=== cases/b.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        ),
    ),
    Rule(
        "simplified-svg", Severity.NOTE, "SVG 图片略去了一些内容",
        "SVG 照允许的元素和样式重画一遍才发布，别的（嵌入的网页、动画、外部字体等）不带。",
        "看看页面上的图是不是还完整；缺了什么，就导出成 PNG 来用。",
        wrong=(
            "=== cases/a.md\n先修路。\n\n![路](b.svg)\n=== cases/b.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><animate/>'
            '<path d="M0 0h9"/></svg>'
        ),
        right=(
            "=== cases/a.md\n先修路。\n\n![路](b.svg)\n=== cases/b.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        ),
    ),
    Rule(
        "unreadable-image", Severity.ERROR, "图片打不开",
        "文件坏了、没有传完，或扩展名与内容不符。",
        "重新导出图片。", fixed=True,
        wrong="=== cases/a.md\n先修路。\n\n![路](b.png)\n=== cases/b.png\n不是图片",
        right=(
            "=== cases/a.md\n先修路。\n\n![路](b.svg)\n=== cases/b.svg\n"
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
        ),
    ),
    Rule(
        "large-image", Severity.ERROR, "图片太大",
        "超过 8900 万像素的图片解开要占很多内存，读者的手机也打不开。",
        "缩小到长边 4000 像素以内。", fixed=True,
        wrong="=== cases/a.md\n先修路。\n\n![路](b.png)\n=== png 9000x10000 cases/b.png\n",
        right="=== cases/a.md\n先修路。\n\n![路](b.png)\n=== png 3600x4000 cases/b.png\n",
    ),
    Rule(
        "heic-unsupported", Severity.ERROR, "读不了 HEIC 照片",
        "苹果手机默认存成 HEIC，多数浏览器打不开，要先转成 JPEG；转换用的组件没有装。",
        "装 casegen[heic]：pip install casegen[heic]；或在手机上另存为 JPEG。"
        "苹果手机可在“设置—相机—格式”里选“兼容性最佳”。", fixed=True,
        wrong="=== cases/a.md\n先修路。\n\n![路](b.heic)\n=== heic cases/b.heic\n",
        right="=== cases/a.md\n先修路。\n\n![路](b.png)\n=== png 48x64 cases/b.png\n",
    ),
    Rule(
        "missing-alt", Severity.WARNING, "图片没有替代文字",
        "看不见图片的读者不知道图上是什么，搜索也找不到。",
        "在方括号里用一句话说清图上是什么。",
        "![村民在大棚里采收水苔](images/a.jpg)", alike=True,
        wrong="先修路。\n\n![](b.svg)",
        right="先修路。\n\n![路](b.svg)",
    ),
    Rule(
        "unsafe-link", Severity.WARNING, "链接的地址不能用",
        "只有 http、https、mailto、tel 和相对地址会做成链接，别的可能执行脚本。",
        "改成 https:// 开头的网址，或项目里的相对路径。",
        wrong="见[网页](javascript:1)。",
        right="见[网页](https://example.edu.cn/)。",
    ),
    Rule(
        "raw-html", Severity.WARNING, "正文里有 HTML 代码",
        "为安全起见 HTML 不起作用，会原样显示出来。",
        "照提示改成 Markdown 的写法，或删去。",
        "<b>重点</b> 应为 **重点**", alike=True,
        wrong="<b>重点</b>在路。",
        right="**重点**在路。",
    ),
    Rule(
        "heading-jump", Severity.WARNING, "标题跳了级",
        "目录和读屏软件靠级别认层次。",
        "## 之下用 ###，不要直接用 ####。",
        wrong="## 做法\n\n#### 修路\n\n先修路。",
        right="## 做法\n\n### 修路\n\n先修路。",
    ),
)  # fmt: skip
