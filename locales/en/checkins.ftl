checkins-hours = { $hours } h
checkins-minutes = { $minutes } min
checkins-hours-minutes = { $hours } h { $minutes } min
checkins-stretch = { $hours } ({ $starts }–{ $ends })
checkins-short = { $date } · { $hours } · { $text }
checkins-comma = ;
checkins-self = the person
checkins-operator = operator

checkins-line-date = 📅 { $date }
checkins-line-hours = ⏱ { $hours }
checkins-line-text = 📝 { $text }
checkins-line-sum = Sum of the day: { $hours }
checkins-line-photos = 🖼 Photos: { $count }
checkins-line-late-reason = Reason for the delay: { $reason }
checkins-line-state =
    State: { $state ->
        [submitted] waiting for review
        [more_info] waiting for your answer
        [returned] returned to you
        [confirmed] confirmed
        [withdrawn] withdrawn
        [voided] voided
       *[other] { $state }
    }
checkins-flag-over-cap = ⚠️ More than { $cap } on this day: two reviewers must confirm
checkins-flag-late = ⚠️ Late: more than { $days } working days ago
checkins-flag-overlap = ⚠️ Overlaps another record

checkins-history = <b>What happened</b>
checkins-event =
    { $at } { $who }: { $act ->
        [submit] submitted
        [change] changed
        [explain] explained
        [photo] added a photo
        [withdraw] withdrew
        [withdrawn] withdrew
        [answer] answered
        [resubmit] submitted again
        [confirm] confirmed
        [confirmed] confirmed
        [return] returned
        [returned] returned
        [ask] asked
        [more_info] asked
        [undo] undid the confirmation
        [void] voided
        [voided] voided
       *[other] { $act }
    }
checkins-event-noted =
    { $at } { $who }: { $act ->
        [submit] submitted
        [change] changed
        [explain] explained
        [photo] added a photo
        [withdraw] withdrew
        [answer] answered
        [resubmit] submitted again
        [confirm] confirmed
        [return] returned
        [ask] asked
        [undo] undid the confirmation
        [void] voided
       *[other] { $act }
    } – { $note }
checkins-change = { $old } → { $new }
checkins-change-text = text

checkins-recorded = ✅ <b>Recorded</b>, waiting for review
checkins-already = ☑️ This was recorded already, nothing was added:
checkins-changed = ✏️ <b>Changed</b>
checkins-unchanged = Nothing to change, the record stays as it is:
checkins-explained = ✅ Your reason is noted, thank you
checkins-answered = ✅ <b>Answered</b>, waiting for review
checkins-resubmitted = ✅ <b>Submitted again</b>, waiting for review
checkins-withdrawn = ↩️ <b>Withdrawn</b>, it no longer counts
checkins-card = <b>Volunteer record</b>
checkins-stale = ℹ️ Things have changed, this step is no longer possible. The record now:
checkins-gone = There is no such record. Send /me to see all your records.
checkins-draft-gone = This card has expired and nothing was recorded. Please say again what you did, e.g. “yesterday 2.5 hours park cleanup”.
checkins-stale-step = This button belongs to a step that is over; nothing was recorded. Send /checkin to start again, or /me to see your records.
checkins-blanked = 🔒 An ID or phone number in the text was not kept; *** stands in its place.

checkins-draft = <b>Please check; it is recorded only when you press “Confirm”</b>
checkins-draft-question = Does “{ $piece }” mean <b>{ $hours }</b>? It is recorded only when you press the button below.
checkins-dropped = All right, nothing was recorded.

