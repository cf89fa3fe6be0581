-- Roles given in chat, beside the roster's own column. A row holds until it is taken away; a deputy's (代理) also ends with a day.
CREATE TABLE grants (
    id $KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,                         -- leader, office, viewer
    department_id BIGINT REFERENCES departments (id),   -- of a leader: it and everything below it
    until_date TEXT,                            -- a deputy's last day; looked at at every read
    granted_by BIGINT,
    granted_at BIGINT NOT NULL,
    revoked_by BIGINT,                          -- none: the person left the roster
    revoked_at BIGINT
);
CREATE INDEX grants_person ON grants (person_id) WHERE revoked_at IS NULL;
CREATE INDEX grants_role ON grants (role, department_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX grants_once ON grants (person_id, role, COALESCE(department_id, 0)) WHERE revoked_at IS NULL;

-- A department's group chat. Its code is shown there and confirmed in private by whoever leads the department.
CREATE TABLE group_codes (
    chat_id BIGINT PRIMARY KEY,
    code_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE group_bindings (
    id $KEY,
    chat_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL REFERENCES departments (id),
    title TEXT NOT NULL,
    bound_by BIGINT NOT NULL,                   -- the account on whose right it stands: without it the binding is over
    bound_at BIGINT NOT NULL,
    ended_by BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX group_bindings_open ON group_bindings (chat_id) WHERE ended_at IS NULL
