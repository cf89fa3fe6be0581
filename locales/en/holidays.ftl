holidays-head =
    <b>Working days</b>

    The morning message, reminders and the limit for late check-ins go by working days: first the unit's own days, then what the State Council has published, then the holidays by law.
holidays-year =
    { $year }: { $state ->
        [imported] the published holidays were entered here
        [published] the published holidays are known
       *[provisional] ⚠️ the holidays are not entered yet; the holidays by law are used for now
    }
holidays-own = <b>The unit's own days</b>
holidays-more =
    { $count ->
        [one] … and one more day after these
       *[other] … and { $count } more days after these
    }
holidays-line =
    { $kind ->
        [off] off  { $day }
       *[on] work  { $day }
    }
holidays-line-long =
    { $kind ->
        [off] off  { $first } to { $last }, { $days } days
       *[on] work  { $first } to { $last }, { $days } days
    }
holidays-ask-year =
    Please paste the text of the State Council's notice here, or write like this (/cancel stops; nothing classified, please):

    2027年
    off 2027-01-01 to 2027-01-03
    work 2027-01-10
holidays-ask-unit =
    Which days does your unit arrange for itself? For example (/cancel stops; nothing classified, please):

    off 2027-03-08
    work 2027-03-13

    To take one back, send the same day with the other word.
holidays-unread =
    { $fault ->
        [no_mark] I cannot see whether “{ $piece }” is off or work; nothing was entered. Please write “off” or “work” beside the date.
        [no_date] There is no date beside “{ $piece }”; nothing was entered.
        [bad_date] There is no such day as “{ $piece }”; nothing was entered.
        [bad_stretch] “{ $piece }” ends before it begins or is too long; nothing was entered.
        [both] { $piece } is said to be off and work; nothing was entered.
        [other_year] Only this year and the two after it can be entered, here is { $piece }; nothing was entered.
        [no_new_year] New Year's Day { $piece } is not among the days off, so this is not a whole year; nothing was entered.
        [work_on_weekday] { $piece } is a Monday to Friday anyway and needs no “work”; please check date and year. Nothing was entered.
       *[empty] I see no days off or working days in this.
    }
holidays-read-year = <b>Holidays of { $year }</b>, please check:
holidays-read-unit = <b>The unit's own days</b>, please check:
holidays-missing = ⚠️ These holidays by law are not among them, please look again: { $days }
holidays-replaces = The { $count } days entered for { $year } before will be replaced.
holidays-sure = They count once you press “Enter”. If something is wrong, just send them again. (Nothing classified, please.)
holidays-settled-year = ✅ The holidays of { $year } are entered ({ $count } days); working days go by them from now on.
holidays-settled-unit = ✅ The unit's own days are entered ({ $count }); working days go by them from now on.
holidays-dropped = All right, nothing was entered.
holidays-gone = This entry is over; nothing more was entered. Please begin again.
holidays-button-year = Enter the published holidays
holidays-button-unit = Enter the unit's own days
holidays-button-yes = ✅ Enter
holidays-button-no = Do not enter
holidays-button-list = ‹ Working days
holidays-button-calendar = Working days
