-- What the unit has made of phrases and duties: its own ones, its wording of a shipped duty, what it has switched off.
CREATE TABLE contents (
    id $KEY,
    kind TEXT NOT NULL,                         -- phrase, duty
    shipped TEXT UNIQUE,                        -- the id in locales/ that this is about; none: the unit's own
    text TEXT NOT NULL DEFAULT '',              -- empty: the words that ship
    tip TEXT NOT NULL DEFAULT '',               -- how to do it; of a duty what to ask oneself
    avoid TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1,
    version INTEGER NOT NULL DEFAULT 1,
    changed_at BIGINT NOT NULL
);

-- The unit's own words of a day, as they were on that day; empty where all of them are shipped ones.
ALTER TABLE day_contents ADD COLUMN words TEXT NOT NULL DEFAULT ''