checkins-ask-date = Which day? Press a button or type a date: yesterday, last Saturday, 3 Nov. (Nothing classified, please; /cancel to stop)
checkins-ask-hours = How long? Press a button or type it: 2.5, 1h30, 90 minutes, 14:00-16:30. The way there does not count. (Nothing classified, please; /cancel to stop)
checkins-ask-text = What did you do? One sentence, e.g. park cleanup. (Nothing classified, no ID or phone numbers; /cancel to stop)
checkins-ask-late = This was a while ago. Please reply with one sentence: why is it entered only now? (Nothing classified)
checkins-ask-photo =
    Please send photos, several if you like, then press “Done”. Photos are never required. (Nothing classified, nobody's papers)

    { $record }
checkins-ask-answer =
    The reviewer asks: { $note }

    Please reply here, or send /cancel. (Nothing classified)
checkins-ask-again =
    Returned because: { $note }

    Reply with one sentence and it is submitted again; or submit it without a word. To leave it for now, send /cancel. (Nothing classified)
checkins-choose-part = What is to be changed?
checkins-withdraw-sure =
    Withdraw this record? It cannot be brought back, but you may check in again.

    { $record }
checkins-day-today = Today ({ $day })
checkins-day-yesterday = Yesterday ({ $day })
checkins-day-before = Day before ({ $day })

checkins-photo-kept = 🖼 Received, { $count } in all. Send more, or press “Done”.
checkins-photo-known = This photo is in the record already ({ $count } in all).
checkins-photos-full = A record has at most { $limit } photos; this one was not kept.
checkins-photo-as-file = Please send it as a picture, not as a file: the original file may tell where it was taken, so it was not kept.
checkins-photo-album = 🖼 The other photos of this album go with it.
checkins-photo-not-yet = 🖼 The photo is not kept yet: once this is recorded, press “Photo” and send it again.

checkins-nothing-recorded = nothing was recorded
checkins-nothing-changed = nothing was changed
checkins-stands = <b>The record stands as it was</b>:
checkins-stands-open =
    To correct it, edit that message again or press “Change”{ $state ->
        [returned] .
       *[other] ; if it is not to count, press “Withdraw”.
    }
checkins-stands-closed = You cannot change this record yourself any more. If something in it is wrong, please ask the office (/help names them).

checkins-refused-future = { $date } is still to come; { $nothing }.
checkins-refused-not-begun = { $starts } on { $date } is still to come; { $nothing }.
checkins-refused-too-early = { $date } is too long ago, the earliest day is { $earliest }; { $nothing }.
checkins-refused-over-max = A day has at most { $max }. You have { $sum } on that day already, { $hours } more would exceed it; { $nothing }.
checkins-refused-over-max-alone = A day has at most { $max }, so { $hours } cannot be right; { $nothing }.
checkins-refused-not-positive = The hours must be more than 0; { $nothing }.
checkins-too-long = Please keep the text within { $limit } characters; { $nothing }.

checkins-problem-no-hours = I did not find the hours.
checkins-hours-missing = I did not find the hours of “{ $text }” on { $date }.
checkins-quoted = “{ $piece }”
checkins-problem-bad-hours = The hours { $piece } cannot be right: please write hours greater than 0 and within a day; { $nothing }.
checkins-problem-too-late = { $piece } runs past midnight and ends after 6 in the morning; { $nothing } yet. Hours count by the day: please write two records, one for each day:
checkins-night-line = /checkin { $date } { $span } { $text }
checkins-night-parts = { $first } for the day on which it began, and a second record with { $second } for the day after.
checkins-problem-bad-date = There is no such day as { $piece }; { $nothing }.
checkins-problem-unread-date =
    I cannot tell which day { $piece } is; { $nothing }.{ $step ->
        [none] { "" }
       *[date] { " " }To stop, send /cancel.
    }
checkins-which-half = If it was not the time on the button, say which half of the day: 5am-7am, or 05:00-07:00.
checkins-problem-ambiguous-number = { $piece } is not clear enough; { $nothing }.
checkins-problem-several = One service at a time, please; here I read { $piece }: { $nothing }.
checkins-how =
    Please write it like this:
    /checkin 2.5 park cleanup
    /checkin yesterday 3 tree planting
    /checkin last saturday 1h30 library
    (Nothing classified)
checkins-off-roster = Your account is not bound to the roster, so there are no check-ins and no record of your own. If you need them, ask the office to put you on the roster and register with an invite code.

checkins-button-confirm = Confirm
checkins-button-guess = Yes, { $hours }
checkins-button-drop = Do not record
checkins-button-date = Date
checkins-button-hours = Hours
checkins-button-text = Text
checkins-button-edit = Change
checkins-button-photo = Photo
checkins-button-photo-done = Done
checkins-button-withdraw = Withdraw
checkins-button-withdraw-yes = Yes, withdraw
checkins-button-keep = Keep
checkins-button-back = Back
checkins-button-answer = Answer
checkins-button-again = Submit again
checkins-button-again-now = Submit as it is
checkins-button-late = Reason
checkins-button-correct = Correct and resubmit
checkins-button-show = Show

checkins-told-confirmed = ✅ Your volunteering is confirmed: { $record }
checkins-told-confirmed-all = ✅ Confirmed of your volunteering: { $count } records
checkins-told-line = · { $record }
checkins-told-returned =
    ↩️ Your volunteering was returned: { $record }

    Reason: { $note }
checkins-told-question =
    ❓ The reviewer asks: { $note }

    { $record }
checkins-told-undone = ℹ️ The reviewer has undone the confirmation just given; it waits for review again: { $record }
checkins-told-undone-all = ℹ️ The reviewer has undone { $count } confirmations just given; these records wait for review again:
checkins-told-voided =
    ⛔ The office has voided a confirmed record: { $record }

    Reason: { $note }

me-head = <b>My volunteering</b>
me-of = <b>Volunteering of { $name }</b>
me-year = Confirmed in { $year }: <b>{ $hours } h</b>, { $times } { $times ->
        [1] time
       *[other] times
    }
me-open =
    { $waiting ->
        [0] Returned: { $returned }
       *[other] Waiting for review: { $waiting }{ $returned ->
            [0] { "" }
           *[other] , returned: { $returned }
        }
    }
me-month = <b>{ $month } { $year }</b> ({ $count })
me-month-empty = No records in this month.
me-month-begin = No records in this month yet. To check in send e.g. /checkin 2.5 park cleanup, or /checkin to be asked step by step.
me-line = { $state ->
        [submitted] 🕓
        [more_info] ❓
        [returned] ↩️
        [confirmed] ✅
        [withdrawn] ✖️
        [voided] ⛔
       *[other] ·
    } { $record }
me-button-list = ‹ All records
me-button-month = { $mark } { $month }
me-button-record = { $day }/{ $month } { $hours }
me-gone = There is no such record, or it is not yours to see.
