-- The working hours are one setting with both their ends, as the contract names it.
INSERT INTO settings (name, value, changed_at)
SELECT 'work_hours',
    '[' || COALESCE(MAX(CASE name WHEN 'work_from' THEN value END), '480') || ', '
        || COALESCE(MAX(CASE name WHEN 'work_until' THEN value END), '1080') || ']',
    MAX(changed_at)
FROM settings WHERE name IN ('work_from', 'work_until') HAVING COUNT(*) > 0;

DELETE FROM settings WHERE name IN ('work_from', 'work_until')
