-- What the installation remembers of itself: the audit's salt, which night was kept, whether sending is held.
CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The audit becomes a chain: each row's hash covers the row and the hash before it. What may be blanked later (an
-- account's number, the words of before and after) stands in the hash as a salted digest only.
UPDATE audit SET subject = 'person:' || subject WHERE action IN ('roster-changed', 'roster-left')
    AND subject NOT LIKE 'person:%';
UPDATE audit SET subject = '' WHERE subject LIKE 'account:%';
ALTER TABLE audit ADD COLUMN actor_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN details_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_subject ON audit (subject, id);
CREATE INDEX audit_person ON audit (actor_person, id);

-- Appended, never altered: only a row not yet sealed gets its seal, only an account's number and details are blanked.
$SQLITE CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
    WHEN NOT (OLD.hash = '' OR (
        NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.actor_person IS OLD.actor_person AND NEW.action = OLD.action
        AND NEW.subject = OLD.subject AND NEW.actor_digest = OLD.actor_digest
        AND NEW.details_digest = OLD.details_digest AND NEW.hash = OLD.hash
        AND (NEW.actor_user IS OLD.actor_user OR NEW.actor_user IS NULL)
        AND ((NEW.before = OLD.before AND NEW.after = OLD.after) OR (NEW.before = '' AND NEW.after = ''))))
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only')$; END;
$SQLITE CREATE TRIGGER audit_stays BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only')$; END;
$POSTGRES CREATE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the audit is append-only''$; END';
$POSTGRES CREATE TRIGGER audit_kept BEFORE UPDATE ON audit FOR EACH ROW
    WHEN (NOT (OLD.hash = '' OR (
        NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.actor_person IS NOT DISTINCT FROM OLD.actor_person
        AND NEW.action = OLD.action AND NEW.subject = OLD.subject AND NEW.actor_digest = OLD.actor_digest
        AND NEW.details_digest = OLD.details_digest AND NEW.hash = OLD.hash
        AND (NEW.actor_user IS NOT DISTINCT FROM OLD.actor_user OR NEW.actor_user IS NULL)
        AND ((NEW.before = OLD.before AND NEW.after = OLD.after) OR (NEW.before = '' AND NEW.after = '')))))
    EXECUTE FUNCTION audit_refused();
$POSTGRES CREATE TRIGGER audit_stays BEFORE DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refused();
