"""The roster (花名册): rows become people or row-numbered errors, and what a new roster would change."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from bot.domain import sensitive, tidy
from storage.records import Department, Person, PersonStatus, Role


class Column(StrEnum):
    """The value is the heading that stands in the file."""

    NUMBER = "工号"
    NAME = "姓名"
    DEPARTMENT = "部门"
    TITLE = "职务"
    ROLE = "角色"
    STATUS = "状态"


ROLE_WORDS = {
    "职工": Role.STAFF,
    "科室负责人": Role.LEADER,
    "创建办": Role.OFFICE,
    "领导小组": Role.VIEWER,
}
STATUS_WORDS = {
    "在职": PersonStatus.ACTIVE,
    "请假": PersonStatus.ON_LEAVE,
    "离岗": PersonStatus.AWAY,
    "离职": PersonStatus.LEFT,
    "退休": PersonStatus.RETIRED,
}
# A row whose number starts so is the template's own example: it is read over, wherever it stands.
EXAMPLE_NUMBER = "示例"

HIDDEN = "***"  # what stands for a name that others are not to see
# Said in chat for an empty title; nobody's title is so.
NOTHING = frozenset({"无", "没有", "-", "none"})

_ENGLISH_HEADINGS = {
    "staffnumber": Column.NUMBER,
    "name": Column.NAME,
    "department": Column.DEPARTMENT,
    "title": Column.TITLE,
    "role": Column.ROLE,
    "status": Column.STATUS,
}
_HEADINGS = {column.value: column for column in Column} | _ENGLISH_HEADINGS
# An empty cell has a meaning too.
_ROLES = ROLE_WORDS | {role.value: role for role in ROLE_WORDS.values()} | {"": Role.STAFF}
_STATUSES = STATUS_WORDS | {one.value: one for one in STATUS_WORDS.values()} | {"": PersonStatus.ACTIVE}
_REQUIRED = (Column.NUMBER, Column.NAME, Column.DEPARTMENT)
_LONGEST = {Column.NUMBER: 32, Column.NAME: 40, Column.TITLE: 60, Column.ROLE: 60, Column.STATUS: 60}
_LONGEST_DEPARTMENT = 40
DEEPEST = 6
_HEADER_WITHIN = 10  # a title or two may stand above the headings


class Wrong(StrEnum):
    """What is wrong with a row; `value` of the error is the offending piece, or the column's heading."""

    MISSING_COLUMN = "missing_column"  # value: the heading that is not there
    DUPLICATE_COLUMN = "duplicate_column"  # value: the heading that is there twice
    NO_PEOPLE = "no_people"  # a header and nothing under it
    EMPTY = "empty"  # value: heading
    TOO_LONG = "too_long"  # value: heading
    CONTROL_CHARACTER = "control_character"  # value: heading
    FORMULA = "formula"  # value: heading
    MERGED = "merged"  # value: the cells, such as C3:C20
    BAD_NUMBER = "bad_number"  # value: the staff number
    PRIVATE_NUMBER = "private_number"  # an ID or phone number as staff number; no value: never repeated
    PRIVATE = "private"  # one in another column; value: heading
    GONE_NUMBER = "gone_number"  # value: the staff number of somebody who has gone, under another name
    DUPLICATE_NUMBER = "duplicate_number"  # value: the staff number; other: the row that had it first
    BAD_NAME = "bad_name"  # value: the name
    BAD_PATH = "bad_path"  # value: the path
    TOO_DEEP = "too_deep"  # value: the path
    UNKNOWN_ROLE = "unknown_role"  # value: the word
    UNKNOWN_STATUS = "unknown_status"  # value: the word


@dataclass(frozen=True, slots=True)
class RowError:
    row: int  # as the spreadsheet numbers it
    kind: Wrong
    value: str = ""
    other: int | None = None


_Fault = tuple[Wrong, str]


@dataclass(frozen=True, slots=True)
class Entry:
    row: int
    staff_number: str
    name: str
    department_path: str
    title: str
    role: Role
    status: PersonStatus


@dataclass(frozen=True, slots=True)
class Roster:
    entries: tuple[Entry, ...]
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...] = ()  # headings of columns we neither know nor keep
    seen: frozenset[str] = frozenset()  # every staff number that stands in it, also in a row with an error


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells, rows and columns counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


def read(
    rows: Sequence[Sequence[str]],
    formulas: Collection[tuple[int, int]] = (),
    merged: Sequence[Merge] = (),
) -> Roster:
    """Rows as they stand in the sheet, from its first; formulas as (row, column), both counted from 1."""
    header, columns, errors, ignored = _header(rows)
    if errors:
        return Roster((), tuple(errors), ignored)
    reader = _Reader(columns, frozenset(formulas), [one for one in merged if one.bottom >= header])
    for row, cells in enumerate(rows[header:], header + 1):
        reader.take(row, cells)
    reader.blame_merges()
    if not reader.entries and not reader.errors:
        reader.errors.append(RowError(header, Wrong.NO_PEOPLE))
    in_order = sorted(reader.errors, key=lambda error: error.row)
    return Roster(tuple(reader.entries), tuple(in_order), ignored, frozenset(reader.rows))


