"""A report in words: the caption of its chart, its buttons, and what is said where there is no report."""

import datetime as dt
import html
import logging
import re
import unicodedata
from collections.abc import Iterator

from bot.domain.hours import decimal_hours
from bot.domain.markup import units
from bot.domain.pages import PAGE, page_of
from bot.domain.participation import Line, Report
from bot.domain.periods import Kind, Period, from_key, next_period, previous_period
from bot.files import ChildFailed
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.services.reports import Parts, Summary
from bot.views import callbacks, charts, sheets
from bot.views.parts import CAPTION_LIMIT, Button, File, Outgoing, Rows, button, clip, column, turns

log = logging.getLogger("reports")

MOST_LINES = 60  # more never find room in a caption
NAME, PATH = 24, 80  # UTF-16 units that a name may take in a line, a path in the title
SHEET_NAMES = (
    *("overview_sheet", "departments_sheet", "org", "scope", "period", "as_of", "target", "department", "people"),
    *("participants", "needed", "missing", "verdict", "hours", "times", "total"),
)
CHOICES = (
    *("today", "this week", "this month", "this quarter", "this year"),
    *("last week", "last month", "last quarter", "last year"),
)


async def answer(found: Summary | Outcome, t: Translator, *, group: bool = False) -> Outgoing:
    if isinstance(found, Outcome):
        return nothing(found, t, group=group)
    buttons = _steps(found, t) if group else (*_steps(found, t), *_ways(found, t))
    text = caption(found, t, group=group)
    try:
        picture = await charts.draw(found.report, chart_words(found.report, t))
    except (ChildFailed, TimeoutError) as problem:
        log.error("a chart could not be drawn, its report goes without: %s", problem)
        return Outgoing(text, buttons)
    return Outgoing(text, buttons, photo=File("report.png", picture))


async def table(found: Summary | Outcome, t: Translator) -> Outgoing:
    """The same figures as a workbook, every department in it."""
    if isinstance(found, Outcome):
        return nothing(found, t)
    report = found.report
    facts = {"scope": clip(report.scope, PATH), "period": period_name(report.period, t)}
    try:
        data = await sheets.report_workbook(report, sheet_words(report, t), found.rounding)
    except (ChildFailed, TimeoutError) as problem:
        log.error("a table could not be made: %s", problem)
        return Outgoing(t("reports-no-table"))
    title = f"{t.plain('reports-chart-title')}-{t.plain('reports-title-plain', **facts)}"
    name = re.sub(r'[\\/:*?"<>|\s]+', "-", title)
    return Outgoing(t("reports-title-plain", **facts), document=File(f"{name}.xlsx", data))


def nothing(outcome: Outcome, t: Translator, *, group: bool = False) -> Outgoing:
    """No report, but what to do instead."""
    facts = outcome.facts
    if outcome.name == "reports-covered":
        return Outgoing(t(outcome.name, name=clip(facts["name"], PATH)))
    period = from_key(facts["period"])
    assert period is not None, facts
    if outcome.name == "reports-future":
        again = callbacks.ReportPress(act="show", period="this year", department=facts["department"])
        buttons = () if group else ((button(t("reports-this-year"), again.pack()),),)
        return Outgoing(t(outcome.name, period=period_name(period, t)), buttons)
    if group:
        return Outgoing(t("reports-unclear-group", text=clip(facts["text"], PATH)))
    offered = [
        Button(_tail(name), callbacks.ReportPress(act="show", period=period.key, department=number).pack())
        for number, name in facts["choices"][:PAGE]
    ]
    more = len(facts["choices"]) - len(offered)
    text = t(outcome.name, text=clip(facts["text"], PATH), more=more)
    return Outgoing(text, column(offered, 2))


# the text


