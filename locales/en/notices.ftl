notices-prompt =
    📢 <b>New notice</b>
    Send the notice now: text, a picture or a file. Bold, links and other formatting are kept.

    ⚠️ Nothing classified. Send /cancel to stop.
notices-prompt-edit =
    Send the new content: text replaces the text, a picture or a file replaces the attachment.
    ⚠️ Nothing classified. Send /cancel to keep it as it is.
notices-recent = <b>Recent notices</b>
notices-line = No. { $id } { $state } · { $title }
notices-page = Page { $page }/{ $pages }

notices-state =
    { $state ->
        [draft] draft
        [waiting] waiting for approval
        [scheduled] scheduled
        [sending] being sent
        [paused] paused
        [done] done
        [stopped] stopped
        [cancelled] given up
        [recalled] recalled
       *[other] { $state }
    }

notices-card-sent = 📝 <b>Notice No. { $id }</b>
notices-card = 📝 <b>Notice No. { $id }</b>  { $state }
notices-card-file =
    📎 { $kind ->
        [photo] picture
       *[other] file: { $name }
    }
notices-card-table = ⚠️ A table: everybody gets it as it is, so make sure that there are no personal data in it. If you meant to update the roster, press “Give up” and send the file again.
notices-card-audience = 👥 To: { $who }
notices-card-count = { "    " }{ $total } in the audience, { $send } can be reached
notices-card-missing =
    ⚠️ { $kind ->
        [department] A chosen department is gone, choose the audience again
       *[group] A chosen group was deleted, choose the audience again
    }
notices-card-answer =
    ✅ Got-it button: { $on ->
        [true] yes
       *[other] no
    }
