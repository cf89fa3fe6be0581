people-button-entry = Roster entry
people-button-record = Volunteer record
people-button-card = Show the entry
people-button-back = ‹ Back
people-button-yes = ✅ Confirm
people-button-no = Cancel
people-button-day = Other start date
people-button-add = ✅ Add
people-edit-name = Name
people-edit-department = Department
people-edit-title = Title
people-edit-role = Role
people-edit-status = Status
people-ask-search = Whom are you looking for? Send a name or a staff number, or part of it; people who have left are found too. (Nothing classified, please. /cancel stops.)
people-none = Nobody fits; try another spelling.
people-found = { $count } found, press one:
people-too-many = Many fit; these are the first { $count }. Send more of the name or number if the one you want is not among them.
people-head = <b>{ $who }</b>
people-line = { $column }: { $value }
people-account =
    { $state ->
        [bound] account: bound
        [left] account: bound, but has left the bot
       *[none] account: not bound
    }
people-history = Postings:
people-posting =
    · from { $day }  { $department }  { $status ->
        [active] in post
        [on_leave] on leave
        [away] away
        [left] left
       *[retired] retired
    }
people-gone = There is no such person on the roster; it may just have changed.
people-ask-name = What is the new name of { $name }? (Nothing classified, please. /cancel stops; now it is “{ $now }”)
people-ask-title = What is the new title of { $name }? Now it is “{ $now }”; send “none” to empty it. (Nothing classified, please. /cancel stops.)
people-ask-department = Which department does { $name } go to? Send its name, levels joined by “/”. Now it is “{ $now }”. (Nothing classified, please. /cancel stops.)
people-ask-role = What is the new role of { $name }? Now it is “{ $now }”.
people-ask-status = What is the new status of { $name }? Now it is “{ $now }”.
people-ask-day = From which day? Send a date such as yesterday or 2026-09-01. (Nothing classified, please. /cancel stops.)
people-unread-day = I cannot read this date. Try 2026-09-01. (Nothing classified, please.)
people-ask-new =
    Send the staff number, name, department and title (may be left out) with blanks between them, for example:
    CW108 Wang Finance/Audit Clerk

    No ID or phone numbers, nothing classified, please. /cancel stops.
people-add-unread = I cannot read that. Send number, name, department, title in this order with blanks between them; the title may be left out. Where a name has blanks, put each on a line of its own. (Nothing classified, please.)
people-add-sure = Please check; this goes on the roster when you confirm:
people-taken = The staff number { $number } belongs to { $name }. To change that entry press below.
people-taken-gone = The number { $number } belongs to { $name }, who has left or retired; the account and the hours stay with that person. Give the newcomer another number and send it again; if the same person is back, press the button and change the status. (Nothing classified)
people-added = ✅ Added: { $who }, { $department }. Send them the department's invite link to register.
people-not-added = Nobody was added.
people-from = from { $day }
people-replaces = This takes the place of the posting from { $day }.
people-new-department = ⚠️ There is no such department; it is created when you confirm.
people-means =
    { $status ->
        [active] Counts as in post, uses everything.
        [on_leave] Counts as in post, gets no messages.
        [away] Does not count as in post.
       *[other] Does not count as in post and loses access at once; the hours stay with the department.
    }
people-leads = ⚠️ This is a leader, who will lead { $after } and no longer { $before }. Change the role afterwards if that is not meant, and give { $before } a leader.
people-loses-role = The role held now ends with it; on the roster this person is staff.
people-changed = ✅ The entry of { $name } is changed. { $column }: { $after }
people-same = It is “{ $value }” already; nothing was changed.
people-moved-on = This has just been changed by somebody else; nothing was written. Please look at the entry again.
people-own = Nobody changes his own role or status; please ask a colleague of the office or the owner.
people-office = Only the owner makes somebody one of the office, or takes it away.
people-role-of-gone = This person has left or retired. Change the status first.
people-closed = The department is closed. Change the department first, then the status.
people-ambiguous = Several departments are called so; please send the whole path: { $paths } (Nothing classified, please.)
people-bad-day =
    { $kind ->
        [future] The date cannot be after today. Please send another.
        [too_old] That is too long ago. Please send another.
       *[before_last] Something else changed on { $since }; the date cannot be before that. Please send another.
    } (Nothing classified, please.)
people-wrong =
    { $kind ->
        [empty] The { $column } cannot be empty. Please send it again.
        [too_long] The { $column } is too long. Please send a shorter one.
        [control_character] The { $column } has invisible characters. Please type it again.
        [formula] The { $column } cannot begin with “=”. Please send it again.
        [bad_number] The staff number has a wrong form: letters and digits, between them . / - _ only.
        [bad_name] The name needs at least one letter. Please send it again.
        [private_number] The staff number looks like an ID or phone number; use the institution's own numbers.
        [private] In the { $column } there seems to be an ID or phone number: not kept. Please send it again without.
        [too_deep] Too many levels of departments, six at the most.
       *[other] The { $column } is not written right. Please send it again.
    } (Nothing classified, please.)
