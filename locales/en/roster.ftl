roster-empty =
    <b>Roster</b>

    There is no roster yet. Download the template, fill it in and send the xlsx file right here.

    You will see what it would change first; nothing is written before you press “Import”.
roster-overview =
    <b>Roster</b>

    { $present } people (without those who left or retired), { $in_post } of them in post; { $departments } departments; { $bound } bound.

    To update it, send the new xlsx file right here: you will see what it would change, nothing is written before you press “Import”.
roster-button-template = Download the template
roster-button-export = Export the roster
roster-button-slips = Invite QR codes
roster-button-departments = Departments
roster-button-people = 🔍 Find a person
roster-button-add = + Add a person
roster-button-undo = ↩️ Undo the last import
roster-button-undo-yes = Yes, undo it
roster-button-undo-no = Leave it
roster-button-changes = All changes (table)
roster-button-apply = ✅ Import
roster-button-cancel = Do not import
roster-button-leave = Mark these { $count } as left
roster-button-keep = Keep them
roster-template-name = Roster
roster-template-file = Roster template
roster-template = The roster template. Its second sheet explains it; send the file back when it is filled in. No ID or phone numbers, please.
roster-template-example = Wang Xiaoming|General/Office|Clerk
roster-template-help-name = How to fill in
roster-template-help =
    工号 (staff number): required, one per person; never an ID or phone number.
    姓名 (name): required.
    部门 (department): required; levels joined by “/”; departments that do not exist are created.
    职务 (title): may be empty.
    角色 (role): 职工, 科室负责人, 创建办, 领导小组; empty means 职工.
    状态 (status): 在职, 请假, 离岗, 离职, 退休; empty means 在职.
    Rows whose staff number begins with 示例 are not imported.
roster-file =
    { $kind ->
        [too_big] The file is too big, 20 MB at the most. Keep only the roster sheet and send it again.
        [not_xlsx] This is not an xlsx file. Save it as “Excel workbook (*.xlsx)” and send it again.
        [macro] The file has macros and cannot be imported. Save it as a workbook without macros (*.xlsx) and send it again.
        [empty] The file is empty. Send /roster for the template.
        [too_many_rows] Too many rows, 100000 at the most.
        [too_many_columns] Too many columns. Keep the six of the template and send it again.
        [timeout] Reading the file took too long, nothing was imported. The machine may be busy: send it again in a few minutes; if it happens again, keep only the roster sheet.
        [unreachable] The file could not be fetched; please send it again later.
       *[other] The file cannot be read; it may be damaged. Copy the roster into a new template and send that.
    }
roster-unfilled =
    <b>Nobody is filled in</b> in this file yet: nothing was imported, the roster is as it was.

    Please write one row for each person below the headings: 工号 (staff number), 姓名 (name) and 部门 (department) are needed; the row whose number begins with 示例 is only an example and is never imported. Save it and send the file again.
