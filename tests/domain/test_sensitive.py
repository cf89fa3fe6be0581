"""ID numbers and mobile numbers are found however they are written, and nothing else is taken for one."""

import pytest

from bot.domain.sensitive import find


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "身份证11010519491231002x，谢谢",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1101051949123\u200b1002X",
        "我的号码是440524188001010014。",
    ],
)
def test_an_id_number_is_found_however_it_is_written(text: str) -> None:
    assert find(text) == "id_number"


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "电话：138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "+8613800138000",
        "008613800138000",
        "１３８００１３８０００",
        "昨天社区清扫两小时，联系我 19912345678",
        "138\u20100013\u20108000",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert find(text) == "phone"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ZF004 王芳",
        "昨天 2.5 社区清扫",
        "2026-10-14 14:00-16:30 图书馆",
        "110105194912310021",  # wrong check character
        "110105194913310022",  # no such month
        "12345678901",  # no mobile number begins so
        "1380013800",  # a digit short
        "138001380000",  # a digit too many
        "1e9",
        "订单 20261014123456789012345",
        "12.5 13.5 14.5 15.5",
        "٢" * 18,
        "😀" * 5000,
        "1 " * 5000,
    ],
)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert find(text) is None
