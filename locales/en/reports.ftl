reports-title = <b>{ $scope }</b> · { $period }
reports-so-far = As of { $day }
reports-span = { $from_ } to { $until }
reports-rate = Participation <b>{ $percent }%</b>: { $n } of { $people } in post
reports-met = ✅ Target of { $target }% met ({ $needed } needed)
reports-not-met = Target { $target }%: { $needed } needed, <b>{ $missing } still missing</b>
reports-hours =
    Volunteer hours: { $hours } in { $times ->
        [1] 1 check-in
       *[other] { $times } check-ins
    }
reports-per-head = { $hours } hours per person in post
reports-no-data = No data yet: nobody was in post on that date
reports-total-hidden = Few people: the total is not shown (—)
reports-line-met = ✅ { $name }  { $percent }% ({ $n }/{ $people })
reports-line-not-met = ▫️ { $name }  { $percent }% ({ $n }/{ $people }), { $missing } missing
reports-line-hidden = ▫️ { $name }  —
reports-line-no-data = ▫️ { $name }  no data yet
reports-own = { $name } (own staff)
reports-rest =
    { $count ->
        [1] 1 more department is in the table
       *[other] { $count } more departments are in the table
    }
reports-rest-group =
    { $count ->
        [1] 1 more department is not listed; ask again with its name behind the command
       *[other] { $count } more departments are not listed; ask again with a name behind the command
    }
reports-hidden-note = “—”: departments under { $small } people (with a neighbour where needed) are not shown

reports-future = { $period } has not begun: there is no data yet.
reports-unclear =
    There is no department or period “{ $text }”.

    Say it like this: <code>/report last month DEPARTMENT</code>. Periods: today, this week, this month, this quarter, this year, last week, last month, last quarter, last year, 2026-10, 2026Q3, 2026. Or choose:
reports-unclear-reach =
    There is no department or period “{ $text }”, or it is not yours to see.

    Say it like this: <code>/report last month DEPARTMENT</code>. Periods: today, this week, this month, this quarter, this year, last week, last month, last quarter, last year, 2026-10, 2026Q3, 2026. Or choose:
reports-beyond = “{ $text }” is not yours to see. What you may see:
reports-unclear-group = There is no “{ $text }”, or it is not for this group. Say it like this: /report last month DEPARTMENT
reports-ambiguous =
    { $more ->
        [0] Several departments fit “{ $text }”, please choose:
       *[other] Several departments fit “{ $text }”, { $more } more are not listed: write the whole path (DEPARTMENT/SECTION), or choose:
    }
reports-stale = This button has expired. The reports you may see now:
reports-covered = “{ $name }” is not shown in groups: it has few people, or its figures would give a small neighbour away.

reports-no-table = Sorry, the table could not be made. Please press again later.

reports-before = ‹ { $period }
reports-after = { $period } ›
reports-when = 📅 Period
reports-where = 🏢 Departments
reports-table = 📊 Table
reports-up = ⬆️ One level up
reports-back = ↩️ Back to the report
reports-choose-period = Please choose a period, or send e.g. <code>/report 2026-10</code>
reports-choose-department =
    <b>{ $scope }</b>: { $count ->
        [1] 1 department
       *[other] { $count } departments
    }{ $pages ->
        [1] { "" }
       *[other] { "," } page { $page } of { $pages }
    }

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

reports-title-plain = { $scope } { $period }
reports-word-met = Target met
reports-word-not-met = Below target
reports-word-no-data = No data yet
reports-word-rate = Rate

reports-chart-title = Volunteering: participation
reports-chart-as-of = as of { $day }
reports-chart-heads = { $n } of { $people } in post took part
reports-chart-target = Target { $target }%
reports-chart-missing = { $count } missing
reports-chart-still-missing = { $count } more needed for the target
reports-chart-column-heads = Heads
reports-chart-rest =
    { $count ->
        [1] 1 more department
       *[other] { $count } more departments
    }
reports-chart-hidden = “—”: few people, not shown

reports-table-overview-sheet = Overview
reports-table-departments-sheet = Departments
reports-table-org = Institution
reports-table-scope = Scope
reports-table-period = Period
reports-table-as-of = People counted on
reports-table-target = Target
reports-table-department = Department
reports-table-people = People in post
reports-table-participants = Took part
reports-table-needed = Needed for the target
reports-table-missing = Still missing
reports-table-verdict = Target
reports-table-hours = Hours
reports-table-times = Check-ins
reports-table-total = Total
