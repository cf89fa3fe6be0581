grants-head =
    <b>Roles</b>: { $total } in all{ $pages ->
        [1] { "" }
       *[other] { "," } page { $page } of { $pages }
    }
grants-what =
    { $role ->
        [office] office (创建办)
        [viewer] viewer (领导小组)
        [deputy] deputy leader of { $path } (until { $until })
       *[leader] leader of { $path }
    }
grants-line = · { $what }: { $who }{ $roster ->
    [1] {" "}– roster
   *[other] { "" }
    }
grants-legend = “roster” means the roster's role column; the others were granted in chat. Administrators are named in the program's settings only and are not listed here.
grants-button-give = Grant a role
grants-button-take = Take away: { $name } · { $role ->
    [office] office
    [viewer] viewer
    [deputy] deputy
   *[leader] leader
    }
grants-button-list = Back to the list
grants-button-role =
    { $role ->
        [office] Office (roster, settings, reports)
        [viewer] Viewer (reads all summaries)
        [deputy] Deputy leader (ends by itself)
       *[leader] Department leader
    }
grants-button-yes = Grant it
grants-button-off = Take it away
grants-ask-who = To whom? Send a name or a staff number, a part of it is enough. (Nothing classified; /cancel to stop)
grants-many = Too many people fit. Please send more of the name or the number. (Nothing classified, please.)
grants-nobody = Nobody on the roster fits. Please check the name or the number and send it again. (Nothing classified, please.)
grants-which = Which one is it?
grants-person = <b>{ $who }</b>, { $path }
grants-holds = · Now: { $what }
grants-holds-nothing = · Now: staff
grants-ask-where =
    { $role ->
        [deputy] Deputy leader of which department (those below it included)?
       *[leader] Leader of which department (those below it included)?
    }
grants-ask-until = Until which day (that day included)? For example 30 November, or 2026-11-30. It ends by itself. (Nothing classified; /cancel to stop)
grants-bad-day = That is no date, or it is past, or more than { $days } days away. Please send the last day, for example 2026-11-30. (Nothing classified, please.)
grants-sure = <b>{ $who }</b> will be: <b>{ $what }</b>. It takes effect at once and the person is told.
grants-take-sure =
    <b>{ $who }</b> will no longer be: <b>{ $what }</b>. It takes effect at once and the person is told.{ $roster ->
    [1] {" "}This role comes from the roster: please correct the roster file too, or the next import gives it again.
   *[other] { "" }
    }
grants-given = ✅ Granted to { $who }: { $what }. The person has been told (if bound).
grants-taken = Taken from { $who }: { $what }. The person has been told (if bound).{ $roster ->
    [1] {" "}Please correct the roster file too.
   *[other] { "" }
    }
grants-held = { $who } is already: { $what }.
grants-own = You cannot grant yourself a role. Please ask a colleague of the office or an administrator.
grants-not-yours = You cannot grant or take away this role. Leaders and viewers are for the office or an administrator, the office for an administrator.
grants-gone = Things have changed: this person, department or role is not there now. Please go back to the list.
push-grants-given = You are now: <b>{ $what }</b>. The menu below shows what you may do; send /help for more.
push-grants-taken = You are no longer: <b>{ $what }</b>. The menu below shows what you may do now. Questions: please ask the office.
push-grants-changed = The roster has been updated. Your role now: { $roles }. The menu below shows what you may do; send /help for more. Questions: please ask the office.
