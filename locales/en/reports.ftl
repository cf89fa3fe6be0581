reports-title = <b>{ $scope }</b> · { $period }
reports-so-far = { $from_ } to { $until }, as of { $today }
reports-span = { $from_ } to { $until }
reports-rate = Participation <b>{ $percent }%</b>: { $n } of { $people } in post
reports-met = ✅ Target of { $target }% met ({ $needed } needed)
reports-not-met = Target { $target }%: { $needed } needed, <b>{ $missing } still missing</b>
reports-hours = { $hours } volunteer hours in { $times } check-ins
reports-per-head = { $hours } hours per person in post
reports-no-data = No data yet: nobody was in post on that date
reports-total-hidden = Few people: the total is not shown (—)
reports-line-met = ✅ { $name }  { $percent }% ({ $n }/{ $people })
reports-line-not-met = ▫️ { $name }  { $percent }% ({ $n }/{ $people }), { $missing } missing
reports-line-hidden = ▫️ { $name }  —
reports-line-no-data = ▫️ { $name }  no data yet
reports-own = { $name } (own staff)
reports-rest = The other { $count } departments are in the chart and the table
reports-hidden-note = “—”: departments under { $small } people (with a neighbour where needed) are not shown

reports-future = { $period } (from { $from_ }) has not begun: there is no data yet.
reports-unclear =
    There is no department or period “{ $text }”.

    Say it like this: <code>/report last month DEPARTMENT</code>. Periods: today, this week, this month, this quarter, this year, last week, last month, last quarter, last year, 2026-10, 2026Q3, 2026. Or choose:
reports-unclear-group = There is no “{ $text }”. Say it like this: /report last month DEPARTMENT
reports-ambiguous =
    { $more ->
        [0] Several departments fit “{ $text }”, please choose:
       *[other] Several departments fit “{ $text }”, { $more } more are not listed: write the whole path (DEPARTMENT/SECTION), or choose:
    }
reports-stale = This button has expired. The reports you may see now:
reports-covered = “{ $name }” is not shown in groups: it has few people, or its figures would give a small neighbour away.

reports-before = ‹ { $period }
reports-after = { $period } ›
reports-when = 📅 Period
reports-where = 🏢 Departments
reports-table = 📊 Table
reports-up = ⬆️ One level up
reports-back = ↩️ Back to the report
reports-choose-period = Please choose a period, or send e.g. <code>/report 2026-10</code>
reports-choose-department =
    <b>{ $scope }</b>: { $count } departments, page { $page } of { $pages }

    Please choose one, or send e.g. <code>/report last month DEPARTMENT</code>

reports-today = Today
reports-this-week = This week
reports-this-month = This month
reports-this-quarter = This quarter
reports-this-year = This year
reports-last-week = Last week
reports-last-month = Last month
reports-last-quarter = Last quarter
reports-last-year = Last year

reports-period-year = { $year }
reports-period-quarter = Q{ $quarter } { $year }
reports-period-month = { $month } { $year }
reports-period-week = Week { $week } of { $year }
reports-date = { $day } { $month } { $year }
reports-month-name =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
