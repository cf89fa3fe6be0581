-- What is sent unasked, as data, and how much of it anybody gets.

-- Unasked messages count in the week's budget, unless they are free: a notice that is marked important.
ALTER TABLE outbox ADD COLUMN free INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_counted ON outbox (settled_at, person_id)
    WHERE urgency = 2 AND free = 0 AND kind <> 'morning' AND kind <> 'digest' AND state <> 'pending';

-- What a reminder is about (quarter:2026Q4, notice:12): how often somebody was reminded is counted by it.
ALTER TABLE outbox ADD COLUMN matter TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_matter ON outbox (matter, person_id) WHERE matter <> '';

CREATE TABLE plans (
    id $KEY,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,                         -- which local dates: weekly:1, month:31, quarter_last
    minute INTEGER NOT NULL,                    -- the local time of day; of the morning message it is a setting
    shift TEXT NOT NULL DEFAULT 'none',         -- a date that is no working day: none, next, previous
    audience TEXT NOT NULL DEFAULT '',          -- of a memo: all, leaders, office, viewers
    template TEXT NOT NULL DEFAULT '',          -- of a memo: which of our texts
    text TEXT NOT NULL DEFAULT '',              -- of a memo: the unit's own text instead
    state TEXT NOT NULL DEFAULT 'active',       -- active, paused, ended
    since BIGINT NOT NULL DEFAULT 0,            -- up to which instant the planner has looked; 0: never
    version INTEGER NOT NULL DEFAULT 1
);
INSERT INTO plans (kind, rule, minute, shift) VALUES
    ('morning', 'working', 510, 'none'),
    ('weekly', 'weekly:1', 540, 'next'),
    ('nudge', 'quarter:3:1', 600, 'next'),
    ('deadline', 'deadline:7:3:1', 600, 'previous'),
    ('festival', 'festival:7', 570, 'previous'),
    ('digest', 'weekly:5', 960, 'previous');

-- What is also posted to the unit's own group robots: one row for each robot, so that one that fails holds up no other.
CREATE TABLE mirrors (
    id $KEY,
    key TEXT NOT NULL,                          -- what is posted: notice:12, plan:2:2026-10-19
    robot INTEGER NOT NULL,                     -- which one of MIRROR_URLS
    kind TEXT NOT NULL,                         -- notice, weekly
    facts TEXT NOT NULL,                        -- totals and notices, never people
    state TEXT NOT NULL DEFAULT 'pending',      -- pending, sent, failed
    tries INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL,
    UNIQUE (key, robot)
);
CREATE INDEX mirrors_pending ON mirrors (not_before) WHERE state = 'pending';
