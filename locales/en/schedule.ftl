schedule-head = <b>Schedule</b>  What is sent when its time comes
schedule-line =
    { $state ->
        [paused] ⏸ <b>{ $name }</b>  { $rule } { $at } (paused)
       *[active] ▶️ <b>{ $name }</b>  { $rule } { $at }
    }
schedule-next = {"  "}next: { $at }, { $heads } people
schedule-no-next = {"  "}no date to send anything at present
schedule-foot = Sent in working hours only; nobody gets more than the week's limit, the rest goes into the weekly digest. Press a name to look at it or change it.
schedule-card =
    { $state ->
        [paused] ⏸ <b>{ $name }</b> (paused)
       *[active] ▶️ <b>{ $name }</b>
    }
schedule-when = When: { $rule } { $at }
schedule-shift-none = On a day off: stays
schedule-shift-next = On a day off: the next working day
schedule-shift-previous = On a day off: the working day before
schedule-for = For: { $who }
schedule-for-morning = staff who are bound, at work and have not muted it
schedule-for-nudge = those without a check-in this quarter (at most two reminders of a matter, one a week)
schedule-for-weekly = leaders and viewers, each his own part
schedule-for-festival = the office
schedule-for-deadline = those who have not answered a notice with a deadline
schedule-for-digest = those for whom something was kept back this week
schedule-audience-all = all staff
schedule-audience-leaders = leaders
schedule-audience-office = the office
schedule-audience-viewers = viewers
schedule-says = It says:
schedule-firings = <b>Coming</b> (numbers as things are now)
schedule-firing = · { $at }  { $heads } people
schedule-festivals = {"  "}{ $names }
schedule-last = Last time ({ $day }): planned { $planned } = sent { $sent } + failed { $failed } + skipped { $skipped } + unknown { $unknown } + on the way { $waiting }
schedule-last-missed = ⚠️ Last time ({ $day }) it was not sent: the program was not running, and it was too late afterwards.

schedule-kind-morning = Morning message
schedule-kind-nudge = Quarter's reminder
schedule-kind-weekly = Leaders' weekly report
schedule-kind-festival = Festival preparation
schedule-kind-deadline = Deadlines of notices
schedule-kind-digest = Weekly digest
schedule-template-inspect = Inspection every ten days
schedule-template-month = Month: plan and review
schedule-template-quarter = Quarterly report
schedule-template-meeting = Office meeting
schedule-template-holiday = Before holidays
schedule-template-nudge = Quarter's reminder (one more)
schedule-template-own = Your own text

