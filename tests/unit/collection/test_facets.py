"""The values by which cases are grouped."""

from assembled import CATEGORIES, a_case, whole

from casegen.collection.facets import list_facet_keys, list_facets


def test_values_of_facets_stand_in_order_of_categories_years_and_how_often_they_occur():
    made = whole(
        a_case("aa", institution="丙校", categories="[人才, 产业]", period="2021-2022"),
        a_case("bb", institution="丙校"),
        a_case("cc", institution="乙校"),
        a_case("dd", institution="甲校"),
    )
    assert [value.label for value in made.facets["category"]] == ["产业", "人才"]
    assert [value.key for value in made.facets["year"]] == ["2023", "2022", "2021"]
    institutions = made.facets["institution"]
    assert [(value.label, len(value.slugs)) for value in institutions] == [
        ("丙校", 2), ("甲校", 1), ("乙校", 1)
    ]  # fmt: skip


def test_a_case_has_each_value_once_and_a_region_counts_by_its_province():
    case = a_case("aa", regions="[甘肃省/定西市/陇西县, 甘肃省/定西市/通渭县]", tags="[茶, 茶]")
    assert list_facet_keys(case, "region") == ("甘肃省",)
    assert list_facet_keys(case, "tag") == ("茶",)


def test_pages_of_values_have_different_stems_and_provinces_their_usual_spelling():
    cases = [a_case("aa", regions="[陕西省]", tags="[茶业]"), a_case("bb", tags="[茶叶]")]
    found = list_facets(cases, CATEGORIES)
    assert [value.stem for value in found["region"]] == ["gansu", "shaanxi"]
    assert len({value.stem for value in found["tag"]}) == 2


def test_the_list_of_a_year_has_every_case_that_its_totals_add_and_counts_as_many():
    made = whole(
        a_case("aa", "[2021年投入资金: 20万元, 投入资金: 30万元]", period=2023),
        a_case("bb", "[累计投入资金: 90万元]", period="'2021-2023'"),
        a_case("cc", "[{name: 种植面积, value: 90亩, period: 2019-2020}]", period=2022),
        a_case("dd", "[{name: 稻草人, value: 90个, period: 2018}]", period=2022),
    )
    listed = {value.key: set(value.slugs) for value in made.facets["year"]}
    assert listed == {
        "2023": {"aa", "bb"}, "2022": {"bb", "cc", "dd"}, "2021": {"aa", "bb"}, "2020": {"cc"}
    }  # fmt: skip
    for label in filter(str.isdigit, made.year_labels):
        for total in made.year_totals(label):
            added = {*total.cases, *(each.slug for each in total.left_out)}
            assert added <= listed[label]
            assert total.of == len(listed[label])
