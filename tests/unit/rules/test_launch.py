"""What a site should have before it is published."""

from dataclasses import dataclass

import pytest

from casegen.rules.launch import check_settings


@dataclass
class Settings:
    base_url: str = ""
    icp: str = ""


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        (Settings(), ["missing-icp", "missing-base-url"]),
        (Settings(icp="京ICP备00000001号"), ["missing-base-url"]),
        (Settings(base_url="https://example.edu.cn/"), ["missing-icp"]),
        (Settings("https://example.edu.cn/", "京ICP备00000001号"), []),
    ],
)
def test_settings_that_a_public_site_lacks_are_told(settings, rules):
    problems = list(check_settings(settings))
    assert [p.rule for p in problems] == rules
    assert {p.where.path for p in problems} <= {"casegen.yml"}
