"""Seventeen questions of readers on a phone, each answered in at most three taps from the front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

PHONE = {"width": 390, "height": 844}
MOST_TAPS = 3


class Reader:
    """Someone with a phone who starts at the front page and counts taps."""

    def __init__(self, page: Page, front: str) -> None:
        self.page = page
        self.front = front
        self.taps = 0

    def start(self) -> None:
        self.page.goto(self.front)
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def ask(self, words: str) -> None:
        """Taps the search box, types, and taps the key that sends."""
        self.tap(self.page.locator("input[name=q]"))
        self.page.keyboard.type(words)
        self.taps += 1
        self.page.keyboard.press("Enter")

    def follow(self, name: str, within: str = "body") -> None:
        self.tap(self.page.locator(within).get_by_role("link", name=name).first)


def which_county_built_most_toilets_and_in_which_sentence(reader: Reader) -> None:
    reader.follow("指标", ".nav")
    reader.follow("卫生厕所", "main")
    reader.tap(reader.page.locator(".statements li a").first)
    sentence = reader.page.locator(".evidence:has(:target), .evidence:target")
    expect(sentence).to_contain_text("36座")
    expect(sentence).to_be_in_viewport()
    expect(reader.page.locator("main")).to_contain_text("陇西县")


def how_much_money_was_spent_in_all_and_by_how_many(reader: Reader) -> None:
    entry = reader.page.locator(".ledger .entry").filter(has_text="投入帮扶资金")
    expect(entry).to_contain_text("469")
    expect(entry).to_contain_text("18 篇中 5 篇填报")


def which_province_spent_most(reader: Reader) -> None:
    reader.follow("投入帮扶资金", ".ledger")
    first = reader.page.locator(".brief-chart tr:has(.stroke)").first
    expect(first).to_contain_text("陕西省")
    expect(first).to_contain_text("260")


def what_two_million_in_congjiang_were_spent_on(reader: Reader) -> None:
    reader.ask("从江")
    reader.tap(reader.page.locator("#results h3 a").filter(has_text="从江").first)
    uses = reader.page.locator(".split").filter(has_text="用途")
    expect(uses).to_contain_text("83.5")
    expect(uses).to_contain_text("67")


def who_sold_by_live_video_and_what_they_say_of_it(reader: Reader) -> None:
    reader.ask("直播")
    expect(reader.page.locator("#results mark").first).to_have_text("直播")
    reader.tap(reader.page.locator("#results h3 a").first)
    expect(reader.page.locator(".prose mark").first).to_be_in_viewport()


def which_cases_are_of_guizhou(reader: Reader) -> None:
    reader.tap(reader.page.locator(".tiles [data-place=guizhou] a"))
    expect(reader.page.locator("[role=status]").first).to_have_text("共 3 篇")


def what_the_category_ecology_cost(reader: Reader) -> None:
    reader.follow("生态振兴", "main")
    expect(reader.page.locator(".ledger").first).to_contain_text("71")


def which_cases_are_of_2021(reader: Reader) -> None:
    reader.follow("2021", ".strip-years")
    expect(reader.page.locator("h1")).to_contain_text("2021")
    expect(reader.page.locator("[role=status]").first).to_have_text("共 6 篇")


def how_two_cases_compare(reader: Reader) -> None:
    for n in (0, 1):
        reader.tap(reader.page.locator(".pick").nth(n))
    reader.follow("比较这 2 篇", ".compare-bar")
    expect(reader.page.locator(".compare thead th")).not_to_have_count(0)
    assert reader.page.url.count("case=") == 2


def what_the_data_are_and_how_to_cite_them(reader: Reader) -> None:
    reader.follow("数据说明", ".colophon")
    expect(reader.page.locator("main")).to_contain_text("metrics.csv")
    expect(reader.page.locator("main")).to_contain_text("[DS/OL]")


def who_grew_pepper_and_on_how_much_land(reader: Reader) -> None:
    reader.ask("花椒")
    found = reader.page.locator("#results [data-case]")
    expect(reader.page.locator("[role=status]").first).to_have_text("共 1 篇")
    expect(found).to_contain_text("2310亩")


def what_was_done_in_qinghai(reader: Reader) -> None:
    reader.tap(reader.page.locator(".tiles [data-place=qinghai] a"))
    reader.tap(reader.page.locator("main .card h3 a").first)
    expect(reader.page.locator(".figures-grid")).to_contain_text("150多家")


def how_high_income_a_head_is_and_where(reader: Reader) -> None:
    reader.follow("指标", ".nav")
    reader.follow("人均收入", "main")
    said = reader.page.locator(".statements li").filter(has_text="骆驼湾")
    expect(said).to_contain_text("26000元")


def how_many_cases_spent_at_most_100_000_yuan(reader: Reader) -> None:
    reader.follow("案例", ".nav")
    reader.tap(reader.page.locator("[data-open-panel]"))
    box = reader.page.locator("input[name=max-funds_invested]")
    reader.tap(box)
    reader.page.keyboard.type("10万")
    box.blur()
    expect(reader.page.locator("[data-see]")).to_have_text("看这 2 篇")


def which_cases_are_of_my_county(reader: Reader) -> None:
    reader.ask("扶风县")
    expect(reader.page.locator("[role=status]").first).to_have_text("共 1 篇")
    found = reader.page.locator("#results [data-case]")
    expect(found).to_have_count(1)
    expect(found.locator("h3")).to_contain_text("四县")


def what_was_spent_in_2022(reader: Reader) -> None:
    reader.follow("2022", ".strip-years")
    entry = reader.page.locator(".ledger .entry").filter(has_text="项目资金")
    expect(entry).to_contain_text("5000万元")
    expect(entry).to_contain_text("6 篇中 1 篇填报")


def which_school_trained_most_people(reader: Reader) -> None:
    reader.follow("指标", ".nav")
    reader.follow("培训人数", "main")
    first = reader.page.locator(".statements li").first
    expect(first).to_contain_text("1400多人")
    school = reader.page.locator(".statements li").filter(has_text="职业院校")
    expect(school).to_contain_text("460余人")


QUESTIONS: tuple[Callable[[Reader], None], ...] = (
    which_county_built_most_toilets_and_in_which_sentence,
    how_much_money_was_spent_in_all_and_by_how_many,
    which_province_spent_most,
    what_two_million_in_congjiang_were_spent_on,
    who_sold_by_live_video_and_what_they_say_of_it,
    which_cases_are_of_guizhou,
    what_the_category_ecology_cost,
    which_cases_are_of_2021,
    how_two_cases_compare,
    what_the_data_are_and_how_to_cite_them,
    who_grew_pepper_and_on_how_much_land,
    what_was_done_in_qinghai,
    how_high_income_a_head_is_and_where,
    how_many_cases_spent_at_most_100_000_yuan,
    which_cases_are_of_my_county,
    what_was_spent_in_2022,
    which_school_trained_most_people,
)


def test_the_questions_are_answered_in_at_most_three_taps_on_a_phone(
    browser: Browser, demo_site: Path
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN")
    context.set_default_timeout(15_000)
    reader = Reader(context.new_page(), (demo_site / "index.html").as_uri())
    taps = {}
    for question in QUESTIONS:
        reader.start()
        question(reader)
        taps[question.__name__] = reader.taps
    assert max(taps.values()) <= MOST_TAPS, taps
    expect(reader.page.locator("[data-search-key]")).to_be_hidden()  # a phone has no such key
    context.close()
