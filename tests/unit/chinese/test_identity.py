"""identity: numbers of persons in a text, and how they are masked. All numbers are invented."""

import pytest

from casegen.chinese.identity import find_numbers, mask_number, mask_numbers

CARD = "110101199003070010"  # the check digit is wrong on purpose
VISA = "4111 1111 1111 1111"  # the example number of payment tests


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"身份证{CARD}", ["identity"]),
        (f"卡号{VISA}", ["bank"]),
        ("电话13800000000", ["mobile"]),
        ("电话138 0000 0000", ["mobile"]),
        ("编号110101199013070010", []),  # no month 13
        ("卡号4111 1111 1111 1112", []),  # the check digit is wrong
        ("电话12800000000", []),
        ("见https://example.com/13800000000", []),
    ],
)
def test_a_number_is_known_by_its_form(text, kinds):
    assert [number.kind for number in find_numbers(text)] == kinds


def test_an_identity_number_says_whether_its_check_digit_is_right():
    (number,) = find_numbers(CARD)
    assert number.valid is False


def test_only_the_last_four_digits_stay():
    assert mask_number("138 0000 1234") == "*******1234"
    assert mask_numbers("联系人电话13800001234，卡号" + VISA) == (
        "联系人电话*******1234，卡号************1111"
    )


def test_a_text_without_such_numbers_is_unchanged():
    assert mask_numbers("2021年投入200万元") == "2021年投入200万元"
