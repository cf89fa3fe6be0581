-- Who did something to a check-in, as a person: an account may be unbound or given up for another, and the same person
-- is the same reviewer with either. None: somebody who was on no roster (an owner).
ALTER TABLE checkin_events ADD COLUMN actor_person BIGINT;

UPDATE checkin_events SET actor_person = CASE
    WHEN act IN ('submit', 'change', 'withdraw', 'resubmit', 'explain', 'photo')
        THEN (SELECT c.person_id FROM checkins c WHERE c.id = checkin_id)
    ELSE COALESCE(
        (SELECT MAX(w.actor_person) FROM audit w
            WHERE w.subject = 'checkin:' || CAST(checkin_id AS TEXT) AND w.actor_user = checkin_events.actor_user),
        (SELECT a.person_id FROM accounts a WHERE a.user_id = actor_user)) END
