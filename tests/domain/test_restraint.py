"""What is refused, and what is only said to be unwanted."""

import pytest

from bot.domain.restraint import Forbidden, forbidden


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每日打卡", Forbidden.DAILY),
        ("每天必须打卡", Forbidden.DAILY),
        ("强制打卡", Forbidden.DAILY),
        ("全员打卡接龙", Forbidden.DAILY),
        ("请各科室每日上报参与情况", Forbidden.DAILY),
        ("打卡要每天做", Forbidden.DAILY),
        ("每 日 打 卡".replace(" ", ""), Forbidden.DAILY),
        ("Daily check-in", Forbidden.DAILY),
        ("everybody must check in", Forbidden.DAILY),
        ("check-in every day", Forbidden.DAILY),
        ("排名", Forbidden.RANKING),
        ("公布个人时长排行榜", Forbidden.RANKING),
        ("红黑榜", Forbidden.RANKING),
        ("通报未打卡人员", Forbidden.RANKING),
        ("RANKING on", Forbidden.RANKING),
        ("ｌｅａｄｅｒｂｏａｒｄ", Forbidden.RANKING),
        ("必须上传照片", Forbidden.PHOTO),
        ("统计在线时长", Forbidden.PHOTO),
        ("mandatory photos", Forbidden.PHOTO),
    ],
)
def test_what_would_force_or_rank_people_is_recognised(text: str, expected: Forbidden) -> None:
    assert forbidden(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "08:30",
        "某某局",
        "请各科室做好当月的安排、总结和整改",
        "每周五下午清洁家园，自愿参加",
        "不搞排名，不搞每日打卡",
        "严禁强制打卡",
        "取消个人排名",
        "必须于周五前上报总结",
        "每个工作日的早间消息",
        "a frank talk about prank calls",
        "No photo is needed",
    ],
)
def test_what_does_neither_is_let_through(text: str) -> None:
    assert forbidden(text) is None
