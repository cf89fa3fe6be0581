review-head = <b>To review</b> ({ $waiting } in all)
review-nothing = 👍 Nothing waits for you now.
review-rest = 👍 The check-ins are done. Still waiting: { $what }.
review-rest-tellings = 👍 Check-ins and registrations are done. Still to be passed on in person: { $count }.
review-wrapped = That was the last one. Passed over and still waiting: { $what }.
review-who = 👤 { $who } · { $path }
review-line-state =
    State: { $state ->
        [submitted] waiting for review
        [more_info] waiting for the person's answer
        [returned] returned
        [confirmed] confirmed
        [withdrawn] withdrawn by the person
        [voided] voided
       *[other] { $state }
    }
review-votes = 🗳 Agreed so far: { $votes }; another reviewer is needed
review-reused = ⚠️ Photos that are used in another record as well: { $count }

review-card = <b>Volunteer record</b>
review-stale = ℹ️ Things have changed, nothing was done. The record now:
review-undo-over =
    ℹ️ The ten minutes are over: this cannot be undone any more and stays confirmed. { $void ->
        [1] If it is wrong, press “Void” and give the reason;
       *[other] If it is wrong, ask the office to void it with a reason;
    } its person may then correct and resubmit it. The record now:
review-not-yours = This record is not yours to decide, or it is your own.
review-confirmed = ✅ Confirmed: { $name }, { $record }
review-voted = 🗳 Your agreement is noted; another reviewer must confirm: { $name }, { $record }
review-returned = ↩️ Returned: { $name }, { $record } ({ $note })
review-asked = ❓ Asked: { $name }, { $record } ({ $note })
review-undone = ↩️ Confirmation undone, waiting again: { $name }, { $record }
review-voided = ⛔ Voided: { $name }, { $record } ({ $note })
review-reason-wanted = Please write the reason or the question, a few words will do (nothing classified).

review-ask-return =
    Why is it returned? Press a button or type it (nothing classified).

    { $name }, { $record }
review-ask-ask =
    What do you want to know? Please type it (nothing classified).

    { $name }, { $record }
review-ask-void =
    Voiding a confirmed record needs a reason. Press a button or type it (nothing classified).

    { $name }, { $record }
review-reason-details = Please describe what was done
review-reason-hours = The hours are not right
review-reason-date = The date is wrong
review-reason-duplicate = Recorded twice
review-reason-not-volunteering = Not volunteering
review-reason-wrong = Not what really happened

review-all-ask = 
    Confirm these <b>{ $count }</b> without a flag?{ $stay ->
        [0] { "" }
       *[other] { " " }The other { $stay } stay, to be reviewed one by one.
    }
review-all-line = · { $name }, { $record }
review-all-more = … and { $count } more
review-all-none =
    { $stay ->
        [0] No check-in waits for review now.
        [one] Nothing can be confirmed at once: the one that is left has a flag, please review it by itself.
       *[other] Nothing can be confirmed at once: the { $stay } that are left have flags, please review them one by one.
    }
review-all-changed = ℹ️ What waits has just changed, nothing was confirmed. Please press the button again.
review-all-confirmed = ✅ Confirmed: { $count }. This can be undone for ten minutes.
review-all-undone = ↩️ Confirmation undone: { $count }, waiting for review again.
review-all-kept = ℹ️ There is nothing to undo: things have changed.
review-all-over = ℹ️ The ten minutes are over: nothing was undone, these records stay confirmed. If one of them is wrong, ask the office to void it with a reason; its person may then correct and resubmit it.
review-photo = Photo { $number }/{ $total }
review-no-photos = This record has no photos.
review-work = 📋 Waiting for you: { $what }.
review-work-registrations = registrations: { $count }
review-work-notices = notices to approve: { $count }
review-work-tellings = notices to be passed on in person: { $count }
review-work-checkins = check-ins: { $count }

review-button-confirm = Confirm
review-button-return = Return
review-button-ask = Ask
review-button-undo = Undo
review-button-void = Void
review-button-skip = Skip
review-button-photos = Photos ({ $count })
review-button-all = Confirm { $count } at once
review-button-all-unflagged = Confirm those without a flag
review-button-undo-all = Undo these { $count }
review-button-all-yes = Yes, confirm { $count }
review-button-back = Back
review-button-again = From the start
review-button-record = ‹ This person's records
review-button-pending = Next
review-button-open = Start
