"""disk_values: packed values on disk while a command runs."""

import pytest

from casegen.cache import pack
from casegen.disk_values import DiskValues


def test_values_come_back_in_any_order_and_as_often_as_asked(tmp_path):
    values = DiskValues(tmp_path)
    for number in range(20):
        values.put(f"第{number}篇", pack(("文" * number, number)))
    for number in (7, 0, 19, 7):
        assert values.take(f"第{number}篇") == ("文" * number, number)
    values.put("再一篇", pack("新"))
    assert values.take("再一篇") == "新"
    assert values.take("第3篇") == ("文" * 3, 3)
    values.close()


def test_nothing_stays_in_the_folder(tmp_path):
    values = DiskValues(tmp_path)
    values.put("甲", pack("文"))
    values.close()
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_and_a_closed_file_give_nothing(tmp_path):
    values = DiskValues(tmp_path / "missing")
    values.put("甲", pack("文"))
    with pytest.raises(KeyError):
        values.take("乙")
    values.close()
    with pytest.raises(KeyError):
        values.take("甲")
