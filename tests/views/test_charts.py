"""The chart: what stands in the drawing, what can never stand over it, and that drawing keeps nobody waiting."""

import asyncio
import re
import struct
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.participation import Line, Report
from bot.domain.periods import Kind, period_of
from bot.i18n import LANGUAGES, translator
from bot.views import charts
from bot.views.charts import ChartWords, draw, report_svg
from bot.views.reports import chart_words

WORDS = ChartWords(
    title="志愿服务参与情况",
    subtitle="2026年 · 截至11月22日",
    heads=lambda n, people: f"参与 {n} 人，在岗 {people} 人",
    target="目标 30%",
    met="达标",
    not_met="未达标",
    missing=lambda count: f"差 {count} 人",
    still_missing=lambda count: f"还差 {count} 人达到目标",
    no_data="暂无数据",
    column_heads="参与/在岗",
    column_rate="参与率",
    own=lambda name: f"{name}（本级）",
    rest=lambda count: f"其余 {count} 个部门",
    hidden_note="“—”：人数较少，不单独显示",
)
SVG = "{http://www.w3.org/2000/svg}"


def line(name: str = "综合处", n: int = 3, people: int = 10, *, hidden: bool = False, own: bool = False) -> Line:
    return Line(1, name, 0 if hidden else people, 0 if hidden else n, 0, 0, hidden, own)


def report(*lines: Line, target: int = 30, org: str = "示例单位", total: Line | None = None) -> Report:
    people, n = sum(one.people for one in lines), sum(one.participants for one in lines)
    year = period_of(Kind.YEAR, date(2026, 1, 1))
    return Report(org, org, year, target, total or Line(None, org, people, n, 0, 0), lines, date(2026, 11, 22), 5)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def height(svg: str) -> int:
    return int(ElementTree.fromstring(svg).attrib["height"])


def test_the_great_number_the_heads_and_what_is_missing_stand_at_the_top() -> None:
    shown = texts(report_svg(report(line(n=2, people=10), line(n=3, people=12)), WORDS))
    assert shown[:3] == ["示例单位", WORDS.title, WORDS.subtitle]
    assert shown[3:6] == ["22.7%", "参与 5 人，在岗 22 人", "还差 2 人达到目标"]


def test_a_department_shows_heads_rate_and_verdict() -> None:
    shown = texts(report_svg(report(line("综合处", 3, 10), line("执法处", 1, 9)), WORDS))
    assert {"综合处", "3/10", "30.0%", "达标", "执法处", "1/9", "11.1%", "差 2 人"} <= set(shown)


def test_met_and_not_met_differ_in_more_than_colour() -> None:
    met, not_met = report_svg(report(line(n=3)), WORDS), report_svg(report(line(n=2)), WORDS)
    rows = [svg.split(WORDS.column_rate)[1].split("达标</text>")[0] for svg in (met, not_met)]
    assert [("url(#hatch)" in row, "<circle" in row) for row in rows] == [(False, False), (True, True)]


def test_a_hidden_department_shows_a_stroke_no_bar_and_a_note() -> None:
    shown = texts(report_svg(report(line(), line("老干部处", hidden=True)), WORDS))
    assert shown.count("—") == 2
    assert WORDS.hidden_note in shown
    assert WORDS.hidden_note not in texts(report_svg(report(line()), WORDS))


def test_a_hidden_total_shows_a_stroke_and_no_number() -> None:
    hidden = Line(1, "老干部处", 0, 0, 0, 0, hidden=True)
    shown = texts(report_svg(report(total=hidden), WORDS))
    assert shown == ["示例单位", WORDS.title, WORDS.subtitle, "—", WORDS.hidden_note]


def test_nobody_in_post_is_no_data_and_never_zero_percent() -> None:
    shown = texts(report_svg(report(line(n=0, people=0)), WORDS))
    assert shown.count("暂无数据") == 2
    assert not any("0.0%" in text for text in shown)


def test_people_but_no_participants_is_zero_percent() -> None:
    assert "0.0%" in texts(report_svg(report(line(n=0)), WORDS))


def test_more_than_thirty_departments_are_summed_up_in_one_line() -> None:
    lines = [line(f"第{number}处", 1, 10) for number in range(1, 36)]
    shown = texts(report_svg(report(*lines), WORDS))
    assert "第30处" in shown
    assert "第31处" not in shown
    assert shown[shown.index("其余 5 个部门") + 1] == "5/50"


def test_the_rest_hides_its_figures_if_one_of_its_departments_does() -> None:
    lines = [line(f"第{number}处", hidden=number == 33) for number in range(1, 36)]
    shown = texts(report_svg(report(*lines), WORDS))
    assert shown[shown.index("其余 5 个部门") + 1] == "—"


def test_thirty_departments_make_it_higher_and_none_makes_it_short() -> None:
    heights = [height(report_svg(report(*[line()] * count), WORDS)) for count in (0, 1, 6, 30)]
    assert heights == sorted(heights)
    assert heights[-1] < 2200  # a phone still shows it as a picture


