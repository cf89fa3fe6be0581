-- What is sent unasked, as data, and how much of it anybody gets.

-- Unasked messages count in the week's budget, unless they are free: a notice that is marked important.
ALTER TABLE outbox ADD COLUMN free INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_counted ON outbox (settled_at, person_id)
    WHERE urgency = 2 AND free = 0 AND kind <> 'morning' AND kind <> 'digest' AND state <> 'pending';
