audit-head = <b>Audit</b>  { $total } entries, the newest first
audit-sought = Looking for: { $what }
audit-nothing = No entry fits.
audit-line = <b>{ $id }</b>  { $at }  { $who }
audit-what = {"    "}{ $action }
audit-about = {"    "}{ $action } ({ $about })
audit-now = : { $after }
audit-was = : was { $before }
audit-change = : { $before } → { $after }
audit-whole-unit = the whole unit
audit-numbered =
    { $kind ->
        [notice] notice No. { $number }
        [checkin] check-in No. { $number }
        [phrase] phrase { $number }
        [duty] duty { $number }
       *[other] No. { $number }
    }
audit-calendar =
    { $source ->
        [year] holidays of { $year }
       *[unit] the unit's own days of { $year }
    }
audit-count =
    { $what ->
        [messages] messages: { $count }
        [codes] codes: { $count }
        [accounts] accounts: { $count }
        [audience] audience { $count }
       *[people] people: { $count }
    }
audit-imported =
    { $what ->
        [added] new: { $count }
        [moved] other department: { $count }
        [changed] other details: { $count }
        [returned] back in post: { $count }
        [left] leaving: { $count }
        [missing] not in the file: { $count }
        [unchanged] unchanged: { $count }
       *[new_departments] new departments: { $count }
    }
audit-registration =
    { $state ->
        [pending] waiting
        [approved] approved
        [rejected] refused
        [bound] fits the roster, bound
       *[other] { $state }
    }
audit-consent =
    { $version ->
        [0] consent withdrawn
       *[other] version { $version }
    }
audit-export =
    { $what ->
        [mydata] own data
        [roster-changes] roster changes
        [roster] roster
        [ledger] ledger
        [notice] delivery list
        [invite-sheet] invite QR codes
       *[report] report
    }
audit-term =
    { $what ->
        [messages] messages: { $count }
        [photos] photo ids: { $count }
        [parked] parked updates: { $count }
        [drafts] drafts and dialogues: { $count }
        [imports] roster files: { $count }
        [strangers] accounts of strangers: { $count }
        [audit] audit details: { $count }
       *[other] { $what }: { $count }
    }
audit-up-to = up to entry { $number }
audit-unproven = a database of unknown origin
audit-chat = group { $number }
audit-naming = name, number or title changed
audit-from = from { $day }
audit-foot = Last entry { $head }, check value { $seal }. Entries are only ever added; you are sent the last check value each day, and <code>wenming doctor</code> on the server checks the whole chain.
audit-account = account { $user }
audit-program = the program
audit-button-find = Find
audit-button-all = All
audit-ask = Send what to look for: a staff number or a name, an action, a date (2026-10-14 or 2026-10), together if you like, such as <code>ZF001 2026-10</code>. If the action is also a word of the menu, send it as <code>/audit leave</code>. Nothing classified, please.
audit-not-understood = “{ $word }” is no staff number or name of the roster, no action and no date. Try <code>/audit ZF001</code> or <code>/audit setting 2026-10</code>.
audit-several = There is more than one “{ $word }”; use the staff number: { $numbers }.

audit-action-consent = consent
audit-action-registration = registration
audit-action-leave = leave
audit-action-erased = personal data erased
audit-action-audit-blanked = old details blanked
audit-action-roster-added = added to the roster
audit-action-roster-changed = roster changed
audit-action-roster-left = left
audit-action-roster-imported = roster imported
audit-action-invite = invite link
audit-action-invite-revoked = invite revoked
audit-action-calendar = working days
audit-action-setting = setting
audit-action-review = review
audit-action-review-confirm = confirmed
audit-action-review-vote = first of two votes
audit-action-review-return = returned
audit-action-review-ask = asked
audit-action-review-undo = confirmation undone
audit-action-review-void = voided
audit-action-notice = notice
audit-action-plan = plan
audit-action-remind = reminder
audit-action-export = export
audit-action-backup = backup
audit-action-restore = restored
audit-action-resume = sending resumed
audit-action-retention = retention
audit-action-department-rename = department renamed
audit-action-department-merge = departments merged
audit-action-department-move = department moved
audit-action-department-split = department split
audit-action-department-close = department closed
audit-action-grant = role granted
audit-action-grant-taken = role taken away
audit-action-group-bound = group bound
audit-action-group-unbound = group unbound
audit-action-invite-sheet = invite slips
audit-action-invite-sheets-revoked = invite slips revoked
audit-action-roster-undone = import undone
audit-action-notice-waiting = notice waits for approval
audit-action-notice-scheduled = notice scheduled
audit-action-notice-sending = notice sent
audit-action-notice-cancelled = notice given up
audit-action-notice-rejected = notice sent back
audit-action-notice-held = notice held
audit-action-notice-taken-back = notice taken back
audit-action-notice-paused = notice paused
audit-action-notice-resumed = notice resumed
audit-action-notice-stopped = notice stopped
audit-action-plan-added = plan added
audit-action-plan-paused = plan paused
audit-action-plan-resumed = plan resumed
audit-action-plan-went-on = plan went on
audit-action-plan-dropped = one occasion of a plan given up
audit-action-plan-run = plan run by hand
audit-action-plan-ended = plan deleted
audit-action-plan-changed = plan changed
audit-action-notice-missed = notice sent once more
audit-action-notice-remind = notice reminder
audit-action-notice-correct = notice corrected
audit-action-notice-recall = notice recalled
audit-action-notice-told = told in person
audit-action-notice-untold = not told after all
audit-action-content-added = content added
audit-action-content-changed = content changed
audit-action-content-restored = content restored
audit-action-content-off = content switched off
audit-action-content-on = content switched on
