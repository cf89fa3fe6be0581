status-head = <b>Status</b>  version { $version } ({ $database })
status-ready = Running since: { $at }
status-updates = Incoming: { $done } handled, { $pending } under way
status-parked = ⚠️ { $count } set aside (failed three times, see the log)

status-morning = <b>Today's morning message</b>: planned { $planned } = sent { $sent } + failed { $failed } + skipped { $skipped } + unknown { $unknown } + pending { $pending } + sending { $sending }
status-morning-off = <b>Today's morning message</b>: today is a day off, none is sent.
status-morning-coming = <b>Today's morning message</b>: not due yet.
status-morning-paused = <b>Today's morning message</b>: paused; /schedule starts it again.
status-morning-missed = <b>Today's morning message</b>: ⚠️ not sent, the program was not running.
status-state-failed = failed
status-state-skipped = skipped
status-state-unknown = unknown
status-state-pending = pending
status-state-sending = sending
status-state-sent = sent
status-reason = · { $state } ({ $reason }): { $count }
status-missed = ⚠️ Not sent on { $count } working days of the last 30 days:
status-missed-day = · { $day }
status-next = Next morning message: { $at }
status-outbox = All messages nobody asked for: { $sent } sent, { $failed } failed, { $skipped } skipped, { $unknown } unknown, { $pending } pending, { $sending } sending
status-waiting = ⚠️ The oldest has been waiting for { $minutes } minutes
status-bound = People in post: { $bound } bound, { $unbound } not bound
status-silent = Muted: { $muted }, have stopped the bot: { $unreachable }
status-terms = Past their term and forgotten: { $at }, { $count }
status-held = ⚠️ Restored from a backup and not looked at yet: the bot only answers; an owner must press “Resume sending”
status-year-published = Working days of { $year }: as published by the State Council
status-year-provisional = Working days of { $year }: not entered yet, estimated from the holidays fixed by law (enter them in /settings, “Working days”)
