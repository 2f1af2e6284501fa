"""reading: the rules that are reported while files, front matter and casegen.yml are read.

Secret: the words that explain them.
Not here: finding these faults (encoding, fences, frontmatter, yaml_faults, files, project).
"""

from __future__ import annotations

from casegen.problem import Severity
from casegen.rules.rule import DEAD, Rule

READING = (
    Rule(
        DEAD, Severity.WARNING, "外面的链接打不开",
        "别的网站会搬家、关门；读者点了打不开，出处也就没有了。只有 casegen check --online 会试。",
        "在浏览器里点开看看：搬了就改网址，没有了就删去链接；主机只是一时不通，过几天再试。",
        wrong="=== cases/a.md\n见[做法]({host}/gone)。",
        right="=== cases/a.md\n见[做法]({host}/here)。",
    ),
    Rule(
        "unreadable", Severity.ERROR, "文件读不了",
        "读不出文字就没有页面可写。",
        "看提示里的原因：编码不对就另存为 UTF-8；没有权限就改权限；"
        "超过 4 MB 就把图片另存为文件。",
        "用记事本打开，“另存为”，编码选 UTF-8", fixed=True,
        wrong="=== cases/a.md\n先修路。\n=== pages/about.md/说明.txt\n关于本集",
        right="=== cases/a.md\n先修路。",
    ),
    Rule(
        "encoding", Severity.NOTE, "文件不是 UTF-8 编码",
        "GB18030、UTF-16 的文件照样能读，这里只说明读到的是什么。",
        "不必改；想统一就另存为 UTF-8。",
        "记事本“另存为”，编码选 UTF-8",
        wrong="=== gb18030 cases/a.md\n先修路。",
        right="=== cases/a.md\n先修路。",
    ),
    Rule(
        "control-character", Severity.WARNING, "有看不见的控制字符",
        "它们多半从网页、Word 粘贴而来，会让搜索找不到、显示出怪框。",
        "在提示的行和列删去它；看不见的字符 casegen check --fix 会删。", alike=True,
        wrong="软\u00ad字。",
        right="软字。",
    ),
    Rule(
        "no-front-matter", Severity.ERROR, "缺少案例信息",
        "没有标题、单位、地区、日期，写不出案例页。",
        "在文件最前面写 ---，然后是各字段，再写一行 ---，之后才是正文。",
        "---\ntitle: 某某案例\n---\n正文", fixed=True,
        wrong="=== raw cases/a.md\n# 山里茶园\n\n先修路。",
        right="=== cases/a.md\n先修路。",
    ),
    Rule(
        "unclosed-front-matter", Severity.ERROR, "案例信息没有收尾的 ---",
        "分不清哪里是信息，哪里是正文。",
        "在信息之后、正文之前另起一行写 ---。",
        "---\ntitle: 某某案例\n---", fixed=True,
        wrong="=== raw cases/a.md\n---\n{head}\n\n先修路。",
        right="=== cases/a.md\n先修路。",
    ),
    Rule(
        "yaml-syntax", Severity.ERROR, "案例信息的写法不合规矩",
        "一处写错，后面的字段就都读不准。",
        "照提示改那一行；拿不准就把整个值用半角引号括起来。",
        'title: "甲: 乙"', fixed=True,
        wrong="---\nsummary: 起步: 一句话。\n---\n先修路。",
        right='---\nsummary: "起步: 一句话。"\n---\n先修路。',
    ),
    Rule(
        "yaml-refused", Severity.ERROR, "值以 &、* 或 ! 开头",
        "YAML 把它们当作记号、引用和类型，案例里用不到，多半是无意写成的。",
        "删去记号；文字本来就这样开头的，把整个值用半角引号括起来。",
        'summary: "*重点* 说明"', fixed=True,
        wrong="---\nsummary: &a 说明\n---\n先修路。",
        right="---\nsummary: 说明\n---\n先修路。",
    ),
    Rule(
        "full-width-colon", Severity.ERROR, "字段名后面的冒号是全角的",
        "全角冒号“：”不分隔字段名和值，整段会读成一句话。",
        "冒号要用半角，后面加一个空格。",
        "标题: 某某案例", fixed=True,
        wrong="---\nsummary：一句话。\n---\n先修路。",
        right="---\nsummary: 一句话。\n---\n先修路。",
    ),
    Rule(
        "duplicate-key", Severity.WARNING, "同一个字段写了两次",
        "只取前面的，后面写的不起作用。",
        "留下一处，删去另一处；中文名和英文名是同一个字段。",
        wrong="---\ntags: [水苔]\ntags: [刺梨]\n---\n先修路。",
        right="---\ntags: [水苔]\n---\n先修路。",
    ),
    Rule(
        "ambiguous-field", Severity.ERROR, "必填的字段写了两次",
        "不知道以哪一个为准，页面上写哪个都可能是错的。",
        "留下一处，删去另一处。", fixed=True,
        wrong="---\ndate: 2023-05-04\ndate: 2023-05-05\n---\n先修路。",
        right="---\ndate: 2023-05-04\n---\n先修路。",
    ),
    Rule(
        "hash-in-value", Severity.ERROR, "值里的 # 会把后面的文字丢掉",
        "没有引号的值里，空格之后的 # 是注释的开头，从那里起都会丢掉；标题就少了一半。",
        "把整个值用半角引号括起来；真是注释的，# 后面空一格。casegen check --fix 会加上引号。",
        'title: "党建 #1 号工程"', fixed=True,
        wrong="---\ntitle: 党建 #1 号工程\n---\n先修路。",
        right='---\ntitle: "党建 #1 号工程"\n---\n先修路。',
    ),
    Rule(
        "wide-blank", Severity.WARNING, "字段前后的空白不是半角空格",
        "全角空格、不换行空格看起来一样，YAML 却不认得。",
        "换成半角空格；casegen check --fix 会代劳。",
        "institution: 某某大学",
        wrong="---\ninstitution:\u3000青石学院\n---\n先修路。",
        right="---\ninstitution: 青石学院\n---\n先修路。",
    ),
    Rule(
        "yaml-separator", Severity.WARNING, "用来分隔的逗号、冒号不对",
        "方括号、花括号里只有半角逗号和半角冒号起作用；“、”“，”“：”都算文字，"
        "而 1,000 里的半角逗号会把一个数分成两项。",
        "各项之间用半角逗号；值里本来就有逗号时，用引号括起来。",
        'tags: [水苔, 刺梨]；投入: "1,000万元"',
        wrong="---\ntags: [水苔、刺梨]\n---\n先修路。",
        right="---\ntags: [水苔, 刺梨]\n---\n先修路。",
    ),
    Rule(
        "unsplit-list", Severity.ERROR, "地区、类别的各项没有分开",
        "方括号里只有半角逗号分隔各项；“、”“，”都算文字，几项会读成一项。",
        "各项之间用半角逗号；casegen check --fix 会代劳。",
        "categories: [产业, 人才]", fixed=True,
        wrong="---\ncategories: [产业、人才]\n---\n先修路。",
        right="---\ncategories: [产业, 人才]\n---\n先修路。",
    ),
    Rule(
        "ignored-setting", Severity.WARNING, "casegen.yml 里有一项没有读懂",
        "这一项不起作用，用的是默认的。",
        "照提示改写。",
        wrong=(
            "=== casegen.yml\ntitle: 试集\nbase_url: example.edu.cn\n=== cases/a.md\n"
            "先修路。"
        ),
        right=(
            "=== casegen.yml\ntitle: 试集\nbase_url: https://example.edu.cn/\n"
            "=== cases/a.md\n先修路。"
        ),
    ),
    Rule(
        "unknown-rule", Severity.WARNING, "没有这个名字的规则",
        "名字写错，调整就不起作用。",
        "照提示改名；casegen explain 列出全部规则。",
        "rules: {missing-cover: off}",
        wrong=(
            "=== casegen.yml\ntitle: 试集\nrules: {mising-summary: off}\n=== cases/a.md\n"
            "先修路。"
        ),
        right=(
            "=== casegen.yml\ntitle: 试集\nrules: {missing-summary: off}\n=== cases/a.md\n"
            "先修路。"
        ),
    ),
    Rule(
        "fixed-rule", Severity.WARNING, "这条规则不能调轻，也不能豁免",
        "它报的错使页面写不出来，关掉它页面也不会有。",
        "删去这一项，改正它所报的错。",
        wrong="---\nwaive: {missing-field: 没有}\n---\n先修路。",
        right="先修路。",
    ),
)  # fmt: skip
