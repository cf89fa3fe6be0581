-- Instants are UTC milliseconds (BIGINT), local dates are ISO text, truth values are 0 and 1, lists and facts are JSON text.

-- What Telegram sent: stored before it is acknowledged, its body blanked once it is handled.
CREATE TABLE inbox (
    id $KEY,
    update_id BIGINT NOT NULL UNIQUE,
    chat_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',      -- pending, done, parked
    tries INTEGER NOT NULL DEFAULT 0,
    outcome TEXT                                -- what its effect came to, kept in the effect's own transaction
);
CREATE INDEX inbox_pending ON inbox (id) WHERE state = 'pending';

-- Where each person stands in a dialogue; written in the transaction that marks the update done.
CREATE TABLE dialogs (
    key TEXT PRIMARY KEY,
    state TEXT,
    data TEXT NOT NULL DEFAULT '{}',
    changed_at BIGINT NOT NULL
);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE audit (
    id $KEY,
    at BIGINT NOT NULL,
    actor_user BIGINT,                          -- none: the command line or the program itself
    actor_person BIGINT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    before TEXT NOT NULL DEFAULT '',
    after TEXT NOT NULL DEFAULT ''
);

CREATE TABLE departments (
    id $KEY,
    parent_id BIGINT REFERENCES departments (id),
    name TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    trail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX departments_trail ON departments (trail);

-- Names stand here and nowhere else, so that they can be erased.
CREATE TABLE people (
    id $KEY,
    staff_number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    department_id BIGINT NOT NULL REFERENCES departments (id),
    role TEXT NOT NULL DEFAULT 'staff',
    status TEXT NOT NULL DEFAULT 'active'
);
CREATE INDEX people_department ON people (department_id, status);
CREATE INDEX people_role ON people (role, department_id);
CREATE INDEX people_claimed ON people (UPPER(staff_number));

-- Who was where in which status from which day on, so that any past figure can be counted again.
CREATE TABLE postings (
    person_id BIGINT NOT NULL REFERENCES people (id),
    from_date TEXT NOT NULL,
    department_id BIGINT NOT NULL REFERENCES departments (id),
    status TEXT NOT NULL,
    PRIMARY KEY (person_id, from_date)
);

CREATE TABLE imports (
    id $KEY,
    digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    entries TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'proposed',     -- proposed, applied, cancelled
    missing_state TEXT NOT NULL DEFAULT 'none', -- none, proposed, applied, kept
    created_by BIGINT,
    created_at BIGINT NOT NULL
);

-- A Telegram account that has spoken to us. Its Telegram name is not kept.
CREATE TABLE accounts (
    user_id BIGINT PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    person_id BIGINT UNIQUE REFERENCES people (id),
    language TEXT,
    muted INTEGER NOT NULL DEFAULT 0,
    reachable INTEGER NOT NULL DEFAULT 1,
    consent_version INTEGER,
    consent_at BIGINT,
    bound_at BIGINT,
    seen_at BIGINT NOT NULL
);

CREATE TABLE invites (
    id $KEY,
    code_hash TEXT NOT NULL UNIQUE,
    department_id BIGINT NOT NULL REFERENCES departments (id),
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    uses_left INTEGER NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE registrations (
    id $KEY,
    user_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    invite_id BIGINT REFERENCES invites (id),
    account_name TEXT NOT NULL,                 -- blanked once decided
    state TEXT NOT NULL DEFAULT 'pending',      -- pending, approved, rejected, withdrawn
    replaces BIGINT,                            -- the account that the person was bound to when this one asked
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BIGINT
);
CREATE UNIQUE INDEX registrations_open ON registrations (user_id) WHERE state = 'pending';
CREATE INDEX registrations_person ON registrations (person_id, state);

-- Wrong codes and wrong names, for as long as they lock an account.
CREATE TABLE attempts (
    id $KEY,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                         -- code, claim
    at BIGINT NOT NULL
);
CREATE INDEX attempts_user ON attempts (user_id, at);
CREATE INDEX attempts_at ON attempts (at);

CREATE TABLE checkins (
    id $KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    department_id BIGINT NOT NULL REFERENCES departments (id),
    service_date TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    starts_at INTEGER,
    ends_at INTEGER,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    late_reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    supersedes BIGINT REFERENCES checkins (id),
    source TEXT UNIQUE                          -- the message it came from, chat/message: an edited message finds its record
);
CREATE INDEX checkins_person ON checkins (person_id, service_date);
CREATE INDEX checkins_counted ON checkins (department_id, service_date, person_id, minutes) WHERE state = 'confirmed';
CREATE INDEX checkins_waiting ON checkins (id) WHERE state = 'submitted';
CREATE INDEX checkins_superseded ON checkins (supersedes) WHERE supersedes IS NOT NULL;

-- Every change of a check-in: who, when, why.
CREATE TABLE checkin_events (
    id $KEY,
    checkin_id BIGINT NOT NULL REFERENCES checkins (id),
    at BIGINT NOT NULL,
    actor_user BIGINT NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    version INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX checkin_events_checkin ON checkin_events (checkin_id, id);

-- What somebody said he did, waiting for his 确认; forgotten after a week.
CREATE TABLE checkin_drafts (
    id $KEY,
    user_id BIGINT NOT NULL,
    facts TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX checkin_drafts_at ON checkin_drafts (at);

CREATE TABLE checkin_photos (
    checkin_id BIGINT NOT NULL REFERENCES checkins (id),
    unique_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (checkin_id, unique_id)
);
CREATE INDEX checkin_photos_unique ON checkin_photos (unique_id);

-- The phrase and the duty of each working day, chosen once.
CREATE TABLE day_contents (
    local_date TEXT PRIMARY KEY,
    phrase_id TEXT NOT NULL,
    duty_id TEXT NOT NULL
);

CREATE TABLE taps (
    local_date TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,                         -- read, done
    at BIGINT NOT NULL,
    PRIMARY KEY (local_date, person_id, kind)
);

-- One occurrence per plan and local date, one outbox row per person.
CREATE TABLE occurrences (
    id $KEY,
    plan TEXT NOT NULL,
    local_date TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    late_at BIGINT NOT NULL,                    -- from then on it is skipped(late), not sent
    state TEXT NOT NULL DEFAULT 'planned',      -- planned, closed, skipped (missed)
    UNIQUE (plan, local_date)
);

-- What is to be said without being asked: kind and facts, never words.
CREATE TABLE outbox (
    id $KEY,
    key TEXT NOT NULL UNIQUE,                   -- what makes it one message: written twice, sent once
    occurrence_id BIGINT REFERENCES occurrences (id),
    person_id BIGINT REFERENCES people (id),
    user_id BIGINT,                             -- the account, where it is not a person of the roster
    kind TEXT NOT NULL,
    facts TEXT NOT NULL DEFAULT '{}',
    once INTEGER NOT NULL DEFAULT 0,            -- 1: at most once, an uncertain sending is unknown and not repeated
    urgency INTEGER NOT NULL,                   -- lower goes first
    not_before BIGINT NOT NULL,
    late_at BIGINT,
    state TEXT NOT NULL DEFAULT 'pending',
    reason TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,         -- how often its sender died in the middle
    owner TEXT,
    lease_until BIGINT,
    message_id BIGINT,
    settled_at BIGINT
);
CREATE INDEX outbox_pending ON outbox (urgency, not_before, id) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_person ON outbox (person_id, state);
CREATE INDEX outbox_user ON outbox (user_id, kind);
CREATE INDEX outbox_occurrence ON outbox (occurrence_id, state) WHERE occurrence_id IS NOT NULL;

CREATE TABLE calendar_days (
    local_date TEXT PRIMARY KEY,
    is_off INTEGER NOT NULL,
    source TEXT NOT NULL,                       -- unit, year: the unit's own word wins
    reason TEXT NOT NULL DEFAULT ''
)
