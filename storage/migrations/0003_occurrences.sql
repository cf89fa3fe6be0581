-- An occurrence can be tried on a few first, be paused and be stopped; what all of its messages say stands in it once.
ALTER TABLE occurrences ADD COLUMN canary INTEGER NOT NULL DEFAULT 0;   -- so many must have been sent before the rest goes; 0: passed
ALTER TABLE occurrences ADD COLUMN reason TEXT NOT NULL DEFAULT '';     -- why it is paused
ALTER TABLE occurrences ADD COLUMN author BIGINT;                       -- the account that is told when it pauses by itself
ALTER TABLE occurrences ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';    -- of all its messages; a message's own facts come on top
CREATE INDEX occurrences_running ON occurrences (id) WHERE state IN ('planned', 'paused');

-- One index takes a message of an occurrence to its turn, and counts the occurrence; the other is for single messages.
DROP INDEX outbox_pending;
DROP INDEX outbox_occurrence;
DROP INDEX outbox_person;
CREATE INDEX outbox_occurrence ON outbox (occurrence_id, state, not_before, id) WHERE occurrence_id IS NOT NULL;
CREATE INDEX outbox_single ON outbox (urgency, not_before, id) WHERE state = 'pending' AND occurrence_id IS NULL;
CREATE INDEX outbox_person ON outbox (person_id)
