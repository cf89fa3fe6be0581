-- What the office and the leaders tell many people at once.

-- From draft to done; its text is HTML that was made safe when it came in, its audience JSON that is evaluated when it is sent.
CREATE TABLE notices (
    id $KEY,
    author_user BIGINT NOT NULL,
    author_person BIGINT,
    state TEXT NOT NULL DEFAULT 'draft',        -- draft, waiting, scheduled, sending, paused, done, stopped, cancelled
    text TEXT NOT NULL DEFAULT '',
    file_kind TEXT,                             -- photo, document
    file_id TEXT,
    file_name TEXT NOT NULL DEFAULT '',
    answer INTEGER NOT NULL DEFAULT 0,          -- 1: with a button that says it was read
    deadline TEXT,
    important INTEGER NOT NULL DEFAULT 0,
    audience TEXT NOT NULL DEFAULT '{}',
    reach TEXT NOT NULL DEFAULT '',             -- the subtree that it may go to at most: its sender's own
    send_at BIGINT,                             -- none: at once
    outside_hours INTEGER NOT NULL DEFAULT 0,   -- 1: confirmed twice
    authority BIGINT NOT NULL,                  -- the account whose right to send it rests upon: its author's, or who took it over
    approved_by BIGINT,
    approved_at BIGINT,
    round INTEGER NOT NULL DEFAULT 0,           -- how often it was planned
    planned_at BIGINT,
    version INTEGER NOT NULL DEFAULT 1,         -- grows with every change; every transition is a compare-and-set on it
    created_at BIGINT NOT NULL,
    source TEXT                                 -- the message its content came in, chat/message: an edited one finds it
);
CREATE INDEX notices_source ON notices (source) WHERE source IS NOT NULL;
CREATE INDEX notices_author ON notices (author_user, id);
CREATE INDEX notices_due ON notices (send_at) WHERE state = 'scheduled';
CREATE INDEX notices_waiting ON notices (id) WHERE state = 'waiting';

-- Whom a notice was for when it was planned, and why somebody did not get it.
CREATE TABLE notice_people (
    notice_id BIGINT NOT NULL REFERENCES notices (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    department_id BIGINT NOT NULL,              -- at that moment
    fate TEXT NOT NULL,                         -- send, not_bound, withdrawn, on_leave, unreachable, budget
    answered_at BIGINT,
    told_at BIGINT,                             -- in person
    told_by BIGINT,
    PRIMARY KEY (notice_id, person_id)
);
CREATE INDEX notice_people_person ON notice_people (person_id);
CREATE INDEX notice_people_department ON notice_people (notice_id, department_id);

-- Saved groups: facts that are evaluated anew each time, never a list of people.
CREATE TABLE audiences (
    id $KEY,
    name TEXT NOT NULL,
    owner_user BIGINT NOT NULL,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (owner_user, name)
);

-- Who has withdrawn his consent is asked for each audience.
CREATE INDEX audit_left ON audit (subject) WHERE action = 'leave';
