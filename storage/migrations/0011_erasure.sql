-- Somebody who is erased is looked for among all who were told in person. Hardly any row is in it: most tell nobody anything.
CREATE INDEX notice_people_told ON notice_people (told_by) WHERE told_by IS NOT NULL
