export-head =
    <b>Export</b>
    Choose a period for the ledger (xlsx): check-ins, totals by person, totals by department, what the figures mean. Or send it, e.g. /export 2026-10.
    Every export stands in the audit. There is personal data in it: keep it safe, do not forward it to groups.
export-unclear = I do not know which period “{ $text }” is. Choose one, or send /export last month, /export 2026Q3, /export 2026.
export-future = { $period } has not begun, so there is nothing to export. Please choose another period.
export-too-many = { $period } has { $count } check-ins, one file holds { $most }. Please choose a shorter period and export several times.
export-too-big = The ledger of { $period } has { $size } MB, more than the 50 MB that Telegram takes, so it was not sent. Please choose a shorter period and export several times.
export-failed = Sorry, the ledger of { $period } could not be made. Please try again later, or choose a shorter period.
export-done = <b>Ledger · { $period }</b>  { $people } people, confirmed: { $times } times, { $hours } hours. Keep it safe, do not forward it to groups.
export-file = ledger-{ $period }

export-sheet-entries = Check-ins
export-sheet-people = People
export-sheet-definitions = Definitions
export-total = Total
export-owner = owner
export-nobody = —
export-column =
    { $name ->
        [id] No.
        [date] Service date
        [department] Department
        [number] Staff number
        [name] Name
        [hours] Hours
        [minutes] Minutes
        [text] What was done
        [state] State
        [reviewer] Reviewed by
        [reviewed] Reviewed at
        [flags] Flags
        [late] Why late
        [status] Status
       *[times] Times
    }
export-state =
    { $state ->
        [submitted] submitted
        [more_info] more information wanted
        [returned] returned
        [confirmed] confirmed
        [withdrawn] withdrawn
       *[voided] voided
    }
export-flag =
    { $flag ->
        [over_cap] over the day's cap
        [late] late
       *[overlap] overlap
    }
export-about-head = { $org }, ledger of volunteer service, { $period } ({ $from } to { $until }). People as of { $day }.
export-about-entries = Check-ins: every record with its service date in the period, in any state; only “confirmed” counts in the figures. The department is that of the service date.
export-about-reviewed = Reviewed by, reviewed at: who put it into its present state, and when; where two reviewers are needed, both.
export-about-flags = Flags: over the day's cap (more than { $cap } hours in a day), late (entered after more than { $late } working days), overlap (with another record's times).
export-about-people = People: everybody in post at the period's end (today, if it has not ended), and others with a confirmed record in the period; by department and staff number, nobody is ranked. The department is that of the period's end.
export-about-departments = Departments: their sub-departments included. N = people in post (active or on leave) at the period's end. n = those of the N with at least one confirmed record in the period.
export-about-rate = Participation rate = n / N, one decimal. Target { $target }%. Heads needed = target x N, rounded up. Still missing = heads needed less n, never below 0. With N = 0 there is no data.
export-about-hours = Hours and times belong to the department of the service date: of a person who moves the head goes along and the hours stay; who leaves is no head any more, his hours stay. Times = number of confirmed records.
export-about-rounding =
    { $rounding ->
        [half_hour_floor] Hours are summed in minutes and rounded once, down to the half hour; so the sum of people's hours may be less than the total. Travel does not count.
       *[exact] Hours are summed in minutes and shown with two decimals at most. Travel does not count.
    }
export-about-names =
    { $names ->
        [codes] By a setting, staff numbers stand in place of names.
       *[names] The figures are those of /report, of one moment.
    }
