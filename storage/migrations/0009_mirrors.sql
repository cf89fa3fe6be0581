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
