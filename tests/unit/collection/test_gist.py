"""gist: numbers that represent a text."""

import random

from casegen.collection.gist import KEPT, compare_gists, make_gist

SIGNS = "村镇茶果田水路桥学校人户亩元万种养卖建修办带动增收培训"


def text(seed, length=600):
    signs = random.Random(seed)
    return "".join(signs.choice(SIGNS) for _ in range(length))


def test_a_text_too_short_to_compare_has_no_numbers():
    assert make_gist("茶园" * 10) == ()


def test_marks_and_blanks_do_not_count():
    plain = text(1)
    assert make_gist(plain) == make_gist("，\n".join(plain))
    assert len(make_gist(plain)) == KEPT


def test_equal_texts_share_everything_and_unrelated_ones_nothing():
    one, other = make_gist(text(1)), make_gist(text(2))
    assert compare_gists(one, one) == 1
    assert compare_gists(one, other) < 0.1
    assert compare_gists((), ()) == 0


def test_a_text_with_one_changed_sentence_is_still_near():
    plain = text(3, 1200)
    changed = plain[:500] + text(4, 40) + plain[540:]
    assert compare_gists(make_gist(plain), make_gist(changed)) > 0.6