def test_people_of_the_scope_itself_are_named_so() -> None:
    assert "综合处（本级）" in texts(report_svg(report(line(own=True), line("办公室")), WORDS))


def test_a_long_name_is_shortened_and_still_begins_as_it_did() -> None:
    name = "综合行政执法支队机动大队第三中队办公室（含派驻窗口）"
    [shown] = [text for text in texts(report_svg(report(line(name)), WORDS)) if text.endswith("…")]
    assert name.startswith(shown[:-1])
    assert len(shown) > 8


@pytest.mark.parametrize(
    "name",
    [
        "<b>&\"'</b>",
        "]]>",
        "😀🎉",
        "\u202e反向\u202c",
        "a\x00b\x1b[31m",
        "Z\u0351\u036b\u0343A",
        "\ud800",
        "\ufffe",
        "مرحبا",
        "",
    ],
)
async def test_hostile_names_break_neither_the_drawing_nor_the_picture(name: str) -> None:
    given = report(line(name), org=name or "x")
    assert texts(report_svg(given, WORDS))
    assert (await draw(given, WORDS)).startswith(b"\x89PNG")


def extents(svg: str) -> Iterator[tuple[float, float, float, str]]:
    """Baseline, left and right of every text, as wide as the font draws it at most."""
    for one in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        text, size, x = one.text or "", float(one.attrib["font-size"]), float(one.attrib["x"])
        width = charts._width(text, int(size))
        left = x - {"start": 0, "middle": width / 2, "end": width}[one.get("text-anchor", "start")]
        yield float(one.attrib["y"]), left, left + width, text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("处科室办公ab W", max_size=30), st.integers(0, 1200), st.integers(0, 1200), st.booleans()),
        max_size=33,
    ),
    st.integers(0, 100),
)
def test_no_text_ever_lies_over_the_target_line_or_another_text(
    rows: list[tuple[str, int, int, bool]], target: int
) -> None:
    lines = [line(name, min(n, people), people, hidden=hidden) for name, n, people, hidden in rows]
    svg = report_svg(report(*lines, target=target), WORDS)
    boxes = list(extents(svg))
    assert all(left >= -1 and right <= charts.WIDTH + 1 for _, left, right, _ in boxes)
    dashed = re.search(r'M([\d.]+) ([\d.]+) V([\d.]+)" stroke="#b01e23" stroke-width="3" stroke-dasharray', svg)
    if dashed:
        x, top, bottom = map(float, dashed.groups())
        assert not [text for y, left, right, text in boxes if top < y < bottom and left < x < right]
    rows_from = float(dashed[2]) if dashed else 0
    by_line: dict[float, list[tuple[float, float]]] = {}
    for y, left, right, text in boxes:
        if y > rows_from and dashed and y < float(dashed[3]) and text:
            by_line.setdefault(round(y / 4), []).append((left, right))
    for spans in by_line.values():
        spans.sort()
        assert all(a[1] <= b[0] + 1 for a, b in pairwise(spans))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 6, 30])
def test_on_a_phone_every_word_can_be_read_and_none_lies_over_another(language: str, count: int) -> None:
    names = ("综合行政执法支队机动大队第三中队办公室", "Department of International Cooperation", "处")
    lines = [line(names[n % 3], n * 37 % 1201, 1200, hidden=n == 4) for n in range(count)]
    given = report(*lines, total=Line(None, "x", 3367, 316, 0, 0))
    svg = report_svg(given, chart_words(given, translator(language)))
    assert {int(one.attrib["font-size"]) >= 28 for one in ElementTree.fromstring(svg).iter(f"{SVG}text")} == {True}
    boxes = sorted(extents(svg))
    for one, other in combinations(boxes, 2):
        assert abs(one[0] - other[0]) > 26 or one[2] <= other[1] + 1 or other[2] <= one[1] + 1, (one, other)
    assert all(left >= 0 and right <= charts.WIDTH for _, left, right, _ in boxes)
    assert max(y for y, *_ in boxes) < height(svg)


def test_a_legend_stands_only_where_there_are_two_kinds_of_bars() -> None:
    alike = [report(line(n=3)), report(line(n=2)), report(total=line(n=2)), report(line(n=5), line(n=4))]
    assert all(WORDS.not_met not in texts(report_svg(one, WORDS)) for one in alike)
    assert {WORDS.met, WORDS.not_met} <= set(texts(report_svg(report(line(n=5), line(n=1)), WORDS)))


async def test_the_picture_is_a_png_as_wide_as_a_phone_can_use() -> None:
    png = await draw(report(line(), line("执法处", 1, 9)), WORDS)
    width, _ = struct.unpack(">II", png[16:24])
    assert width == 1000
    assert len(png) < 300_000


async def test_drawing_thirty_departments_leaves_the_loop_free() -> None:
    turns = 0
    done = asyncio.Event()

    async def watch() -> None:
        nonlocal turns
        while not done.is_set():
            await asyncio.sleep(0)
            turns += 1

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        await draw(report(*[line(f"第{number}处", number, 40) for number in range(30)]), WORDS)
        done.set()
    assert turns > 50  # drawn on the loop it would be one or two
