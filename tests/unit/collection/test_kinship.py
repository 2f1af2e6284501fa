"""Related cases: what is shared counts as it should, and few cases are looked at."""

from dataclasses import replace

from judged import a_case

from casegen.collection.kinship import NEAREST, find_candidates, list_bonds, relate_cases


def cases_with(*rows):
    """A case for each row: institution, tags, regions."""
    return [
        a_case(
            f"c{n:03}",
            title=f"题{n}",
            institution=institution,
            metrics="",
            more=f"tags: [{tags}]\nslug: c{n:03}",
        )
        for n, (institution, tags) in enumerate(rows)
    ]


def related(cases):
    return {
        slug: [(k.slug, k.weight) for k in found] for slug, found in relate_cases(cases).items()
    }


def test_a_shared_tag_is_enough_and_a_shared_institution_alone_is_not():
    cases = cases_with(("甲校", "茶"), ("乙校", "茶"), ("甲校", "果"))
    assert related(cases) == {"c000": [("c001", 3)], "c001": [("c000", 3)], "c002": []}


def test_what_is_shared_is_told_the_strongest_first():
    cases = cases_with(("甲校", "茶"), ("甲校", "茶"))
    (kin,) = relate_cases(cases)["c000"]
    assert kin.weight == 5
    assert kin.shared == (("tag", "茶"), ("institution", "甲校"))


def test_of_equal_ones_the_first_three_in_order_are_shown():
    cases = cases_with(*[("甲校", "茶")] * 6)
    assert related(cases)["c005"] == [("c000", 5), ("c001", 5), ("c002", 5)]


def test_a_rare_bond_is_found_however_far_away_the_other_case_stands():
    rows = [("甲校", "茶")] * 60
    rows[2] = rows[57] = ("甲校", "茶, 水苔")
    found = related(cases_with(*rows))
    assert found["c002"][0] == ("c057", 8)


def test_each_bond_costs_a_bounded_number_of_comparisons_however_large_the_collection():
    case = a_case(more="tags: [甲, 乙]")
    own = list_bonds(case)
    members = {bond: range(100_000) for bond in own}
    looked_at = list(find_candidates(own, members, dict.fromkeys(own, 50_000)))
    assert len(looked_at) == NEAREST * len(own)
    assert all(abs(number - 50_000) <= NEAREST for number in looked_at)


def test_places_count_by_county_and_not_by_province():
    one, two = cases_with(("甲校", ""), ("乙校", ""))
    assert relate_cases([one, two])["c000"] == ()
    county = a_case("x", more="slug: x").regions
    assert all(place.county == "" for place in county)
    assert list_bonds(replace(one, regions=county)) == {("institution", "甲校"): None}