notices-card-deadline = ⏰ Deadline: { $day }
notices-card-important = ❗ Important (not counted in the week's budget)
notices-card-time = 🕘 Time: { $when }
notices-card-outside = 🌙 Outside of working hours, confirmed
notices-now = at once
notices-none = none

notices-message-title =
    📢 <b>{ $important ->
        [true] Important notice
       *[other] Notice
    }</b>{ $corrected ->
        [true] { " " }(corrected, { $at })
       *[other] { "" }
    }
notices-message-head = { $title }  { $from }
notices-message-office = Campaign office
notices-message-deadline = ⏰ Deadline: { $day }
notices-sample = This is a preview. Whoever gets the notice presses this button to say that it was read.

notices-sum-head = 📋 <b>Please check before sending</b> (notice No. { $id })
notices-sum = Audience <b>{ $total }</b> = to be sent <b>{ $send }</b> { $rest }
notices-sum-part =
    + { $fate ->
        [not_bound] not bound
        [withdrawn] withdrawn
        [on_leave] on leave
        [unreachable] has stopped the bot
       *[budget] over budget
    } { $count }
notices-sum-in-person = Not reached: { $count }. You will get a list after sending, to tell them in person.
notices-sum-budget = Over this week's budget: { $count }; they see it in the weekly digest.
notices-sum-approval = For more than { $over } people a second authorised person has to approve first.
notices-sum-time = 🕘 { $when }

notices-sending = 📢 Notice No. { $id } is on its way to { $send } people (audience: { $count }). The next message shows how far it is.
notices-scheduled = 🕘 Scheduled: notice No. { $id } goes on { $when }, to whoever is on the roster then.
notices-waiting = 🖊 Submitted for approval: notice No. { $id } ({ $count } people). You will hear of it.
notices-given-up = 🗑 Given up: notice No. { $id } ({ $title }).
notices-outside =
    🌙 <b>{ $when }</b> is outside of working hours.
    Better: <b>{ $next }</b>. To send it at this time all the same, confirm with a second tap.

notices-empty = A notice needs content: send text, a picture or a file (nothing classified).
notices-picture-as-file = Send the picture as a photo, not as a file: a file may carry the place where it was taken, and everybody would get it. It was not taken.
notices-bad-kind = A notice is text, a picture or a file: please send it in one of these ways (nothing classified).
notices-markup =
    Formatting without its other half: <code>{ $tag }</code>
    Add it or take this tag away, and send it again. Links begin with http:// or https://.
notices-too-long =
    Too long: { $length } characters; { $file ->
        [true] with an attachment
       *[other] one notice
    } takes { $limit } at the most{ $room ->
        [corrected] { " " }(with room to say that it was corrected)
        [deadline] { " " }(with room for the deadline)
       *[none] { "" }
    }. Please shorten it and send it again.
notices-album = A notice takes one attachment; the other pictures were not added.
notices-file-refused = ⚠️ Telegram does not take this attachment: there is no preview, and nothing was sent. Upload it again with “Edit”, or remove it.
notices-not-yours = There is no such notice, or it is not yours.
notices-stale = ℹ️ This notice has changed; your tap did nothing. It is now:
notices-edit-late = ℹ️ This notice is no draft any more; editing your message does not change it. Take it back first; what was sent is corrected on its page.
notices-changed = ℹ️ Content or head count have changed just now; nothing was sent. Please check again:
notices-past = ⚠️ This time is past; please choose another.
notices-deadline-past = ⚠️ The deadline is before the day of sending; change one of them.
notices-missing-department = ⚠️ A chosen department is gone; nothing was sent. Please choose the audience again.
notices-missing-group = ⚠️ A chosen group was deleted; nothing was sent. Please choose the audience again.
notices-nobody = ⚠️ There is nobody in the audience; nothing was sent. Please choose it again.
notices-no-approver = ⚠️ A notice for more than { $over } people needs a second authorised person, and there is none. Name another person of the office in the roster, or change “Approval over” in /settings.

notices-button-audience = 👥 Audience
notices-button-time = 🕘 Time
notices-button-answer =
    Got-it button: { $on ->
        [true] yes
       *[other] no
    }
notices-button-deadline = Deadline: { $day }
notices-button-important =
    Important: { $on ->
        [true] yes
       *[other] no
    }
notices-button-edit = Edit
notices-button-nofile = Remove attachment
notices-button-preview = 👁 Preview and send
notices-button-give-up = Give up
notices-button-take-back = Take back
notices-button-send = 📢 Send ({ $send } can be reached)
notices-button-schedule = 🕘 Send on { $when }
notices-button-submit = 🖊 Submit for approval ({ $total })
notices-button-back = ‹ Back
notices-button-card = ‹ Back to the draft
notices-button-list = Recent notices
notices-button-later = Change to { $when }
notices-button-anyway = Send all the same
notices-button-anyway-time = Keep this time
notices-button-older = Older ›
notices-button-newer = ‹ Newer
notices-button-got = ✅ Got it

notices-who-everybody = everybody in post
notices-who-subtree = everybody in post whom you lead
notices-who-place =
    { $kind ->
        [s] { $name } (with sub-departments)
        [d] { $name } (alone)
       *[g] group “{ $name }”
    }
notices-who-gone = (gone)
notices-who-roles = only: { $roles }
notices-who-idle = only who has not taken part this quarter
notices-who-unanswered = only who has not answered notice No. { $id }
notices-who-without = without: { $names }
notices-who-and = {";"}{" "}

notices-audience-head = 👥 <b>Who gets notice No. { $id }?</b>
notices-audience-in = Departments: tap a name to choose it (with sub-departments), › to look below it.
notices-audience-out = <b>Leave out</b> departments: tap a name (with sub-departments), › to look below it.
notices-audience-roles = Only which roles? None chosen: any.
notices-audience-out-roles = <b>Leave out</b> which roles?
notices-audience-groups = Choose a saved group, or save the present audience as one.
notices-audience-asked = Only who has not answered which notice?
notices-audience-no-asked = No notice with a got-it button was sent yet.
notices-group-ask =
    Give the present audience a name (up to { $limit } characters, nothing classified), such as: heads of department.
    Send /cancel to stop.
notices-group-name = A name has up to { $limit } characters and no special signs. Send another, or /cancel (nothing classified).
notices-group-taken = There is a group “{ $name }” already; send another name (nothing classified).
notices-group-saved = ✅ Saved as a group: { $name }
notices-button-all = Everybody
notices-button-departments = Departments
notices-button-roles = Roles
notices-button-groups = Groups
notices-button-idle = Not taken part this quarter
notices-button-unanswered = Has not answered …
notices-button-without = Leave out departments
notices-button-without-roles = Leave out roles
notices-button-alone = { $name } alone
notices-button-below = › { $below }
notices-button-up = ‹ Up
notices-button-save = + Save as a group
notices-button-drop = 🗑
notices-button-no-asked = Any
notices-button-done = ✓ Done
notices-mark =
    { $on ->
        [true] ☑ { $name }
       *[other] ☐ { $name }
    }
notices-mark-out =
    { $on ->
        [true] 🚫 { $name }
       *[other] ☐ { $name }
    }
notices-role =
    { $role ->
        [staff] staff
        [leader] leaders
        [office] campaign office
       *[viewer] viewers
    }

notices-time-head = 🕘 <b>When shall notice No. { $id } go?</b>
notices-time-now = Set to: { $when }
notices-time-hours = Working hours { $from }–{ $until }
notices-time-typed = Tap below, or type a time: tomorrow 9:00, next Monday 3 pm, 3 December 14:30 (nothing classified, please).
notices-day-typed = Tap a day below, or type it: Friday, 24 November (nothing classified, please).
notices-bad-day = That is no day that can be understood, and nothing has changed. Please write it like this: Friday, 24 November, 2026-11-24, or tap below.
notices-bad-time = That is no time that can be understood, and nothing has changed. Please write it like this: tomorrow 9:00, 3 December 14:30, 2026-12-03 14:30, or tap below.
notices-time-hour = { $day }: which hour?
notices-time-minute = { $day }, { $hour } o'clock: which minute?
notices-time-deadline = ⏰ <b>Deadline of notice No. { $id }?</b>
notices-month = { $month }/{ $year }
notices-month-off = Days off stand in brackets.
notices-time-off = ⚠️ This is a day off; to send on it takes a second tap.
notices-button-at-once = At once
notices-button-at = { $when }
notices-button-calendar = 📅 Choose a date
notices-button-all-hours = Outside of working hours …
notices-button-no-deadline = No deadline
notices-weekday =
    { $day ->
        [1] Mo
        [2] Tu
        [3] We
        [4] Th
        [5] Fr
        [6] Sa
       *[7] Su
    }

notices-approve-head = 🖊 <b>Please approve this notice</b> (No. { $id })
notices-approve-ask =
    Why does it go back? Type it (nothing classified), or press the button.
notices-button-approve = Approve
notices-button-reject = Send back
notices-button-reject-plain = Send back without a reason
notices-button-view = 👁 As it will look
notices-button-skip = Skip
notices-approved = ✅ Approved: notice No. { $id }.
notices-rejected = ↩️ Sent back: notice No. { $id } ({ $title }).
notices-held = ⚠️ This notice cannot go as it is and is back with its author: { $reason }

notice-approved =
    ✅ Your notice No. { $id } “{ $title }” was approved; { $later ->
        [true] it goes at its time.
       *[other] sending has begun.
    }
notice-rejected =
    ↩️ Your notice No. { $id } “{ $title }” was sent back; nothing was sent.
    Why: { $note }
notice-cancelled = 🗑 Your notice No. { $id } “{ $title }” was cancelled by somebody else; nothing was sent.
notice-grown = 🖊 The scheduled notice No. { $id } “{ $title }” is for { $count } people by now; a second authorised person was asked to approve it.
notice-orphaned = ℹ️ You may not send this any more: the scheduled notice No. { $id } “{ $title }” did not go and waits for somebody else's approval.
notice-orphaned-office = ℹ️ The author of the scheduled notice No. { $id } “{ $title }” may not send it any more. It did not go and needs somebody else's approval: see /pending.
notice-held =
    ⚠️ Notice No. { $id } “{ $title }” did not go: { $reason }
    It is a draft again; mend it and send it anew.
notice-reason =
    { $reason ->
        [stopped] somebody pressed “Stop all”. Please find out why first.
        [missed] its time was more than a day ago.
        [nobody] there is nobody in the audience (the department may have been closed or merged).
        [deadline-past] the deadline is past.
        [missing-department] a chosen department is gone.
       *[missing-group] a chosen group was deleted.
    }
