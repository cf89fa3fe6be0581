remind-preview-head = <b>Reminder</b>  { $path }: { $matter }
remind-done-head = 📨 <b>Reminders are on their way</b>  { $path }: { $matter }
remind-matter-quarter = those without a check-in in { $quarter }
remind-matter-notice = those who have not answered the notice “{ $text }”
remind-open = <b>{ $count }</b> in all, of them:
remind-send = · will be reminded: <b>{ $count }</b>
remind-on-leave = · on leave: { $count }, left alone
remind-not-bound = · not bound or withdrawn: { $count }, please tell them in person
remind-unreachable = · have left the bot: { $count }, please tell them in person
remind-week = · reminded this week: { $count }
remind-twice = · reminded twice: { $count }, not again; the department's contact is asked to have a word with them
remind-budget = · have had enough messages this week: { $count }; they find it in the weekly digest
remind-preview-when = Will go out at { $at }, to each in private, never by name in a group.
remind-done-when = Will go out at { $at }. Whoever has done it by then gets none.
remind-nobody = There is nobody to remind now.
remind-over = This is over, nobody is reminded of it any more. Send /remind for this quarter.
remind-button-send = 📨 Remind { $count }
remind-button-where = 🏢 Department
remind-button-what = 📋 Something else
remind-button-quarter = No check-in this quarter
remind-choose-where = Which department? (with all below it)
remind-choose-what = Of what? Below are the notices that somebody has not answered.
remind-ambiguous =
    { $more ->
        [0] Several departments fit “{ $text }”:
       *[other] Several departments fit “{ $text }” ({ $more } more are not listed; send /remind with more of the name):
    }
remind-unclear = There is no department “{ $text }”. Say <code>/remind department</code>, or just /remind.

remind-says-quarter =
    { $by ->
        [leader] Your department's leader asks me to remind you: there is no record of your volunteering in { $quarter } yet.
        [office] The office asks me to remind you: there is no record of your volunteering in { $quarter } yet.
       *[plan] There is no record of your volunteering in { $quarter } yet.
    }

    If you have taken part, one sentence is enough, such as “yesterday 2.5 hours park cleanup”. Volunteering is voluntary; if you have not, nobody asks why.
remind-contact =
    🤝 { $path }: { $matter }. These { $count } were reminded twice and will not be reminded again: { $names }{ $rest ->
        [0] .
       *[other] {" "}and { $rest } more.
    }

    Please have a word with them when it suits, and see whether they need help. Taking part is voluntary; please name nobody in a group.
remind-leader = ℹ️ { $path }: { $matter }. After two reminders and a word from the contact there are still { $count }. Numbers only, for your information.

digest-head = 📬 <b>Weekly digest</b>  It was a busy week; { $count ->
        [one] this one was
       *[other] these { $count } were
    } kept from disturbing you:
digest-quarter = no record of your volunteering in { $quarter }
digest-line = { $number }. { $text }
digest-rest = And { $count } more.
digest-button = Show { $number }
digest-foot = Press a button for the whole text.
