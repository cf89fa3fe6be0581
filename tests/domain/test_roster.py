"""The roster as it is read: what counts as a person, what is refused and in which row, what would change."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import tidy
from bot.domain.roster import Column, Merge, Roster, RowError, Wrong, difference, read
from storage.records import Department, Person, PersonStatus, Role

HEADER = ["工号", "姓名", "部门", "职务", "角色", "状态"]
GOOD = ["1001", "张三", "综合处/办公室", "科员", "职工", "在职"]


def roster(*rows: list[str], header: list[str] = HEADER) -> Roster:
    return read([header, *rows])


def wrong(*rows: list[str]) -> list[tuple[int, Wrong, str]]:
    return [(error.row, error.kind, error.value) for error in roster(*rows).errors]


def row(**cells: str) -> list[str]:
    return list((dict(zip(("number", "name", "path", "title", "role", "status"), GOOD, strict=True)) | cells).values())


def test_a_row_becomes_a_person() -> None:
    read_in = roster(["1001", "张三", "综合处/办公室", "科员", "科室负责人", "请假"])
    assert read_in.errors == ()
    [entry] = read_in.entries
    assert (entry.row, entry.staff_number, entry.name, entry.department_path) == (2, "1001", "张三", "综合处/办公室")
    assert (entry.title, entry.role, entry.status) == ("科员", Role.LEADER, PersonStatus.ON_LEAVE)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", Role.STAFF),
        ("职工", Role.STAFF),
        ("科室负责人", Role.LEADER),
        ("创建办", Role.OFFICE),
        ("领导小组", Role.VIEWER),
        ("leader", Role.LEADER),
        (" 创 建 办 ", Role.OFFICE),
    ],
)
def test_every_role_word_is_known_and_none_means_staff(word: str, role: Role) -> None:
    assert roster(row(role=word)).entries[0].role is role


@pytest.mark.parametrize(
    ("word", "status"),
    [("", PersonStatus.ACTIVE), *zip(["在职", "请假", "离岗", "离职", "退休"], PersonStatus, strict=True)],
)
def test_every_status_word_is_known_and_none_means_active(word: str, status: PersonStatus) -> None:
    assert roster(row(status=word)).entries[0].status is status


@pytest.mark.parametrize("word", ["系统管理员", "owner", "处长", "职工、创建办"])
def test_an_unknown_role_is_refused_and_nobody_becomes_owner(word: str) -> None:
    assert wrong(row(role=word)) == [(2, Wrong.UNKNOWN_ROLE, word)]


def test_an_unknown_status_is_refused() -> None:
    assert wrong(row(status="休假")) == [(2, Wrong.UNKNOWN_STATUS, "休假")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1001.0", "1001"),
        ("１００１", "1001"),
        (" 10 01 ", "1001"),
        ("a-7", "A-7"),
        ("0012", "0012"),
        ("\u200b1001\ufeff", "1001"),
    ],
)
def test_staff_numbers_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert roster(row(number=typed)).entries[0].staff_number == kept
    assert tidy.number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("John  Smith", "John Smith"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("欧阳\n娜娜", "欧阳娜娜"),
    ],
)
def test_names_lose_the_blanks_that_only_align_them(typed: str, kept: str) -> None:
    assert roster(row(name=typed)).entries[0].name == kept


@pytest.mark.parametrize("name", ["—", "--", "·", "123", "①", "😀", "。", "\u0301", "\u3000·"])
def test_a_name_without_a_letter_is_nobodys(name: str) -> None:
    """One of them stands for whoever has erased himself."""
    assert [kind for _, kind, _ in wrong(row(name=name))] == [Wrong.BAD_NAME]
    assert wrong(row(name="—"))[0] == (2, Wrong.BAD_NAME, "—")


@pytest.mark.parametrize("name", ["张", "O", "王2", "艾力·买买提", "О", "محمد", "𠮷", "〇", "々"])
def test_a_name_of_one_letter_of_any_script_is_one(name: str) -> None:
    assert wrong(row(name=name)) == []


@pytest.mark.parametrize("path", ["综合处 / 办公室", "/综合处/办公室/", "综合处／办公室", "综合处\\办公室"])
def test_a_department_is_a_path_however_its_strokes_are_typed(path: str) -> None:
    assert roster(row(path=path)).entries[0].department_path == "综合处/办公室"


@pytest.mark.parametrize(
    ("path", "kind", "value"),
    [
        ("综合处//办公室", Wrong.BAD_PATH, "综合处//办公室"),
        ("/", Wrong.BAD_PATH, ""),
        ("1/2/3/4/5/6/7", Wrong.TOO_DEEP, "1/2/3/4/5/6/7"),
        ("处" * 41, Wrong.TOO_LONG, "部门"),
        ("处" * 600, Wrong.TOO_LONG, "部门"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str, kind: Wrong, value: str) -> None:
    assert wrong(row(path=path)) == [(2, kind, value)]


@pytest.mark.parametrize(("cell", "heading"), [("number", "工号"), ("name", "姓名"), ("path", "部门")])
def test_an_empty_cell_that_must_be_filled_is_named(cell: str, heading: str) -> None:
    assert wrong(row(**{cell: "  "})) == [(2, Wrong.EMPTY, heading)]


def test_every_error_of_a_row_is_told_at_once() -> None:
    kinds = [kind for _, kind, _ in wrong(["", "张三", "综合处", "", "皇帝", "云游"])]
    assert kinds == [Wrong.EMPTY, Wrong.UNKNOWN_ROLE, Wrong.UNKNOWN_STATUS]


def test_a_number_that_stands_twice_names_both_rows() -> None:
    read_in = roster(row(), row(number="1002"), row(number="１００１", name="李四"))
    assert read_in.errors == (RowError(4, Wrong.DUPLICATE_NUMBER, "1001", other=2),)


@pytest.mark.parametrize("number", ["11010519491231002X", "13800138000"])
def test_an_id_or_phone_number_is_refused_and_never_repeated(number: str) -> None:
    read_in = roster(row(number=number))
    assert read_in.errors == (RowError(2, Wrong.PRIVATE_NUMBER),)
    assert number not in repr(read_in)


@pytest.mark.parametrize("column", ["name", "title", "path"])
@pytest.mark.parametrize("number", ["11010519491231002X", "138 0013 8000", "１３８００１３８０００"])
def test_no_column_takes_an_id_or_phone_number(column: str, number: str) -> None:
    """As in 处长 13800138000, which many a roster has."""
    read_in = roster(row(**{column: f"处长 {number}"}))
    assert [(one.row, one.kind) for one in read_in.errors] == [(2, Wrong.PRIVATE)]
    assert number not in repr(read_in) and "8000" not in repr(read_in)


@pytest.mark.parametrize("number", ["10;01", "-1", "😀", "1001/", "<b>"])
def test_a_staff_number_has_letters_and_digits_only(number: str) -> None:
    assert wrong(row(number=number))[0][1] is Wrong.BAD_NUMBER


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\ud800", "\u2066"])
def test_control_characters_and_turned_text_are_refused(sign: str) -> None:
    assert wrong(row(name=f"张{sign}三")) == [(2, Wrong.CONTROL_CHARACTER, "姓名")]


@pytest.mark.parametrize("text", ["=1+1", "＝HYPERLINK(1)", "  =A1"])
def test_text_that_looks_like_a_formula_is_refused(text: str) -> None:
    assert wrong(row(name=text)) == [(2, Wrong.FORMULA, "姓名")]


def test_a_formula_cell_is_refused_whatever_it_shows() -> None:
    read_in = read([HEADER, GOOD], formulas={(2, 3)})
    assert read_in.errors == (RowError(2, Wrong.FORMULA, "部门"),)


def test_a_formula_in_a_column_we_do_not_read_harms_nobody() -> None:
    assert read([[*HEADER, "合计"], [*GOOD, "3"]], formulas={(2, 7)}).errors == ()


def test_merged_cells_are_one_error_a_block_instead_of_many_empty_cells() -> None:
    rows = [HEADER, GOOD, row(number="1002", path=""), row(number="1003", path="")]
    assert read(rows, merged=[Merge(2, 3, 4, 3)]).errors == (RowError(2, Wrong.MERGED, "C2:C4"),)


def test_a_merged_title_above_the_headings_is_read_over() -> None:
    rows = [["某单位花名册"], [], HEADER, GOOD]
    read_in = read(rows, merged=[Merge(1, 1, 1, 6)])
    assert read_in.errors == ()
    assert read_in.entries[0].row == 4


@pytest.mark.parametrize(
    "header",
    [
        ["姓 名", "工号*", "部门（路径）", "职务", "角色", "状态"],
        ["Name", "Staff number", "Department", "Title", "Role", "Status"],
        ["姓名", " 工号 ", "部门", "职务：", "角色", "状态"],
    ],
)
def test_headings_are_known_in_any_order_and_dress(header: list[str]) -> None:
    read_in = roster(["张三", "1001", "综合处", "", "", ""], header=header)
    assert read_in.errors == ()
    assert read_in.entries[0].staff_number == "1001"


def test_a_roster_in_traditional_characters_is_understood_and_names_stay_as_they_are() -> None:
    header = ["工號", "姓名", "部門", "職務", "角色", "狀態", "手機"]
    read_in = roster(
        ["A1", "張偉國", "綜合處", "主任", "科室負責人", "請假", "1"],
        ["A2", "李", "綜合處", "", "創建辦", "離職", ""],
        ["A3", "王", "綜合處", "", "領導小組", "離崗", ""],
        ["A4", "趙", "綜合處", "", "職工", "在職", ""],
        header=header,
    )
    assert read_in.errors == () and read_in.ignored == ("手機",)
    first = read_in.entries[0]
    assert (first.name, first.department_path, first.title) == ("張偉國", "綜合處", "主任")
    assert [one.role for one in read_in.entries] == [Role.LEADER, Role.OFFICE, Role.VIEWER, Role.STAFF]
    away, left, leave, active = PersonStatus.AWAY, PersonStatus.LEFT, PersonStatus.ON_LEAVE, PersonStatus.ACTIVE
    assert [one.status for one in read_in.entries] == [leave, left, away, active]


def test_a_wrong_header_names_every_column_that_is_missing() -> None:
    read_in = roster(GOOD, header=["编号", "姓名", "部门", "职务", "角色", "在岗情况"])
    assert [(error.kind, error.value) for error in read_in.errors] == [
        (Wrong.MISSING_COLUMN, "工号"),
        (Wrong.MISSING_COLUMN, "状态"),
    ]
    assert read_in.entries == ()


def test_a_sheet_without_any_heading_misses_them_all() -> None:
    for rows in ([], [[]], [["1001", "张三"]]):
        assert [error.value for error in read(rows).errors] == HEADER


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert roster(GOOD, header=[*HEADER, "姓名"]).errors == (RowError(1, Wrong.DUPLICATE_COLUMN, "姓名"),)


def test_columns_we_do_not_know_are_told_and_not_kept() -> None:
    read_in = roster([*GOOD, "11010519491231002X", ""], header=[*HEADER, "身份证号", "备注"])
    assert read_in.ignored == ("身份证号", "备注")
    assert "110105" not in repr(read_in)


def test_a_header_and_nobody_under_it_is_an_error() -> None:
    assert roster().errors == (RowError(1, Wrong.NO_PEOPLE),)


def test_blank_rows_and_the_example_row_are_read_over() -> None:
    read_in = roster(["示例", "李某", "综合处", "", "", ""], [], ["", " ", "", "", "", ""], GOOD)
    assert read_in.errors == ()
    assert [entry.row for entry in read_in.entries] == [5]


def test_rows_may_be_shorter_than_the_header() -> None:
    assert roster(["1001", "张三", "综合处"]).entries[0].title == ""


@given(st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=8))
def test_no_text_whatever_makes_the_reading_fail(rows: list[list[str]]) -> None:
    read_in = roster(*rows)
    for entry in read_in.entries:
        assert entry.staff_number == tidy.number(entry.staff_number)
        assert entry.name == tidy.name(entry.name)
        assert entry.department_path == tidy.path(entry.department_path)


# --- what a new roster would change ----------------------------------------------------------------------

DEPARTMENTS = (
    Department(1, None, "综合处", "综合处", "/1/"),
    Department(2, 1, "办公室", "综合处/办公室", "/1/2/"),
    Department(3, None, "执法处", "执法处", "/3/"),
)
ZHANG = Person(1, "1001", "张三", "科员", 2, Role.STAFF, PersonStatus.ACTIVE)


def test_the_same_file_twice_changes_nothing() -> None:
    gone = dataclasses.replace(ZHANG, id=2, staff_number="1002", status=PersonStatus.LEFT)
    found = difference(roster(GOOD), {"1001": ZHANG, "1002": gone}, DEPARTMENTS)
    assert found.nothing
    assert found.unchanged == 1


def test_somebody_new_is_added_with_the_departments_he_needs_parents_first() -> None:
    found = difference(roster(GOOD, row(number="7", path="新处/一科/一组")), {"1001": ZHANG}, DEPARTMENTS)
    assert [entry.staff_number for entry in found.added] == ["7"]
    assert found.new_departments == ("新处", "新处/一科", "新处/一科/一组")


def test_each_person_of_the_file_stands_in_one_list() -> None:
    people = [dataclasses.replace(ZHANG, id=number, staff_number=str(number)) for number in range(1, 5)]
    people[3] = dataclasses.replace(people[3], status=PersonStatus.RETIRED)
    found = difference(
        roster(
            row(number="1"), row(number="2", path="执法处", title="科长"), row(number="3", name="张散"), row(number="4")
        ),
        {one.staff_number: one for one in people},
        DEPARTMENTS,
    )
    assert (found.unchanged, found.added, found.missing) == (1, (), ())
    assert [(change.person.id, change.old_path) for change in found.moved] == [(2, "综合处/办公室")]
    assert found.moved[0].columns == {Column.DEPARTMENT, Column.TITLE}
    assert [change.person.id for change in found.changed] == [3]
    assert [change.person.id for change in found.returned] == [4]


@pytest.mark.parametrize("status", ["离职", "退休"])
def test_whoever_leaves_by_the_file_stands_among_those_who_left_also_if_he_moves(status: str) -> None:
    found = difference(roster(row(path="执法处", status=status)), {"1001": ZHANG}, DEPARTMENTS)
    assert [change.person.id for change in found.left] == [1]
    assert (found.moved, found.changed, found.missing) == ((), (), ())
    again = dataclasses.replace(ZHANG, status=PersonStatus.LEFT)
    assert [c.person.id for c in difference(roster(row(status=status)), {"1001": again}, DEPARTMENTS).left] == []


def test_whoever_is_not_in_the_file_is_proposed_as_left_unless_he_is_gone_already() -> None:
    others = [
        dataclasses.replace(ZHANG, id=9 + at, staff_number=f"9{at}", status=status)
        for at, status in enumerate(PersonStatus)
    ]
    found = difference(roster(GOOD), {one.staff_number: one for one in [ZHANG, *others]}, DEPARTMENTS)
    assert [person.status for person in found.missing] == [
        PersonStatus.ACTIVE,
        PersonStatus.ON_LEAVE,
        PersonStatus.AWAY,
    ]


def test_somebody_whose_row_has_an_error_is_not_missing() -> None:
    found = difference(roster(row(role="皇帝"), row(number="2")), {"1001": ZHANG}, DEPARTMENTS)
    assert found.missing == ()