def caption(found: Summary, t: Translator, *, group: bool = False) -> str:
    """All that a photo's caption holds; departments that find no room are in the chart and the table."""
    report = found.report
    head = [*_head(report, t), *_total(found, t), *([""] if report.lines else [])]
    hidden = any(line.hidden for line in report.lines)
    note = [t("reports-hidden-note", small=report.small)] if hidden else []
    lines = [_line(line, report.target, t) for line in report.lines[:MOST_LINES]]
    for shown in range(len(lines), -1, -1):
        left = len(report.lines) - shown
        rest = [t("reports-rest-group" if group else "reports-rest", count=left)] if left else []
        text = "\n".join([*head, *lines[:shown], *rest, *note])
        if _shown_units(text) <= CAPTION_LIMIT:
            break
    return text


def _head(report: Report, t: Translator) -> Iterator[str]:
    period = report.period
    yield t("reports-title", scope=_name(report.scope, PATH), period=period_name(period, t))
    if period.kind is Kind.WEEK:
        yield t("reports-span", from_=long_date(period.start, t), until=long_date(period.end, t))
    if report.as_of < period.end:
        yield t("reports-so-far", day=long_date(report.as_of, t))


def _total(found: Summary, t: Translator) -> Iterator[str]:
    report, total = found.report, found.report.total
    if total.hidden:
        yield t("reports-total-hidden")
        return
    if total.percent is None:
        yield t("reports-no-data")
    else:
        target = report.target
        yield t("reports-rate", percent=total.percent, n=total.participants, people=total.people)
        facts = {"target": target, "needed": total.needed(target)}
        yield (
            t("reports-met", **facts)
            if total.met(target)
            else t("reports-not-met", **facts, missing=total.missing(target))
        )
    hours = decimal_hours(total.minutes, found.rounding)
    yield t("reports-hours", hours=hours, times=total.times)
    if total.people:
        yield t("reports-per-head", hours=per_head(total.minutes, total.people))


def _line(line: Line, target: int, t: Translator) -> str:
    name = _name(line.name, NAME)
    shown = Html(t("reports-own", name=name)) if line.own else name
    if line.hidden:
        return t("reports-line-hidden", name=shown)
    if line.percent is None:
        return t("reports-line-no-data", name=shown)
    key = "reports-line-met" if line.met(target) else "reports-line-not-met"
    return t(
        key,
        name=shown,
        percent=line.percent,
        n=line.participants,
        people=line.people,
        missing=line.missing(target),
    )


def _name(text: str, limit: int) -> str:
    """A name of bounded length; one that is written from the right must not turn the figures after it around."""
    turned = any(unicodedata.bidirectional(sign)[:1] in ("R", "A") or sign in "\u202a\u202d\u2066" for sign in text)
    return f"\u2068{clip(text, limit - 2)}\u2069" if turned else clip(text, limit)


