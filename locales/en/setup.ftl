setup-welcome = Hello! You own this bot. Five steps and it is open; send /start at any time to come back here.
setup-welcome-done = Welcome back! Your unit is up and running.
setup-welcome-back = Welcome back! The set-up list is below; send /start at any time to come back to it.
setup-head = <b>Set-up list</b>
setup-head-done = <b>Set-up list</b>  ✅ all five steps are done
setup-line = { $mark } { $text }
setup-unit = Unit: <b>{ $name }</b>, period: { $period }, target: { $target }%
setup-roster =
    { $people ->
        [0] Roster: not imported yet
       *[other] Roster: { $people } people, { $departments } departments
    }
setup-leaders =
    { $departments ->
        [0] Leaders: in the roster's 角色 column
       *[other] Departments with a leader: { $led } of { $departments }
    }
setup-invites = Departments with an invite link: { $invites }; people bound: { $bound }
setup-morning = Morning message: working days at { $at }; look at the next one first
setup-button-unit = 1 Unit and target
setup-button-roster = 2 Roster
setup-button-leaders = 3 Leaders
setup-button-invites = 4 Invite links
setup-button-morning = 5 The next morning message
setup-button-more-invites = A link of another department
setup-button-list = ‹ Set-up list
setup-no-roster = There is no roster yet. Press “‹ Set-up list”, then “2 Roster”, to import it.
setup-leaders-head = <b>Leaders</b>  They come from the roster's 角色 column: put 科室负责人 there and import it again. Where a department has none, the department above or the office decides.
setup-leader-line = · { $department }: { $names }
setup-no-leader = · { $department }: <b>none</b>
setup-invite-button = { $mark }{ $department }
setup-invites-head = <b>Invite links</b>  Press a department for a link, then forward it to the people of that department (and those below it). Those marked ✓ have a link that works.
setup-invited =
    Invite link of <b>{ $department }</b> (valid for { $days } days):

    { $link }

    For people of this department only. Each press makes a new link; it is shown this once.
setup-no-department = There is no such department any more; please choose again.
setup-button-revoke = 🚫 Revoke all links
setup-button-revoke-yes = Revoke them
setup-revoke-ask = Revoke all invite links? They end at once; whoever is registered stays so, and new links can be made afterwards.
setup-revoked = { $count } invite links were revoked.
