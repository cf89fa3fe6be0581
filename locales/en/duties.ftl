duties-greeting = Hello! Today is { $day }.

duties-phrase-head = <b>Civilized phrase of the day</b>
duties-phrase-other = <b>Civilized phrase</b>
duties-phrase = “{ $text }”
duties-tip = Do this: { $text }
duties-avoid = Avoid saying: { $text }

duties-duty-head = <b>Duty of the day</b>
duties-duty =
    { $kind ->
        [one] Five Dos
        [own] Our own duties
       *[dont] Six Don'ts
    } · { $text }
duties-question = Ask yourself: { $text }

duties-read = Read
duties-read-done = ✓ Read
duties-done = Done today
duties-done-done = ✓ Done today

duties-head = <b>Five Dos and Six Don'ts</b>
duties-kind =
    { $kind ->
        [one] <b>Five Dos</b>
        [own] <b>Our own duties</b>
       *[dont] <b>Six Don'ts</b>
    }
duties-line = { $number }. { $text }
duties-line-today = 👉 { $number }. <b>{ $text }</b> (today)
duties-foot = Press a button to see the question that goes with a duty.
duties-all = « All duties

duties-phrase-today = Today is { $day }.
duties-phrase-last = Today is a day off; this is the phrase of the last working day ({ $day }).
duties-phrase-another = Another one
duties-phrase-back = Today's phrase

duties-missed =
    { $count ->
        [1] ⚠️ The morning message of { $last } was not sent: the program was not running. It is not sent after working hours.
       *[other] ⚠️ From { $first } to { $last } the morning messages of { $count } working days were not sent: the program was not running. They are not sent late.
    }
duties-late = ⚠️ The morning message of { $day } did not reach { $count } people before the end of working hours and is not sent late. Send /status to see how the bot is running.
duties-unpublished = 📅 The public holidays of { $year } are not entered yet: working days are estimated from the holidays fixed by law, make-up working days may be wrong. Once the State Council has published them, press the button below and paste the notice.

duties-preview = 👀 <b>Preview</b>  to be sent on { $at }:
