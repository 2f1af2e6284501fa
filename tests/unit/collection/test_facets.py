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
