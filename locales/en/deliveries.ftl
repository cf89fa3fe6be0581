deliveries-head = 📮 <b>Notice No. { $id }</b>　{ $state }
deliveries-state =
    { $state ->
        [trying] being tried on a few
        [sending] being sent
        [paused] paused
        [halted] paused by itself
        [done] sent
        [stopped] stopped
       *[recalled] recalled
    }
deliveries-title = { $title }
deliveries-when = sent { $when }
deliveries-corrected = ✏️ corrected after sending: { $count }
deliveries-bar = { $bar } { $percent } %
deliveries-left =
    ⏳ { $unit ->
        [seconds] about { $count } seconds to go
        [minutes] about { $count } minutes to go
        [hours] about { $count } hours to go
       *[unknown] nothing can be sent at the moment: waiting for Telegram, then it goes on by itself
    } (it shares { $rate } messages a second with others)
deliveries-later = ⏳ Begins { $when }.
deliveries-trying = The first few go out alone; once they have arrived the others follow.
deliveries-halted =
    ⚠️ The first few could not be sent ({ $reason }); nobody else has got anything.
    Press “Correct” to mend the text, then “Go on”; or “Stop” to give it up.
deliveries-told-halted = ⚠️ The first few messages of notice No. { $id } could not be sent ({ $reason }). It has paused by itself; nobody else has got anything. Open it, press “Correct” to mend the text and then “Go on”, or “Stop”.
deliveries-roster = Audience <b>{ $total }</b> = planned <b>{ $planned }</b>{ $rest }
deliveries-roster-part =
    { " " }+ { $fate ->
        [not_bound] not bound
        [withdrawn] withdrawn
       *[on_leave] on leave
    } { $count }
deliveries-round =
    { $why ->
        [first] <b>Sent</b>
        [missed] <b>Sent once more</b>
       *[unanswered] <b>Reminder</b>
    }　{ $when }
deliveries-sum = Planned { $planned } = sent { $sent } + failed { $failed } + skipped { $skipped } + unknown { $unknown }
deliveries-sum-left = Planned { $planned } = sent { $sent } + failed { $failed } + skipped { $skipped } + unknown { $unknown } + on the way { $left }
deliveries-reasons =
    { $state ->
        [failed] 　failed:
       *[skipped] 　skipped:
    } { $reasons }
deliveries-reason-count = { $reason } { $count }
deliveries-reason =
    { $reason ->
        [blocked] has stopped the bot
        [unreachable] has stopped the bot
        [deactivated] account deleted
        [not_found] chat not found
        [rejected] Telegram does not take this message
        [render] an error of ours in making the message
        [not_bound] not bound
        [withdrawn] withdrawn
        [on_leave] on leave
        [left] has left the unit
        [budget] the week's messages are used up
        [late] its time had passed
        [stopped] stopped or paused
        [muted] muted
        [done] no need any more
        [recalled] the notice was recalled
        [answered] has answered
        [vanished] the message was deleted
        [moved] has another account now
        [kicked] no right to post
        [forbidden] forbidden
        [lost] no answer from Telegram
        [not_allowed] no right to see it
        [tries] no answer after several tries
        [crash] interrupted while sending
       *[other] another reason
    }
deliveries-answers = ✅ Got it: { $answered } have said so, { $unanswered } have not (voluntary, no ranking)
deliveries-telling = 🗣 To be told in person: { $count } have not got it, { $told } told
deliveries-own = Of the { $people } people within your reach: { $sent } reached, { $missing } not, { $left } on the way

deliveries-paused = ⏸ Paused: nothing leaves until you press “Go on”.
deliveries-resumed = ▶️ Going on.
deliveries-stopped = ⏹ Stopped: nothing more leaves. What has arrived stays; press “Recall” to take it back.
deliveries-as-it-is = ℹ️ Things have changed meanwhile and nothing was done. This is how it is:

deliveries-button-pause = ⏸ Pause
deliveries-button-resume = ▶️ Go on
deliveries-button-stop = ⏹ Stop
deliveries-button-stop-all = ⏹ Stop all ({ $count })
deliveries-button-stop-all-yes = Yes, stop all of them
deliveries-stop-all-ask = ⏹ <b>Stop all</b>

    Notices that are leaving stop and those that wait for their time are taken back, { $count } in all. What was stopped cannot go on; what was scheduled is a draft again and can be planned anew.
deliveries-stop-all-nothing = No notice is leaving or waiting for its time.
deliveries-all-stopped =
    ⏹ Everything is stopped: { $stopped ->
        [0] none was leaving
       *[other] { $stopped } stopped
    }, { $back ->
        [0] none was scheduled.
        [1] 1 scheduled one is a draft again.
       *[other] { $back } scheduled ones are drafts again.
    }
    What has arrived stays; open a notice and press “Recall” to take it back.
deliveries-button-refresh = 🔄 Refresh
deliveries-button-missed = Once more ({ $count })
deliveries-button-remind = Remind ({ $count } have not answered)
deliveries-button-correct = ✏️ Correct
deliveries-button-recall = ↩️ Recall
deliveries-button-names = Names
deliveries-button-sheet = Table
deliveries-button-telling = 🗣 Tell in person
deliveries-button-back = ‹ Back
deliveries-button-list = Recent notices
deliveries-button-open = Open the notice

deliveries-got = ✓ Got it
deliveries-reminder = 🔔 <b>Reminder</b>: you have not pressed “Got it” under this notice yet; please do once you have read it.
deliveries-recalled-answer = This notice was recalled; there is nothing to do.
deliveries-recalled = ↩️ This notice was recalled. Please do not act on it.

