"""launch: what a site should have before it is published.

Secret: which settings of casegen.yml a public site is expected to have.
Not here: what each case should have (completeness), such as its sign-off, which is asked for too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule

SETTINGS = "casegen.yml"


class Settings(Protocol):
    """The settings of casegen.yml that these rules read."""

    @property
    def base_url(self) -> str:
        """The future address of the site, or ""."""

    @property
    def icp(self) -> str:
        """The ICP number, or ""."""


def check_settings(settings: Settings) -> Iterator[Problem]:
    """Report settings that a site lacks for publishing."""
    if not settings.icp:
        yield _missing("missing-icp", "没有写备案号", "在 casegen.yml 加上 icp: 京ICP备…号")
    if not settings.base_url:
        yield _missing(
            "missing-base-url",
            "没有写网址，就没有订阅、站点地图和引用链接，“没有这一页”（404.html）也没有样式",
            "在 casegen.yml 加上 base_url: https://…/",
        )


def _missing(slug: str, message: str, hint: str) -> Problem:
    return Problem(slug, Severity.WARNING, message, Location(SETTINGS), hint)


LAUNCH = (
    Rule(
        "missing-icp",
        Severity.WARNING,
        "没有备案号",
        "境内主机上的网站要先备案，并在页脚写出备案号。",
        "在 casegen.yml 写上 icp；放在已备案的上级网站之内，就写上级网站的；不需要就关掉这条。",
        "icp: 京ICP备00000000号",
        wrong=(
            "=== casegen.yml\ntitle: 试集\nbase_url: https://example.edu.cn/\n"
            "=== cases/a.md\n先修路。"
        ),
        right=(
            "=== casegen.yml\ntitle: 试集\nbase_url: https://example.edu.cn/\n"
            "icp: 京ICP备00000000号\n=== cases/a.md\n先修路。"
        ),
    ),
    Rule(
        "missing-base-url",
        Severity.WARNING,
        "没有网址",
        "订阅、站点地图、引用格式里都要写出完整的网址；404.html 在哪个网址下都会出现，"
        "样式和链接从这个网址找起，放到别处就没有样式。",
        "在 casegen.yml 写上 base_url，即网站发布后的地址。",
        "base_url: https://example.edu.cn/xczx/",
        wrong="=== casegen.yml\ntitle: 试集\nicp: 京ICP备00000000号\n=== cases/a.md\n先修路。",
        right=(
            "=== casegen.yml\ntitle: 试集\nbase_url: https://example.edu.cn/\n"
            "icp: 京ICP备00000000号\n=== cases/a.md\n先修路。"
        ),
    ),
)
