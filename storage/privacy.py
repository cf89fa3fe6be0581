"""Everything that is kept about one person, table by table; of anybody else at most that it was somebody else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from storage.engine import Tx

# Of an account's number: his own, or that it was somebody else's.
BY = "CASE WHEN e.actor_user = :user OR e.actor_person = :person THEN 'self' ELSE 'other' END"
WHO = "CASE WHEN $ IS NULL THEN '' WHEN $ = :user THEN 'self' ELSE 'other' END"
SUBJECT = "'person:' || CAST(CAST(:person AS BIGINT) AS TEXT)"

# Section: the columns as they are handed out, and the query; :user is the account, :person the roster entry.
SECTIONS: Mapping[str, tuple[str, str]] = {
    "roster": (
        "staff_number name title department role status",
        "SELECT p.staff_number, p.name, p.title, d.path, p.role, p.status FROM people p"
        " JOIN departments d ON d.id = p.department_id WHERE p.id = :person",
    ),
    "postings": (
        "from_date department status",
        "SELECT o.from_date, d.path, o.status FROM postings o JOIN departments d ON d.id = o.department_id"
        " WHERE o.person_id = :person ORDER BY o.from_date",
    ),
    "import_changes": (
        "import_id act before after from_date posting",
        "SELECT import_id, act, before, after, from_date, posting FROM import_changes WHERE person_id = :person",
    ),
    # Whom a file named is none of this person's data, that he sent it is.
    "imports": (
        "id file_name state missing_state created_at applied_at",
        "SELECT id, file_name, state, missing_state, created_at, applied_at FROM imports WHERE created_by = :user"
        " ORDER BY id",
    ),
    "account": (
        "user_id chat_id language muted reachable consent_version consent_at bound_at seen_at",
        "SELECT user_id, chat_id, language, muted, reachable, consent_version, consent_at, bound_at, seen_at"
        " FROM accounts WHERE user_id = :user",
    ),
    "registrations": (
        "id invite_id state account_name replaces created_at decided_at decided_by",
        "SELECT id, invite_id, state, account_name, CASE WHEN person_id = :person THEN replaces END, created_at,"
        f" decided_at, {WHO.replace('$', 'decided_by')} FROM registrations"
        " WHERE user_id = :user OR (person_id = :person AND state = 'approved') ORDER BY id",
    ),
    "invites": (
        "id department for_whom created_by created_at expires_at uses_left revoked_at",
        "SELECT i.id, d.path, CASE WHEN i.person_id IS NULL THEN '' WHEN i.person_id = :person THEN 'self'"
        f" ELSE 'other' END, {WHO.replace('$', 'i.created_by')}, i.created_at, i.expires_at, i.uses_left,"
        " i.revoked_at FROM invites i JOIN departments d ON d.id = i.department_id"
        " WHERE i.person_id = :person OR i.created_by = :user ORDER BY i.id",
    ),
    "grants": (
        "role department until_date granted_at granted_by revoked_at revoked_by",
        f"SELECT g.role, d.path, g.until_date, g.granted_at, {WHO.replace('$', 'g.granted_by')}, g.revoked_at,"
        f" {WHO.replace('$', 'g.revoked_by')} FROM grants g LEFT JOIN departments d ON d.id = g.department_id"
        " WHERE g.person_id = :person ORDER BY g.id",
    ),
    "group_bindings": (
        "chat_id title department bound_at ended_at ended_by",
        f"SELECT b.chat_id, b.title, d.path, b.bound_at, b.ended_at, {WHO.replace('$', 'b.ended_by')}"
        " FROM group_bindings b JOIN departments d ON d.id = b.department_id WHERE b.bound_by = :user ORDER BY b.id",
    ),
    "group_codes": (
        "chat_id title expires_at",
        "SELECT chat_id, title, expires_at FROM group_codes WHERE asked_by = :user ORDER BY chat_id",
    ),
    "attempts": ("at kind", "SELECT at, kind FROM attempts WHERE user_id = :user ORDER BY id"),
    "checkins": (
        "id service_date minutes starts_at_minute ends_at_minute text state late_reason department version created_at"
        " supersedes source",
        "SELECT c.id, c.service_date, c.minutes, c.starts_at, c.ends_at, c.text, c.state, c.late_reason, d.path,"
        " c.version, c.created_at, c.supersedes, c.source FROM checkins c"
        " JOIN departments d ON d.id = c.department_id WHERE c.person_id = :person ORDER BY c.id",
    ),
    "checkin_events": (
        "checkin_id at by act from_state to_state version note",
        f"SELECT e.checkin_id, e.at, {BY}, e.act, e.from_state,"
        " e.to_state, e.version, e.note FROM checkin_events e JOIN checkins c ON c.id = e.checkin_id"
        " WHERE c.person_id = :person ORDER BY e.checkin_id, e.id",
    ),
    # What he has decided over others; his words about them are theirs.
    "checkin_reviews": (
        "checkin_id at act from_state to_state",
        "SELECT e.checkin_id, e.at, e.act, e.from_state, e.to_state FROM checkin_events e"
        " JOIN checkins c ON c.id = e.checkin_id WHERE (e.actor_user = :user OR e.actor_person = :person)"
        " AND c.person_id <> :person ORDER BY e.id",
    ),
    "checkin_drafts": ("id facts at", "SELECT id, facts, at FROM checkin_drafts WHERE user_id = :user ORDER BY id"),
    "checkin_photos": (
        "checkin_id file_id unique_id at",
        "SELECT h.checkin_id, h.file_id, h.unique_id, h.at FROM checkin_photos h"
        " JOIN checkins c ON c.id = h.checkin_id WHERE c.person_id = :person ORDER BY h.checkin_id, h.at",
    ),
    "taps": ("local_date kind at", "SELECT local_date, kind, at FROM taps WHERE person_id = :person ORDER BY at"),
    "notices": (
        "id state text file_kind file_id file_name answer important audience reach deadline send_at outside_hours"
        " created_at planned_at round version source authority approved_by approved_at",
        "SELECT id, state, text, file_kind, file_id, file_name, answer, important, audience, reach, deadline, send_at,"
        f" outside_hours, created_at, planned_at, round, version, source, {WHO.replace('$', 'authority')},"
        f" {WHO.replace('$', 'approved_by')}, approved_at FROM notices"
        " WHERE author_user = :user OR author_person = :person ORDER BY id",
    ),
    "audiences": (
        "id name facts created_at",
        "SELECT id, name, facts, created_at FROM audiences WHERE owner_user = :user ORDER BY id",
    ),
    "notice_people": (
        "notice_id department fate answered_at telling told_at told_by",
        "SELECT n.notice_id, d.path, n.fate, n.answered_at, n.telling, n.told_at,"
        f" {WHO.replace('$', 'n.told_by')} FROM notice_people n"
        " JOIN departments d ON d.id = n.department_id WHERE n.person_id = :person ORDER BY n.notice_id",
    ),
    "notice_rounds": (
        "notice_id round reason at",
        "SELECT notice_id, round, reason, at FROM notice_rounds WHERE by_user = :user ORDER BY notice_id, round",
    ),
    "notice_changes": (
        "id notice_id act before at",
        "SELECT id, notice_id, act, before, at FROM notice_changes WHERE by_user = :user ORDER BY id",
    ),
    "notice_tellings": (
        "notice_id told_at",
        "SELECT notice_id, told_at FROM notice_people WHERE told_by = :user ORDER BY notice_id, told_at",
    ),
    "occurrences": (
        "plan local_date due_at late_at state reason",
        "SELECT plan, local_date, due_at, late_at, state, reason FROM occurrences WHERE author = :user ORDER BY id",
    ),
    "messages": (
        "id kind facts matter state reason tries not_before_at late_at settled_at message_id",
        "SELECT id, kind, facts, matter, state, reason, tries, not_before, late_at, settled_at, message_id FROM outbox"
        " WHERE person_id = :person OR user_id = :user ORDER BY id",
    ),
    "dialogs": (
        "state data changed_at",
        "SELECT state, data, changed_at FROM dialogs WHERE key LIKE '%:' || CAST(CAST(:user AS BIGINT) AS TEXT)",
    ),
    "updates": (
        "update_id received_at state tries body",
        "SELECT update_id, received_at, state, tries, body FROM inbox WHERE chat_id = :user ORDER BY id",
    ),
    "audit": (
        "id at by action about before after",
        "SELECT id, at, CASE WHEN actor_user = :user OR actor_person = :person THEN 'self' ELSE 'other' END, action,"
        f" CASE WHEN subject = {SUBJECT} THEN 'self' ELSE '' END,"
        f" CASE WHEN subject = {SUBJECT} THEN before ELSE '' END, CASE WHEN subject = {SUBJECT} THEN after ELSE '' END"
        f" FROM audit WHERE actor_user = :user OR actor_person = :person OR subject = {SUBJECT} ORDER BY id",
    ),
}


async def collect(tx: Tx, user_id: int, person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Section to rows."""
    given = {":user": user_id, ":person": person_id}
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for section, (columns, query) in SECTIONS.items():
        args = [given[name] for name in re.findall(":user|:person", query)]
        rows = await tx.fetch(re.sub(":user|:person", "?", query), *args)
        found[section] = [dict(zip(columns.split(), row, strict=True)) for row in rows]
    return found


async def find_consent(tx: Tx, user_id: int) -> tuple[int, int] | None:
    """Which version was consented to, and when."""
    row = await tx.row(
        "SELECT consent_version, consent_at FROM accounts WHERE user_id = ? AND consent_version IS NOT NULL", user_id
    )
    return (row[0], row[1]) if row else None