schedule-rule-working = every working day
schedule-rule-weekly =
    every { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
schedule-rule-xun = on the 1st, 11th and 21st
schedule-rule-month = monthly on day { $day }
schedule-rule-month-first = first working day of the month
schedule-rule-month-last = last working day of the month
schedule-rule-quarter = every quarter, month { $month } day { $day }
schedule-rule-quarter-first = first working day of the quarter
schedule-rule-quarter-last = last working day of the quarter
schedule-rule-year =
    every year on { $day } { $month ->
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
schedule-rule-before-holiday = last working day before a holiday
schedule-rule-festival = { $day } days before a festival
schedule-rule-deadline = { $days } days before a deadline

schedule-button-new = + New plan
schedule-button-list = ‹ All plans
schedule-button-back = ‹ Back
schedule-button-pause = ⏸ Pause
schedule-button-resume = ▶️ Start
schedule-button-go-on = ▶️ Go on
schedule-button-drop = ⏹ Not this time
schedule-button-open = Open this plan
schedule-button-when = 🕘 Time
schedule-button-shift = 📅 Days off
schedule-button-places = 🏢 Departments
schedule-button-whole = The whole unit
schedule-button-done = ✓ Done
schedule-button-audience = 👥 For whom
schedule-button-ask = 📨 Send one now
schedule-button-run = Yes, send
schedule-button-remove = 🗑 Delete
schedule-button-end = Yes, delete
schedule-button-report = 📊 Report

schedule-ask-time = Send the new time, such as <code>09:30</code>. The dates of this plan come from the calendar or from notices. /cancel keeps it. Nothing classified, please.
schedule-ask-when =
    Send the new time, such as:
    <code>09:30</code>
    <code>every Monday 09:00</code>
    <code>every ten days</code>
    <code>monthly on the 15th 10:00</code>
    <code>last working day of the month</code>
    <code>every quarter, month 3 day 1</code>
    <code>every year on 5 March</code>
    <code>before holidays 16:00</code>
    /cancel keeps it. Nothing classified, please.
schedule-bad-when =
    I did not understand this time. You can write:
    <code>09:30</code>, <code>every Monday 09:00</code>, <code>every ten days</code>, <code>monthly on the 15th</code>, <code>first working day of the month</code>, <code>last working day of the quarter</code>, <code>every year on 5 March</code>, <code>before holidays</code>.
    Send another one, or /cancel to keep it. (Nothing classified, please.)
schedule-fixed-dates = The dates of this plan come from the calendar or from notices; only the time of day can be changed, such as 09:30. (Nothing classified, please.)
schedule-outside-hours = Plans are sent in working hours only ({ $from_ } to { $until }). Please choose another time. (Nothing classified, please.)
schedule-choose-shift = When the date is a day off:
schedule-choose-audience =
    For whom?
    Now: { $who }; { $where }; { $heads } people can get it.
schedule-choose-places = Tap a name to choose it with all below it, › for what lies below. With none chosen it is the whole unit.
schedule-whole = the whole unit
schedule-place =
    { $state ->
        [open] { $path } (with all below)
        [closed] { $path } (closed)
       *[gone] { $path } (not there any more)
    }
schedule-places-more = { " " }and others, { $count } departments in all
schedule-audience-in = { $who } of { $where }
schedule-only = Only: { $where }
schedule-too-many-places = At most { $most } departments. Choose the ones above them instead.
schedule-nobody = ⚠️ The plan “{ $name }” was sent to nobody: there is nobody in its audience (a department was closed, or nobody there has registered). Change “For whom” in /schedule.
schedule-choose-template = Choose a template. A new plan is paused until you have looked at its dates and numbers and start it.
schedule-ask-text = Send the text, at most 1000 characters. (Nothing classified, no ID or phone numbers.) /cancel gives it up.
schedule-bad-text = The text may have 1 to { $limit } characters. Send another one, or /cancel to give it up. (Nothing classified, please.)
schedule-sensitive =
    { $kind ->
        [phone] There seems to be a phone number in it; it was not kept. Send it again without.
       *[id_number] There seems to be an ID number in it; it was not kept. Send it again without.
    }
schedule-too-many = There are { $most } plans already, more are not to be had. Delete one that you do not use: open it in the list and press “Delete”.
schedule-sure-end = Delete this plan? What was sent is not touched.

schedule-paused =
    { $count ->
        [0] ⏸ Paused.
       *[other] ⏸ Paused; { $count } that had not left yet are not sent.
    }
schedule-resumed = ▶️ Started: from the next time on. What was missed meanwhile is not sent.
schedule-changed = ✅ Saved, from the next time on.
schedule-added = ✅ Added, and paused. Look at its dates and numbers, then start it.
schedule-went-on = ▶️ It goes on: again a few first, and the rest once these have arrived.
schedule-dropped = ⏹ Nothing more of it is sent this time; the next one comes as always.
schedule-ended = “{ $name }” is deleted.
schedule-run-ask =
    Send “<b>{ $name }</b>” once now?
    For { $count } people, { $when }. Nobody is disturbed who was reminded twice or this week already, or has had the week's messages.
schedule-leaves-now = at once
schedule-leaves-later = outside working hours, so on { $at }
schedule-running =
    { $budget ->
        [0] 📨 For { $sent } people, { $when }.
       *[other] 📨 For { $sent } people, { $when }; { $budget } have had the week's messages and get it with the weekly digest.
    }
schedule-ran-today = This plan was sent today already; once is enough.

schedule-memo-head = 📌 <b>{ $name }</b>
schedule-memo-head-own = 📌 <b>Reminder</b>
schedule-memo-own = { $text }
schedule-memo-inspect = It is time for the inspection of these ten days: the premises, the service at the counters, volunteering. Please mend what is wrong and tell the office.
schedule-memo-month = The month ends: please plan, review and mend your department's part of the campaign.
schedule-memo-quarter = Please report to the office how your department's part of the campaign went this quarter. The figures of volunteering are here already, there is nothing to fill in again.
schedule-memo-meeting = Please arrange this month's meeting of the office: how last month went, what matters this month, what needs help.
schedule-memo-holiday = A holiday is coming. Please check electricity, fire safety and who is on duty; travel and dine considerately. A happy holiday to you and your family!
schedule-festival-head = 🏮 <b>Festivals to prepare</b>
schedule-festival = <b>{ $name }</b>  { $day }
schedule-festival-idea = An idea: { $idea }
schedule-festival-foot = Taking part is voluntary, and not every festival needs an event.
schedule-weekly-head =
    { $whole ->
        [yes] 📊 <b>Leaders' weekly report</b>  The whole unit, { $period }{ $path }
       *[no] 📊 <b>Leaders' weekly report</b>  { $path }, { $period }
    }
schedule-weekly-target =
    { $missing ->
        [0] ✅ The target of { $target }% is met
       *[other] Target { $target }%, <b>{ $missing } people are missing</b>
    }
schedule-missed =
    { $count ->
        [1] ⚠️ The plan “{ $name }” was not sent on { $last }: the program was not running. It is too late now; /schedule can send one.
       *[other] ⚠️ The plan “{ $name }” was not sent { $count } times from { $first } to { $last }: the program was not running. It is too late now; /schedule can send one.
    }
schedule-halted =
    ⚠️ This time the first few messages could not be sent ({ $reason }). It has stopped by itself; { $left } people are still waiting.
    The fault is in the program: the administrator should look into the log. Once it is mended press “Go on”; those few get theirs too, and nobody gets it twice.
schedule-told-halted = ⚠️ The first few messages of “{ $name }” ({ $day }) could not be sent ({ $reason }). It has stopped by itself; nobody else has got anything. The fault is in the program: the administrator should look into the log. Once it is mended open it in /schedule and press “Go on”, or “Not this time”.
schedule-late =
    { $count ->
        [1] ⚠️ Of the plan “{ $name }” ({ $day }) one person did not get theirs in time; it is not sent any more.
       *[other] ⚠️ Of the plan “{ $name }” ({ $day }) { $count } people did not get theirs in time; it is not sent any more.
    }

restraint-refused =
    This is not to be had: { $what }
    The rule: the State Council's General Office (measures on government mobile applications) forbids mandatory check-ins, point rankings and counting time online except for security and emergencies, and forced work photos; article 3 of the Regulations on Volunteer Service makes volunteering voluntary.
    Instead: invite people, look at the totals of departments with /report, or /remind those without a record (at most twice).
restraint-daily = no check-in may be forced, or asked for each day.
restraint-ranking = no person may be ranked, posted or named.
restraint-photo = no photo or place may be forced, nobody's time online or likes may be counted.

mirror-notice = [Notice] { $org }
mirror-correction = [Correction] { $org }
mirror-correction-body = (corrected, { $at })
mirror-recall = [Withdrawn] { $org }
mirror-recall-body = The notice of { $at } (No. { $id }) has been withdrawn. Please go by later notices.
mirror-weekly = [Civilized unit] { $org }