roster-errors = Problems in the file: { $count }; <b>nothing was imported</b>:
roster-errors-more = … and { $count } more.
roster-errors-foot = Please mend them and send the file again.
roster-error-missing_column = Row { $row }: the column “{ $value }” is missing
roster-error-duplicate_column = Row { $row }: the column “{ $value }” is there twice
roster-error-empty = Row { $row }: “{ $value }” is empty
roster-error-too_long = Row { $row }: “{ $value }” is too long; shorten it
roster-error-control_character = Row { $row }: “{ $value }” has invisible characters; type it again
roster-error-formula = Row { $row }: “{ $value }” is a formula; make it text
roster-error-merged = Row { $row }: { $value } are merged cells; unmerge them and fill in each row
roster-error-bad_number = Row { $row }: the staff number “{ $value }” has a wrong form: letters and digits, between them . / - _ only
roster-error-private_number = Row { $row }: the staff number looks like an ID or phone number; use the institution's own numbers
roster-error-private = Row { $row }: in “{ $value }” there seems to be an ID or phone number; take it out, the roster does not keep them
roster-error-gone_number = Row { $row }: the number “{ $value }” belongs to somebody who has left or retired under another name. Give the newcomer another number (else that person's account and hours would be his); if it is the same person who is back with a new name, change the name first in /roster, “Find a person”
roster-error-duplicate_number = Row { $row }: the staff number “{ $value }” is already in row { $other }
roster-error-bad_name = Row { $row }: the name “{ $value }” has no letter in it
roster-error-bad_path = Row { $row }: the department “{ $value }” is not written right: one “/” between the levels, such as 综合处/办公室
roster-error-too_deep = Row { $row }: the department “{ $value }” has too many levels, six at the most
roster-error-unknown_role = Row { $row }: unknown role “{ $value }”; use 职工, 科室负责人, 创建办 or 领导小组
roster-error-unknown_status = Row { $row }: unknown status “{ $value }”; use 在职, 请假, 离岗, 离职 or 退休
roster-same = The file is the same as the present roster; there is nothing to update.
roster-checked = { $entries } people in the file, { $leaders } of them leaders, no problems found. Importing it:
roster-checked-again = ℹ️ The roster has changed since you looked, <b>nothing was imported</b>. The file has { $entries } people, { $leaders } of them leaders. Imported now it would do this:
roster-count-added = · { $count } new
roster-count-returned = · { $count } back in post
roster-count-left = · { $count } leaving
roster-count-moved = · { $count } to another department
roster-count-changed = · { $count } with other details
roster-count-missing = · { $count } not in the file
roster-count-unchanged = · { $count } unchanged
roster-count-new_departments = · { $count } new departments
roster-departments = New departments: { $names }
roster-added-ahead = New:
roster-added-line = · { $who } { $department }
roster-returned-ahead = Back in post:
roster-left-ahead = Leaving (left, retired):
roster-moved-ahead = Other departments:
roster-moved-line = · { $who }: { $before } → { $after }
roster-changed-ahead = Other details:
roster-changed-line = · { $who } { $what }
roster-change = { $column }: { $before } → { $after }
roster-column-number = staff number
roster-column-name = name
roster-column-department = department
roster-column-title = title
roster-column-role = role
roster-column-status = status
roster-nothing = (empty)
roster-more = … and { $count } more.
roster-more-in-table = … the rest is in the table “All changes”.
roster-changes-name = Roster changes
roster-changes-titles = Change|Staff number|Name|Column|Now|After the import
roster-changes = Everything this file would change, { $count } rows. The roster has not changed yet.
roster-kind-department = new department
roster-kind-added = new
roster-kind-returned = back in post
roster-kind-left = leaving
roster-kind-moved = other department
roster-kind-changed = other details
roster-kind-missing = not in the file
roster-exported = The roster as it stands: { $people } people (without those who left or retired). It is personal data: keep it safe, delete it after use, never forward it to a group. Send it back here with your changes to update the roster.
roster-nobody = There is nobody on the roster, so there is nothing to export.
roster-undo-ask = Undo the last import ({ $file })? People will be as they were before it:
roster-undone = ✅ The last import ({ $file }) is undone, the roster is as before:
roster-undo-ask-added = · { $count } people who came with it will be taken out
roster-undo-ask-changed = · { $count } people whom it changed will be changed back
roster-undo-ask-left = · { $count } people whom it marked as left will be back
roster-undo-done-added = · { $count } people who came with it were taken out
roster-undo-done-changed = · { $count } people whom it changed were changed back
roster-undo-done-left = · { $count } people whom it marked as left are back
roster-undo-none = There is no import to undo: only the last one of the past seven days, and only once.
roster-undo-blocked = The last import ({ $file }) cannot be undone as a whole; the roster is as it was:
roster-undo-why-used = { $count } people came with it and have registered, checked in or been written to since: { $names }
roster-undo-why-later = { $count } people were changed after it, or their department is closed: { $names }
roster-renamed = ⚠️ The same number under another name: { $count }: { $names }. This is taken for the same person, who keeps the account and the hours; if it is somebody else, give the newcomer another number.
roster-renamed-line =
    { $number }{ $codes ->
        [0] { " " }{ $old } → { $new }
       *[other] { "" }
    }
roster-missing-ahead = These are not in the file. You will be asked about them after the import; nothing of theirs changes now:
roster-missing = { $count } people are not in the file. Have they left? (They lose access at once; their hours stay.)
roster-missing-again = ℹ️ The roster has changed since you looked, <b>nobody was marked as having left</b>. Now it is like this:
roster-missing-own = ⚠️ You are not in the file either, and nobody ends his own place: <b>nothing was done</b>. Add yourself to the file and send it again; if you do leave, another one of the office or an owner sees to it.
roster-person-line = · { $who }
roster-ignored = Unknown columns that are not kept: { $names }
roster-ask = Import it?
roster-applied = ✅ The roster is up to date:
roster-cancelled = Not imported; the roster is as it was.
roster-settled =
    { $state ->
        [applied] This was done already.
        [cancelled] This import was cancelled. Send the file again to import it.
        [undone] The last import is undone already.
        [kept] This was done already: they were kept.
       *[other] This was done already.
    }
roster-gone = There is no such import. Please send the file again.
roster-kept = They are kept as they are.
roster-left = { $people } people are marked as having left.

members-head =
    <b>Members</b> ({ $kind ->
        [unbound] not bound
        [unreachable] left the bot
       *[all] all
    }, { $total })
members-head-paged = { $head }  page { $page }/{ $pages }
members-search = Search: { $search }
members-line = { $mark } { $number } { $name }
members-line-more = { $mark } { $number } { $name } ({ $more })
members-legend = ● bound  ○ not bound  ✕ left the bot. Press a name to see the volunteer record.
members-none = Nobody fits.
members-next = Send the next name or staff number to look for; /cancel ends the search. (Nothing classified, please.)
members-ask = Whom are you looking for? Send a name or a staff number, or part of it. (Nothing classified, please. /cancel stops.)
members-button-find = 🔍 Search
members-button-everybody = Everybody
members-kind-all = All
members-kind-unbound = Not bound
members-kind-unreachable = Left the bot
role-staff = staff
role-leader = leader
role-office = office
role-viewer = viewer
role-owner = owner
status-active = in post
status-on_leave = on leave
status-away = away
status-left = left
status-retired = retired
