settings-head = <b>Campaign settings</b>  Press a name below to change it
settings-line = · { $name }: <b>{ $value }</b>
settings-ask =
    <b>{ $name }</b>: { $value }
    { $about }
settings-type = Send the new value (nothing classified, please), or /cancel to keep it.
settings-choose = Please choose:
settings-button-list = ‹ All settings
settings-changed = ✅ Saved. { $name }: <b>{ $value }</b>
settings-bad =
    “{ $name }” cannot have this value.
    { $expected }
    Send another one, or /cancel to keep it. (Nothing classified, please.)
setting-this-year = this calendar year
setting-period-default = This calendar year, year by year
setting-period-not-begun = This period has not begun: every report would be empty and no check-in possible. Give one that has begun, such as 2026.
setting-working-days =
    { $days } { $days ->
        [one] working day
       *[other] working days
    }
setting-people =
    { $people } { $people ->
        [one] person
       *[other] people
    }
setting-messages =
    { $count } { $count ->
        [one] message
       *[other] messages
    }
setting-hours = { $hours } h
setting-name-name = Name of the unit
setting-name-target = Target rate
setting-name-period = Period
setting-name-morning-at = Morning message
setting-name-work-hours = Working hours
setting-name-join = Registration
setting-name-rounding = Rounding
setting-name-cap-day = Second reviewer over
setting-name-max-day = Longest day
setting-name-late-days = Late after
setting-name-budget = Unasked a week
setting-name-approve-notice-over = Approval over
setting-name-small-department = Small department
setting-about-name = Shown in messages and reports, 1 to 60 characters.
setting-about-target = Volunteers as a percentage of people in post, a whole number from 1 to 100, such as 30.
setting-about-period = Such as 2026, 2026Q3 or 2026-10; “this year” follows the calendar year by itself.
setting-about-morning-at = When phrase and duty are sent each working day, within working hours, such as 08:30.
setting-about-work-hours = Reminders are sent in working hours only, such as 08:00-18:00; the time of the morning message has to be within.
setting-about-join = Who approves a registration by invite.
setting-about-rounding = Only for showing; minutes are kept as they are.
setting-about-cap-day = A day's sum over this needs two reviewers, such as 8; not over the longest day.
setting-about-max-day = A day's sum over this is refused, 24 at the most; not under the second reviewer's limit.
setting-about-late-days = Check-ins older than so many working days ask for a reason, a whole number from 1 to 60.
setting-about-budget = How many unasked messages a person gets in a week, a whole number from 0 to 20; the morning message and important notices do not count, the rest goes into one weekly digest.
setting-about-approve-notice-over = A notice for more people than this needs a second authorised person, a whole number from 1 to 100000.
setting-about-small-department = Departments under this show “—” in groups, a whole number from 0 to 50.
setting-join-approval = approved by the leader
setting-join-roster = a match with the roster is enough
setting-rounding-half-hour-floor = down to the half hour
setting-rounding-exact = to the minute
setting-days = { $days } days
setting-name-backup-days = Backups kept
setting-about-backup-days = Nightly backups are kept for so many days (each of the last 7, then Mondays'), a whole number from 1 to 30.
setting-name-message-days = Messages kept
setting-about-message-days = The facts of messages that were sent are kept for so many days, then only their fate, a whole number from 30 to 3650.
setting-name-photo-days = Photo ids kept
setting-about-photo-days = The ids of check-in photos are kept for so many days (the pictures are never downloaded), a whole number from 30 to 3650.
setting-name-parked-days = Parked updates kept
setting-about-parked-days = The text of updates that could not be handled is kept for so many days, a whole number from 1 to 365.
setting-name-draft-days = Drafts kept
setting-about-draft-days = Unconfirmed check-ins, unfinished dialogues, roster files that nobody applied, and the Telegram numbers of people who never registered or were turned down are kept for so many days, a whole number from 1 to 90.
setting-name-audit-days = Audit details kept
setting-about-audit-days = What stood before and after a change is kept in the audit for so many days; who did what and when stays, a whole number from 365 to 3650.
setting-name-codes-instead-of-names = Codes instead of names
setting-about-codes-instead-of-names = When on, whatever others see shows staff numbers and no names (but for a registration that waits and the exported roster file).
setting-codes-instead-of-names-on = On
setting-codes-instead-of-names-off = Off