_NUMBER = re.compile(r"[0-9A-Z\u4e00-\u9fff](?:[0-9A-Z\u4e00-\u9fff_./-]*[0-9A-Z\u4e00-\u9fff])?")
_PRIVATE = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d\d{3}[0-9X]|1[3-9]\d{9}")


def _shown(value: str) -> str:
    return "".join("�" if tidy.unprintable(sign) else sign for sign in value)[:60]


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _heading(cell: str) -> Column | None:
    """姓 名, 部门（路径）, 工号* and Staff number are headings too."""
    text = re.sub(r"\(.*?\)|\[.*?\]|[\s*:_]", "", tidy.half_width(cell))
    return _HEADINGS.get(tidy.simplified(text.lower()))


def _header(
    rows: Sequence[Sequence[str]],
) -> tuple[int, dict[Column, int], list[RowError], tuple[str, ...]]:
    """The header is the row with the most of our headings: its number, and where each column stands."""
    found = [[_heading(cell) for cell in cells] for cells in rows[:_HEADER_WITHIN]]
    best = max(range(len(found)), key=lambda i: len(set(found[i]) - {None}), default=None)
    headings = [] if best is None else found[best]
    row = (best or 0) + 1
    columns: dict[Column, int] = {}
    errors = []
    for place, heading in enumerate(headings):
        if heading in columns:
            errors.append(RowError(row, Wrong.DUPLICATE_COLUMN, heading.value))
        elif heading:
            columns[heading] = place
    errors += [RowError(row, Wrong.MISSING_COLUMN, column.value) for column in Column if column not in columns]
    unknown = zip(rows[row - 1] if rows else (), headings, strict=True)
    return (
        row,
        columns,
        errors,
        tuple(_shown(cell.strip()) for cell, known in unknown if cell.strip() and not known),
    )


class _Reader:
    """Gathers entries and errors, row after row."""

    def __init__(
        self, columns: Mapping[Column, int], formulas: frozenset[tuple[int, int]], merged: Sequence[Merge]
    ) -> None:
        self.columns = columns
        self.formulas = formulas
        self.merged = merged
        self.entries: list[Entry] = []
        self.errors: list[RowError] = []
        self.rows: dict[str, int] = {}  # staff number -> the row that had it first
        self.judged: dict[tuple[Column, str], tuple[str, _Fault | None]] = {}

    def take(self, row: int, cells: Sequence[str]) -> None:
        raw = {column: cells[at] if at < len(cells) else "" for column, at in self.columns.items()}
        if not "".join(raw.values()).strip() or _is_example(raw[Column.NUMBER]):
            return
        kept: dict[Column, str] = {}
        errors: list[RowError] = []
        for column, text in raw.items():
            kept[column], fault = self._judge(row, column, text)
            if fault:
                errors.append(RowError(row, *fault))
            elif column is Column.NUMBER:
                first = self.rows.setdefault(kept[column], row)
                if first != row:
                    errors.append(RowError(row, Wrong.DUPLICATE_NUMBER, kept[column], first))
        self.errors += errors
        if not errors:
            self.entries.append(_entry(row, kept))

    def _judge(self, row: int, column: Column, text: str) -> tuple[str, _Fault | None]:
        if (row, self.columns[column] + 1) in self.formulas:
            return "", (Wrong.FORMULA, column.value)
        if column in (Column.NUMBER, Column.NAME):
            return _cell(column, text)
        # Departments, titles, roles and states are the same few words over and over.
        known = self.judged.get((column, text))
        if known is None:
            known = self.judged[column, text] = _cell(column, text)
        return known

    def blame_merges(self) -> None:
        """One error a block instead of one for each empty cell under it."""
        ours = [at + 1 for at in self.columns.values()]
        blocks = [one for one in self.merged if any(one.left <= column <= one.right for column in ours)]
        if blocks:
            self.errors = [error for error in self.errors if error.kind is not Wrong.EMPTY]
            self.errors += [RowError(one.top, Wrong.MERGED, str(one)) for one in blocks]


def _is_example(number: str) -> bool:
    return number.lstrip().lower().startswith((EXAMPLE_NUMBER, "example"))


def _entry(row: int, kept: Mapping[Column, str]) -> Entry:
    return Entry(
        row,
        kept[Column.NUMBER],
        kept[Column.NAME],
        kept[Column.DEPARTMENT],
        kept[Column.TITLE],
        _ROLES[kept[Column.ROLE]],
        _STATUSES[kept[Column.STATUS]],
    )


def judge(column: Column, text: str) -> tuple[str, RowError | None]:
    """One value as it would stand in a file: as it is kept, and what is wrong with it."""
    kept, fault = _cell(column, text)
    return kept, RowError(0, *fault) if fault else None