def per_head(minutes: int, people: int) -> str:
    """Hours with one decimal, half up, rounded from the minutes."""
    whole, tenth = divmod((minutes * 10 + 30 * people) // (60 * people), 10)
    return f"{whole}.{tenth}"


def period_name(period: Period, t: Translator) -> str:
    start = period.start
    match period.kind:
        case Kind.DAY:
            return long_date(start, t)
        case Kind.WEEK:
            year, week = period.key.split("-W")
            return t("reports-period-week", year=int(year), week=int(week))
        case Kind.MONTH:
            return t("reports-period-month", year=start.year, month=_month(start, t))
        case Kind.QUARTER:
            return t("reports-period-quarter", year=start.year, quarter=start.month // 3 + 1)
    return t("reports-period-year", year=start.year)


def long_date(day: dt.date, t: Translator) -> str:
    return t("reports-date", year=day.year, month=_month(day, t), day=day.day)


def _month(day: dt.date, t: Translator) -> str:
    return t("reports-month-name", month=day.month)


def _shown_units(text: str) -> int:
    """Length as Telegram counts it: after the markup is read."""
    return units(html.unescape(re.sub(r"</?[a-z]+>", "", text)))


# the words of the chart and of the table


def chart_words(report: Report, t: Translator) -> charts.ChartWords:
    parts = [report.scope] * (report.scope != report.org) + [period_name(report.period, t)]
    if report.as_of < report.period.end:
        parts.append(t.plain("reports-chart-as-of", day=long_date(report.as_of, t)))
    return charts.ChartWords(
        title=t.plain("reports-chart-title"),
        subtitle=" · ".join(parts),
        heads=lambda n, people: t.plain("reports-chart-heads", n=n, people=people),
        target=t.plain("reports-chart-target", target=report.target),
        met=t.plain("reports-word-met"),
        not_met=t.plain("reports-word-not-met"),
        missing=lambda count: t.plain("reports-chart-missing", count=count),
        still_missing=lambda count: t.plain("reports-chart-still-missing", count=count),
        no_data=t.plain("reports-word-no-data"),
        column_heads=t.plain("reports-chart-column-heads"),
        column_rate=t.plain("reports-word-rate"),
        own=lambda name: t.plain("reports-own", name=name),
        rest=lambda count: t.plain("reports-chart-rest", count=count),
        hidden_note=t.plain("reports-chart-hidden"),
    )


def sheet_words(report: Report, t: Translator) -> sheets.ReportWords:
    return sheets.ReportWords(
        **{name: t.plain(f"reports-table-{name.replace('_', '-')}") for name in SHEET_NAMES},
        period_text=period_name(report.period, t),
        rate=t.plain("reports-word-rate"),
        met=t.plain("reports-word-met"),
        not_met=t.plain("reports-word-not-met"),
        no_data=t.plain("reports-word-no-data"),
        own=lambda name: t.plain("reports-own", name=name),
        hidden_note=t.plain("reports-chart-hidden"),
    )


# the buttons


def _steps(found: Summary, t: Translator) -> Rows:
    """To the period before and, once it has begun, to the one after."""
    period, row = found.report.period, []
    before, after = previous_period(period), next_period(period)
    if from_key(before.key):
        row.append(_to(t("reports-before", period=period_name(before, t)), before, found.department_id))
    if from_key(after.key) and after.start <= found.today:
        row.append(_to(t("reports-after", period=period_name(after, t)), after, found.department_id))
    return (tuple(row),) if row else ()


def _to(label: str, period: Period, department_id: int) -> Button:
    return button(label, callbacks.ReportPress(act="show", period=period.key, department=department_id).pack())


def _ways(found: Summary, t: Translator) -> Rows:
    def way(act: str) -> Button:
        data = callbacks.ReportPress(act=act, period=found.report.period.key, department=found.department_id)
        return button(t(f"reports-{act}"), data.pack())

    ways = [way("when"), *([way("where")] if found.has_parts else []), way("table")]
    if found.above is not None:
        ways.append(_to(t("reports-up"), found.report.period, found.above))
    return column(ways, 2)


def when(found: Parts, t: Translator, photo: str | None = None) -> Outgoing:
    """The chooser of periods."""
    choices = [
        button(
            t(f"reports-{word.replace(' ', '-')}"),
            callbacks.ReportPress(act="show", period=word, department=found.department_id).pack(),
        )
        for word in CHOICES
    ]
    back = _to(t("reports-back"), found.period, found.department_id)
    return Outgoing(t("reports-choose-period"), (*column(choices, 3), (back,)), photo)


def where(found: Parts, page: int, t: Translator, photo: str | None = None) -> Outgoing:
    """The chooser of departments, eight a page."""
    here, page, pages = page_of(found.parts, page)
    rows = column([_to(html.escape(part.name), found.period, part.id) for part in here], 2)

    def where_at(to: int) -> str:
        data = callbacks.ReportPress(act="where", period=found.period.key, department=found.department_id, page=to)
        return data.pack()

    ways = [_to(t("reports-back"), found.period, found.department_id)]
    if found.above is not None:
        ways.insert(0, _to(t("reports-up"), found.period, found.above))
    facts = {"scope": clip(found.name, PATH), "page": page + 1, "pages": pages, "count": len(found.parts)}
    return Outgoing(
        t("reports-choose-department", **facts), (*rows, *turns(page, pages, where_at, t), tuple(ways)), photo
    )


def _tail(path: str) -> str:
    """A path as a button holds it: its end tells departments apart."""
    return path if units(path) <= 36 else "…" + path[-30:]
