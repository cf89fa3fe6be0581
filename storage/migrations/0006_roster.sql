-- The life of a roster: what an import changed, where a department went, codes for one person.

ALTER TABLE imports ADD COLUMN applied_at BIGINT;
ALTER TABLE imports ADD COLUMN departments TEXT NOT NULL DEFAULT '[]';  -- those it made

-- What the last import changed, kept as long as it can be undone: there are names in it.
CREATE TABLE import_changes (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    act TEXT NOT NULL,                          -- added, changed, left
    before TEXT NOT NULL,                       -- the roster's columns; empty: there was nobody
    after TEXT NOT NULL,
    from_date TEXT NOT NULL,                    -- of the posting that it began
    posting TEXT NOT NULL DEFAULT '',           -- of the same day, which it wrote over
    PRIMARY KEY (import_id, person_id)
);
CREATE INDEX import_changes_person ON import_changes (person_id);
-- Somebody who is taken out again is looked for wherever a person may stand.
CREATE INDEX taps_person ON taps (person_id);

-- A closed department keeps its past; nobody is put into it any more.
ALTER TABLE departments ADD COLUMN closed_on TEXT;
ALTER TABLE departments ADD COLUMN merged_into BIGINT REFERENCES departments (id);

-- A code for one person and nobody else.
ALTER TABLE invites ADD COLUMN person_id BIGINT REFERENCES people (id);
CREATE INDEX invites_person ON invites (person_id) WHERE person_id IS NOT NULL
