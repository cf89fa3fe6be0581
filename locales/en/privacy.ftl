privacy-notice =
    <b>How personal information is handled (version { $version })</b>

    <b>Who</b>: { $org }, by its campaign office. With questions, turn to the head of your department or the campaign office.
    <b>What</b>: from the roster your staff number, name, department, title, role and status; the number of your Telegram account (while a registration waits its shown name too, erased once decided); the volunteer records you enter (date, hours, text, the file number of photos if you give any) and their review; taps on the morning message (voluntary, never ranked); whether messages to you were delivered. No ID number, no phone number, no location.
    <b>Why</b>: to record and count volunteering, to send each day's phrase and duty, to know the institution's participation rate. No personal ranking, no automatic reward or penalty.
    <b>Who sees it</b>: the head of your department and the campaign office see your records; viewers see summaries; groups see department totals only.
    <b>How long</b>: volunteer records are kept at least 10 years by national standards; the wording of a message you send is erased from the database once it is handled; no name stands in the audit; backups live 30 days at the most; all else is blanked by the terms that the institution has set.
    <b>Where</b>: the database is kept by the institution; but <b>Telegram's servers are abroad</b>, and what you send and get in this chat passes through them.
    <b>Your rights</b>: to see and copy /mydata, to correct (ask the campaign office), to withdraw consent, leave and have your data erased /leave, to read this text /privacy.
    <b>Voluntary</b>: volunteering and using this bot are voluntary. To decline or to leave has no disadvantage for you.

    <b>Never send anything classified or any work secret.</b>
privacy-text =
    { $notice }

    { $consent }
privacy-consented = You consented to version { $given } on { $day }. To withdraw it, send /leave.
privacy-no-consent = You have not consented; you are not registered.
privacy-not-kept =
    { $kind ->
        [id_number] This message seems to hold an ID number; it was not kept. We do not collect ID numbers: please delete the message and send it without.
       *[phone] This message seems to hold a mobile number; it was not kept. We do not collect phone numbers: please delete the message and send it without.
    }

privacy-changed =
    <b>The privacy notice has changed; please look at it again.</b>

    { $notice }
privacy-button-agree = I agree
privacy-button-decline = I do not
privacy-renewed = Thank you, your consent is written down. Please go on with what you were about to do.
leave-ask =
    <b>Do you really want to leave?</b>

    Then your consent is withdrawn, this account is unbound from the roster, and you get no more messages.
    What stays: the roster entry (the institution keeps it); the volunteer records you have entered and their review, kept at least 10 years by national standards, for the archive and the totals only. Check-ins that wait are still reviewed.
    “Leave and erase”: your name, staff number, the words and photo ids of your check-ins and the messages sent to you go too; dates and hours stay, without you, so the totals are the same. It cannot be undone.
    Leaving has no disadvantage for you. With /mydata you can take your data along first.
leave-confirm = Yes, leave
leave-stay = No, stay
leave-button-erase = Leave and erase
leave-ask-erase =
    <b>Erase your personal data?</b>

    It cannot be undone. Your name, staff number, title, account, the words and photo ids of your check-ins and the messages sent to you go; dates and hours stay for the totals and have nothing to do with you any more. In the audit only a person's number is left. Backups lose it after 30 days at the latest, and if one is restored before that you are erased again. The roster file is the institution's: while you work there, its next import lists your number and name again, without these records.
leave-button-erase-yes = Erase
leave-erased = You have left and your personal data is erased. Thank you for what you have done!
leave-stayed = All right, everything stays as it was.
leave-done = You have left: consent withdrawn, account unbound. Your volunteer records stay in the archive as the rules ask. To take part again, open the invite link of your institution. Thank you for what you have done!