deliveries-names-title =
    { $kind ->
        [answered] Have answered
        [unanswered] Have not answered (voluntary: please do not press them)
        [failed] Failed
        [skipped] Skipped (not bound, on leave and others too)
       *[unknown] Nobody can tell whether it arrived
    }: { $count }
deliveries-names-line = { $who } · { $department }
deliveries-names-line-reason = { $who } · { $department } · { $reason }
deliveries-names-page = Page { $page }/{ $pages }
deliveries-names-choose = Which list? It holds only people within your reach.
deliveries-names-kind =
    { $kind ->
        [answered] Answered
        [unanswered] Not answered
        [failed] Failed
        [skipped] Skipped (not bound, on leave and others too)
       *[unknown] Unknown
    } { $count }

deliveries-again-ask =
    { $act ->
        [missed] Send it once more to the <b>{ $count }</b> who have not got it and can be reached now?
       *[remind] Remind the <b>{ $count }</b> who have not answered? At most two reminders per matter and one a week.
    }
deliveries-again-over = { $over } more have had enough this week and are left out.
deliveries-again-outside = 🌙 These are not working hours; better { $when }.
deliveries-again-sure = 🌙 A message outside of working hours disturbs people's rest. To send it now all the same, press once more.
deliveries-again-sending = 📢 It has begun.
deliveries-again-later = 🕘 It begins { $when }.
deliveries-changed = ℹ️ The number has just changed and nothing was sent. Please look again:
deliveries-reminded = There is nobody to remind now: { $week } were reminded this week, { $twice } twice already. At most two reminders per matter and one a week; after that the leader of the department may ask in person.
deliveries-nobody-left =
    { $over ->
        [0] There is nobody to send it to: they have it, or they cannot be reached now (please tell them in person).
       *[other] There is nobody to send it to now: of those who are left, { $over } have had enough this week. Please send it next week.
    }
deliveries-button-again = Yes, send to { $count }
deliveries-button-later = Send { $when }
deliveries-button-anyway = Send now
deliveries-button-sure = Send now all the same

corrections-prompt =
    ✏️ Please send the whole corrected text (a file cannot be exchanged). The { $sent } messages that have arrived will show it; what has not left yet says it by itself.
    ⚠️ Nothing classified. /cancel leaves it as it is.
corrections-unknown =
    Of { $unknown } more nobody can tell whether they arrived; they cannot be { $act ->
        [correct] changed
       *[recall] taken back
    }.
corrections-preview = Like this? It changes the { $sent } messages that have arrived, without a sound. (Nothing classified, please.)
corrections-button-yes = Yes, correct
corrections-button-again = Write it again
corrections-correct = ✏️ Correcting { $count } messages; you will hear when it is done.
corrections-recall = ↩️ Recalling { $count } messages; you will hear when it is done.
corrections-no-file = A file cannot be exchanged, only the text. To exchange it, recall the notice and send a new one. Please send the new text (nothing classified).
corrections-same = That is what it says already; nothing was changed. Please send the new text (nothing classified).
corrections-ask-recall = Recall this notice? The <b>{ $sent }</b> messages that have arrived are deleted from the chats; those older than 48 hours cannot be and will say “recalled”. What has not left will not.
corrections-button-recall = Yes, recall
corrections-done =
    { $act ->
        [correct] ✏️ Notice No. { $id } is corrected: { $done } messages changed
       *[recall] ↩️ Notice No. { $id } is recalled: { $done } messages taken back
    }{ $not ->
        [0] .
       *[other] , { $not } could not be: { $reasons }.
    }

tellings-head = 🗣 <b>To be told in person</b>　notice No. { $id }
tellings-title = { $title }
tellings-corrected = ✏️ Corrected, { $at }: please pass on the corrected text.
tellings-how = These people did not get this notice. Please tell them in person and tick off whom you have told.
tellings-department = <b>{ $department }</b>
tellings-person = ☐ { $who } · { $reason }
tellings-person-told = ☑ { $who } · told by { $by } { $when }
tellings-person-told-office = ☑ { $who } · told { $when }
tellings-place = { $department } ({ $told }/{ $count })
tellings-nobody = Nobody has to be told in person.
tellings-own = Nobody ticks off himself; please ask another leader or the office.
tellings-reason-then = { $reason } when it was sent
tellings-reason-unknown = nobody can tell whether it arrived
tellings-button-open = No. { $id }: tell them ({ $count })
tellings-button-tick = ☐ { $name }
tellings-button-untick = ☑ { $name }
tellings-waiting = 🗣 Notices of which somebody is to be told in person: { $count }
tellings-waiting-line = No. { $id } ({ $count } people) { $title }
tellings-waiting-none = Nobody has to be told anything in person.

deliveries-sheet-name = notice-{ $id }-delivery
deliveries-sheet-overview = Overview
deliveries-sheet-people = People
deliveries-sheet-label =
    { $what ->
        [title] Notice
        [at] Sent at
        [state] State
        [total] Audience
        [planned] Planned
        [sent] Sent
        [failed] Failed
        [skipped] Skipped
        [unknown] Unknown
        [left] On the way
        [not_bound] Not bound
        [withdrawn] Withdrawn
        [on_leave] On leave
        [answered] Answered
        [telling] To be told in person
        [told] Told in person
        [number] Staff number
        [name] Name
        [department] Department
        [result] Result
        [reason] Reason
        [sent_at] Arrived at
        [answered_at] Answered at
        [told_at] Told at
       *[told_by] Told by
    }
deliveries-sheet-result =
    { $state ->
        [sent] sent
        [failed] failed
        [skipped] skipped
        [unknown] unknown
       *[left] on the way
    }
deliveries-sheet-sum = { $why ->
        [first] Sent
        [missed] Once more
       *[unanswered] Reminder
    } { $when }
deliveries-sheet-failed = The table could not be made; please try again in a while.