def _cell(column: Column, text: str) -> tuple[str, _Fault | None]:
    """The cell as it is kept, and what is wrong with it."""
    text = tidy.half_width(text)
    if text.startswith("="):  # a formula that lost its cell type; nobody is called so
        return text, (Wrong.FORMULA, column.value)
    if len(text) > _LONGEST.get(column, 500):
        return text, (Wrong.TOO_LONG, column.value)
    if tidy.unprintable(" ".join(text.split())):
        return text, (Wrong.CONTROL_CHARACTER, column.value)
    if not text:
        return "", (Wrong.EMPTY, column.value) if column in _REQUIRED else None
    if column is not Column.NUMBER and any(sign.isdigit() for sign in text) and sensitive.find(text):
        return "", (Wrong.PRIVATE, column.value)
    if column is Column.NUMBER:
        number = tidy.number(text)
        return number, _number_fault(number)
    if column is Column.DEPARTMENT:
        path = tidy.path(text)
        return path, _path_fault(path)
    words = tidy.name(text)
    if column in (Column.ROLE, Column.STATUS):
        known, unknown = (_ROLES, Wrong.UNKNOWN_ROLE) if column is Column.ROLE else (_STATUSES, Wrong.UNKNOWN_STATUS)
        word = tidy.simplified(words.lower())
        return word, None if word in known else (unknown, words)
    return words, (Wrong.BAD_NAME, words) if column is Column.NAME and not tidy.spelled(words) else None


def _number_fault(number: str) -> _Fault | None:
    if _PRIVATE.fullmatch(number):
        return Wrong.PRIVATE_NUMBER, ""
    return None if _NUMBER.fullmatch(number) else (Wrong.BAD_NUMBER, number)


def _path_fault(path: str) -> _Fault | None:
    names = path.split("/")
    if not all(names):
        return Wrong.BAD_PATH, path[:60]
    if any(len(name) > _LONGEST_DEPARTMENT for name in names):
        return Wrong.TOO_LONG, Column.DEPARTMENT.value
    return (Wrong.TOO_DEEP, path[:60]) if len(names) > DEEPEST else None


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody we know whom the file describes otherwise."""

    entry: Entry
    person: Person
    old_path: str
    columns: frozenset[Column]  # which of them differ


@dataclass(frozen=True, slots=True)
class Difference:
    """Everybody of the file stands in exactly one of added, moved, changed, returned, left, unchanged."""

    added: tuple[Entry, ...]
    moved: tuple[Change, ...]
    changed: tuple[Change, ...]
    returned: tuple[Change, ...]  # away, left or retired, and now in post again
    left: tuple[Change, ...]  # 离职 or 退休 by the file
    missing: tuple[Person, ...]  # not in the file any more: proposed as 离职
    unchanged: int
    new_departments: tuple[str, ...]  # paths, parents first

    @property
    def nothing(self) -> bool:
        return not any((self.added, self.touched, self.missing, self.new_departments))

    @property
    def touched(self) -> tuple[Change, ...]:
        """Everybody we know who is described otherwise."""
        return (*self.returned, *self.left, *self.moved, *self.changed)


def difference(roster: Roster, people: Mapping[str, Person], departments: Sequence[Department]) -> Difference:
    """People of today by staff number, whoever has left included; departments with those that are closed."""
    paths = {one.id: one.path for one in departments}
    added: list[Entry] = []
    moved: list[Change] = []
    changed: list[Change] = []
    returned: list[Change] = []
    left: list[Change] = []
    for entry in roster.entries:
        person = people.get(entry.staff_number)
        if person is None:
            added.append(entry)
            continue
        change = Change(entry, person, paths[person.department_id], _differing(entry, person, paths))
        if entry.status.in_post and not person.status.in_post:
            returned.append(change)
        elif entry.status.gone and not person.status.gone:
            left.append(change)
        elif Column.DEPARTMENT in change.columns:
            moved.append(change)
        elif change.columns:
            changed.append(change)
    touched = len(added) + len(moved) + len(changed) + len(returned) + len(left)
    return Difference(
        tuple(added),
        tuple(moved),
        tuple(changed),
        tuple(returned),
        tuple(left),
        missing=tuple(
            person for number, person in people.items() if number not in roster.seen and not person.status.gone
        ),
        unchanged=len(roster.entries) - touched,
        new_departments=_new_paths(roster.entries, {one.path for one in departments if one.closed_on is None}),
    )


def _differing(entry: Entry, person: Person, paths: Mapping[int, str]) -> frozenset[Column]:
    pairs = {
        Column.NAME: (entry.name, person.name),
        Column.DEPARTMENT: (entry.department_path, paths[person.department_id]),
        Column.TITLE: (entry.title, person.title),
        Column.ROLE: (entry.role, person.role),
        Column.STATUS: (entry.status, person.status),
    }
    return frozenset(column for column, (new, old) in pairs.items() if new != old)


def _new_paths(entries: Iterable[Entry], known: set[str]) -> tuple[str, ...]:
    """Every path the entries need that is not there, in the order of the file, parents before children."""
    wanted: dict[str, None] = {}
    for path in dict.fromkeys(entry.department_path for entry in entries):
        for step in accumulate(path.split("/"), lambda above, name: f"{above}/{name}"):
            if step not in known:
                wanted[step] = None
    return tuple(wanted)