mydata-file = my-data-{ $stamp }
mydata-xlsx = All your data (tables, for reading). It holds your own data only; keep it safe.
mydata-json = The same (JSON, for programs).
mydata-no-table = Sorry, the table could not be made. The file below holds all of it; for the table please send /mydata again later.
mydata-about-sheet = About
mydata-about = This is all that the database holds about you, a sheet for each kind. Numbers and parameters are for the program and stand as they are. The JSON file that came with it holds the same, as it is stored.
mydata-about-nothing = Nothing is kept about you of these kinds: { $names }.
mydata-yes = yes
mydata-no = no

mydata-section-roster = Roster
mydata-section-postings = Postings
mydata-section-import-changes = Changes by an import
mydata-section-account = Account
mydata-section-registrations = Registrations
mydata-section-attempts = Wrong tries
mydata-section-checkins = Check-ins
mydata-section-checkin-events = Check-in history
mydata-section-checkin-drafts = Check-in drafts
mydata-section-checkin-photos = Check-in photos
mydata-section-taps = Morning taps
mydata-section-notices = My notices
mydata-section-audiences = Saved groups
mydata-section-notice-people = Notices to me
mydata-section-notice-rounds = Notices I sent once more
mydata-section-notice-changes = Notices I corrected or recalled
mydata-section-notice-tellings = Notices I passed on in person
mydata-section-occurrences = Sendings I started
mydata-section-messages = Messages to me
mydata-section-dialogs = Under way
mydata-section-updates = Messages from me
mydata-section-grants = Roles
mydata-section-group-bindings = Groups bound
mydata-section-group-codes = Group codes
mydata-section-audit = Audit
mydata-section-imports = Roster files I sent
mydata-section-invites = Invite codes
mydata-section-checkin-reviews = Check-ins I reviewed

mydata-column-staff-number = Staff number
mydata-column-name = Name
mydata-column-title = Title
mydata-column-department = Department
mydata-column-role = Role
mydata-column-status = Status
mydata-column-from-date = From
mydata-column-user-id = Account number
mydata-column-chat-id = Chat number
mydata-column-language = Language
mydata-column-muted = Muted
mydata-column-reachable = Reachable
mydata-column-consent-version = Consent version
mydata-column-consent-at = Consented at
mydata-column-bound-at = Bound at
mydata-column-seen-at = First seen at
mydata-column-id = Number
mydata-column-state = State
mydata-column-plan = Plan
mydata-column-account-name = Account name
mydata-column-created-at = Created at
mydata-column-decided-at = Decided at
mydata-column-decided-by = Decided by
mydata-column-at = At
mydata-column-kind = Kind
mydata-column-service-date = Date of service
mydata-column-minutes = Minutes
mydata-column-starts-at-minute = Start
mydata-column-ends-at-minute = End
mydata-column-text = Text
mydata-column-late-reason = Reason for lateness
mydata-column-version = Version
mydata-column-supersedes = Supersedes
mydata-column-source = Source message
mydata-column-checkin-id = Check-in
mydata-column-by = By
mydata-column-act = Act
mydata-column-from-state = From state
mydata-column-to-state = To state
mydata-column-note = Note
mydata-column-file-id = File
mydata-column-unique-id = File mark
mydata-column-local-date = Date
mydata-column-facts = Parameters
mydata-column-reason = Reason
mydata-column-not-before-at = Planned for
mydata-column-settled-at = Settled at
mydata-column-data = Data
mydata-column-changed-at = Changed at
mydata-column-received-at = Received at
mydata-column-body = Text (blanked once handled)
mydata-column-action = Action
mydata-column-before = Before
mydata-column-after = After
mydata-column-file-name = Attachment
mydata-column-audience = Audience
mydata-column-deadline = Deadline
mydata-column-send-at = Scheduled for
mydata-column-planned-at = Sent from
mydata-column-approved-at = Approved at
mydata-column-notice-id = Notice
mydata-column-fate = What became of it
mydata-column-answered-at = Answered at
mydata-column-told-at = Told in person at
mydata-column-round = Round
mydata-column-telling = To be told in person
mydata-column-told-by = Told by
mydata-column-until-date = Last day
mydata-column-granted-at = Granted at
mydata-column-granted-by = Granted by
mydata-column-revoked-at = Taken away at
mydata-column-ended-at = Ended at
mydata-column-expires-at = Expires at
mydata-column-import-id = Import
mydata-column-posting = Posting of that day
mydata-column-missing-state = Missing people
mydata-column-applied-at = Applied at
mydata-column-uses-left = Uses left
mydata-column-for-whom = For whom
mydata-column-created-by = Created by
mydata-column-invite-id = Invite
mydata-column-replaces = Account it replaces
mydata-column-revoked-by = Revoked by
mydata-column-ended-by = Ended by
mydata-column-file-kind = Kind of file
mydata-column-answer = Answer wanted
mydata-column-important = Important
mydata-column-reach = Reach
mydata-column-outside-hours = Outside hours
mydata-column-approved-by = Approved by
mydata-column-authority = Sent by
mydata-column-matter = Matter
mydata-column-late-at = Late at
mydata-column-tries = Tries
mydata-column-message-id = Message
mydata-column-due-at = Due at
mydata-column-update-id = Update
mydata-column-about = About

