-- A group that has become another one: the number it had, and the one it has. What was said to the old one finds the new.
CREATE TABLE group_moves (
    old_chat BIGINT PRIMARY KEY,
    new_chat BIGINT NOT NULL
);

-- Whom a plan's text is for: people of these departments, all below them included (their ids; empty: the whole unit).
ALTER TABLE plans ADD COLUMN places TEXT NOT NULL DEFAULT ''
