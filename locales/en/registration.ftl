registration-how =
    <b>Hello, this is Wenming, the civilized-unit assistant.</b>

    I help the staff of this institution to keep their volunteer record and to know each day's phrase and duty. Taking part is voluntary.

    Please open the invite link of your institution, or send /start with your invite code. If you have none, ask the head of your department or the campaign office.
    Send /privacy to read how personal information is handled.
registration-not-open = Hello, this is Wenming. The roster of this institution is not there yet, so registration is not open. Please come back later.
registration-former = Your registration has ended: by the roster you have left or retired, so checking in and the rest are closed to you. Your past records are kept. If this is wrong, please ask the office, who can restore it.
registration-welcome-back = Welcome back! You are registered; this is what you can do.
registration-bad-code = This invite code cannot be used (it may be wrong, expired, revoked or used up). Please check it, or ask the head of your department or the campaign office for a new link.
registration-locked = Too many tries. Please try again after { $until }. For help, ask the head of your department or the campaign office.
registration-braked = Unusually many checks through this invite link have failed lately, so it rests for a while. Please try again in an hour. The operators know.

registration-consent =
    { $notice }

    Do you agree?
registration-agree = I agree
registration-decline = I do not agree
registration-declined = All right, you are not registered, and this has no consequences for you. Should you wish to take part later, open the invite link again.

registration-ask-number =
    Please send your <b>staff number</b> (the one your institution gave you; the head of your department knows it), together with your name if you like, e.g. ZF004 王芳

    No ID number, no phone number, nothing classified please. To stop, send /cancel.
registration-unread-number = Your staff number is still needed.
registration-unread-name = This does not look like a name.
registration-ask-name =
    Please send your <b>name</b> as it stands in the roster.

    Nothing classified please. To stop, send /cancel.
registration-no-match =
    That does not fit. Please check the staff number and the name and send them again, e.g. ZF004 王芳

    If it keeps failing, or if you have a new phone or account, ask the head of your department or the campaign office.
registration-waiting =
    Submitted. The head of your department or the campaign office will confirm it; you will hear of it here at once.
registration-withdraw = Withdraw registration
registration-withdrawn = Your registration and your consent are withdrawn; what you entered is not used any more.
registration-bound = You are registered, welcome! From the next working day you get one morning message a day (send /mute to turn it off).

registration-card =
    <b>Registration</b>
    Roster: <b>{ $name }</b>  { $number }
    Department: { $department }  { $title }
    { $role ->
        [leader] ⚠️ Role in the roster: head of department (decides in the department)
        [office] ⚠️ Role in the roster: campaign office (manages roster and settings); be sure who it is
        [viewer] ⚠️ Role in the roster: viewer (sees all summaries)
       *[staff] Role in the roster: staff
    }
registration-card-account = Account: <code>{ $name }</code> (ID <code>{ $user }</code>)
registration-card-likeness =
    { $kind ->
        [same] The account's name is the roster's.
        [lookalike] ⚠️ The account's name only looks like the roster's: it has look-alike or hidden characters. Verify in person or by telephone!
       *[different] ⚠️ The account's name is not the roster's. Please verify in person or by telephone first.
    }
registration-card-replaces = ⚠️ This person is bound to another account already (ID <code>{ $user }</code>). It may be a new phone, or somebody else. If you approve, the old account is unbound and told.
registration-approve = Approve
registration-reject = Reject
registration-approved = ✅ Approved: { $who }, { $department }. The person has been told.
registration-rejected = Rejected: { $who }, { $department }. The account has been told.
registration-look-again = ❗ Not approved yet: since this card was shown the person has been bound to an account. Please look again.
registration-left = { $who } has left or retired and cannot be approved. Correct the roster first if that is wrong, else press “Reject”.
registration-settled =
    { $state ->
        [approved] The registration of { $who } has been approved before.
        [rejected] The registration of { $who } has been rejected before.
       *[withdrawn] { $who } has withdrawn the registration.
    }

push-registration-approved = ✅ Your registration is approved, welcome! Send /help to see what you can do.
push-registration-rejected = Your registration was not approved. If you have questions, ask the head of your department or the campaign office.
push-registration-replaced = Your registration has moved to another account; this one is unbound. If that was not you, tell the head of your department or the campaign office at once.
push-registration-alarm =
    { $kind ->
        [code] ⚠️ Very many wrong invite codes within the last hour: somebody may be probing. The accounts are locked, nothing else is needed; if you think a link has leaked, send /start and revoke it under “Invite links”, then make a new one.
       *[claim] ⚠️ Very many wrong staff numbers or names through one invite link within the last hour, so it rests. It may have leaked: send /start and revoke it under “Invite links”, then make a new one.
    }