mydata-value-self = yourself
mydata-value-other = somebody else
mydata-value-submitted = submitted
mydata-value-more-info = more information asked
mydata-value-returned = returned
mydata-value-confirmed = confirmed
mydata-value-withdrawn = withdrawn
mydata-value-voided = voided
mydata-value-pending = pending
mydata-value-approved = approved
mydata-value-rejected = rejected
mydata-value-skipped = skipped
mydata-value-parked = set aside
mydata-value-applied = applied
mydata-value-cancelled = cancelled
mydata-value-undone = undone
mydata-value-proposed = proposed
mydata-value-none = none
mydata-value-kept = kept
mydata-value-submit = submitted
mydata-value-change = corrected
mydata-value-explain = explained
mydata-value-photo = photo added
mydata-value-withdraw = withdrawn
mydata-value-confirm = confirmed
mydata-value-return = returned
mydata-value-ask = asked
mydata-value-resubmit = submitted again
mydata-value-undo = confirmation undone
mydata-value-void = voided
mydata-value-planned = planned
mydata-value-closed = ended
mydata-value-paused = paused
mydata-value-stopped = stopped
mydata-value-send = to be sent
mydata-value-not-bound = not bound
mydata-value-on-leave = on leave
mydata-value-unreachable = has blocked the bot
mydata-value-budget = over this week's budget
mydata-value-notice-people-withdrawn = has left
mydata-value-messages-withdrawn = has left
mydata-value-messages-recalled = the notice was recalled
mydata-value-messages-answered = answered already
mydata-value-messages-vanished = the message was deleted
mydata-value-occurrences-notice = notice
mydata-value-missed = sent once more
mydata-value-unanswered = reminded
mydata-value-done = done
mydata-value-taps-read = read
mydata-value-taps-done = done today
mydata-value-attempts-code = wrong code
mydata-value-attempts-claim = number and name do not fit
mydata-value-notices-photo = photo
mydata-value-notices-document = document
mydata-value-zh = Chinese
mydata-value-en = English
mydata-value-messages-calendar = working calendar
mydata-value-messages-checkins = check-in reviewed
mydata-value-messages-conflict = how the bot runs
mydata-value-messages-grants = roles
mydata-value-messages-memo = working reminder
mydata-value-messages-mirror = how the bot runs
mydata-value-messages-morning = morning message
mydata-value-messages-night = backup
mydata-value-messages-notice = notice
mydata-value-messages-parked = how the bot runs
mydata-value-messages-plan = plan
mydata-value-messages-registration = registration
mydata-value-messages-remind = reminders
mydata-value-messages-reminder = reminder
mydata-value-messages-restored = how the bot runs
mydata-value-messages-work = work waiting
