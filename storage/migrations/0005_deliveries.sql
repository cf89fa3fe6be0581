-- What happens to a notice after it was sent.

-- Every round after the first one: whom it is for, who asked for it.
CREATE TABLE notice_rounds (
    notice_id BIGINT NOT NULL REFERENCES notices (id),
    round INTEGER NOT NULL,
    reason TEXT NOT NULL,                       -- missed, unanswered
    by_user BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (notice_id, round)
);

-- What was sent is edited (correct) or taken away (recall); what had not left yet says the new text by itself.
CREATE TABLE notice_changes (
    id $KEY,
    notice_id BIGINT NOT NULL REFERENCES notices (id),
    act TEXT NOT NULL,                          -- correct, recall
    before TEXT NOT NULL,                       -- the text that it replaces
    by_user BIGINT NOT NULL,
    at BIGINT NOT NULL,
    occurrence_id BIGINT REFERENCES occurrences (id),
    flying TEXT NOT NULL DEFAULT ''             -- the messages that were on their way just then, ",7,8,": to follow
);
-- 线下转达: decided when a round has come to its end.
ALTER TABLE notice_people ADD COLUMN telling INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notice_people_telling ON notice_people (notice_id) WHERE telling = 1 AND told_at IS NULL;

CREATE INDEX notice_changes_notice ON notice_changes (notice_id, id);
CREATE INDEX notice_changes_flying ON notice_changes (id) WHERE flying <> ''
