cli-already-running = Another process runs the bot on this database; stop it first.
cli-newer-schema = The database was written by a newer version; upgrade the program before starting it.
cli-migrated = The database has the newest schema ({ $steps } steps were taken).
cli-backup-postgres = For PostgreSQL use its own tools (pg_dump, pg_restore).
cli-no-database = There is no database yet: { $file }. Start the bot once, or look at DATABASE_URL.
cli-backup-exists = { $file } is there already; choose another name.
cli-backup-damaged = No backup was made: { $kind ->
        [no_database] there is no database yet.
       *[broken] what was written did not pass its check ({ $problem }) and was deleted. Run wenming doctor to look at the database and the disk.
    }
cli-backup-done = Backup written, encrypted and checked: { $file } ({ $size } KB). Keep the key (BACKUP_KEY) elsewhere.
cli-backup-open = Backup written and checked: { $file } ({ $size } KB). It is not encrypted: set BACKUP_KEY.
cli-restore-damaged = Nothing was restored, the present data is untouched: { $kind ->
        [no_file] there is no such file. Check the path.
        [no_key] this backup is encrypted, and BACKUP_KEY is not set. Set the key with which it was made.
        [wrong_key] BACKUP_KEY is not the key of this file, or the file was changed or cut off. Check the key, or take another backup.
        [no_backup] no file of wenming backup, or changed or cut off since it was written. Take another backup.
       *[broken] the data in it is damaged ({ $problem }). Take another backup.
    }
cli-restore-done = Restored.
    The database that was there is kept as: { $kept }
    After the start nothing is sent unasked until an owner presses “Resume sending” in the chat.
cli-help = Wenming: the chat bot of a civilized-unit (文明单位) campaign.
cli-usage = usage:{ " " }
cli-missing-argument = { $name } is missing. For more: { $command } --help
cli-wrong-argument = { $name } is wrong. For more: { $command } --help
cli-unknown-argument = Unknown: { $name }. For more: { $command } --help
cli-help-options = options
cli-help-arguments = arguments
cli-help-commands = commands
cli-help-help = show this help
cli-help-version = show the version
cli-help-run = run the bot until Ctrl-C or SIGTERM
cli-help-demo = a demo unit with a built-in chat page; no token needed
cli-help-demo-port = port of the page, the next free one if it is taken (default %(default)s)
cli-help-doctor = what is wrong with this set-up and how to mend it
cli-help-import-roster = import a roster; the bot may be running
cli-help-import-roster-file = the roster (xlsx)
cli-help-dry-run = only check and show what would change; write nothing
cli-help-backup = write a checked backup; the bot may be running
cli-help-backup-file = the backup to write; must not be there yet
cli-help-restore = put a backup of wenming backup in the place of the database; what was there is kept beside it
cli-help-restore-file = a file that wenming backup has written
cli-help-migrate = bring the database to this version's schema
cli-wrong-settings =
    Wrong settings; correct the environment or .env:
    { $problem }
cli-database-away = The database cannot be opened ({ $file }): { $kind ->
        [full] the disk is full. Make room and try again.
        [read_only] the disk or the file is read-only. Check how it is mounted and the file's permissions.
        [forbidden] not permitted, the folder cannot be written to, or it is a folder itself. Check the path, owners and permissions.
        [disk] reading or writing failed; most likely the disk is full, or it is failing. Check the disk.
        [damaged] the file is damaged, or no database. Bring back a backup with wenming restore, or check DATABASE_URL.
        [busy] another program is using it. Try again later, or stop that program.
       *[other] check DATABASE_URL and the database server. In the system's own words: { $problem }
    }
cli-no-file = There is no such file (or it is no ordinary file): { $file }
cli-os-error = Cannot go on ({ $file }): { $kind ->
        [full] the disk is full. Make room and try again.
        [read_only] the disk is read-only. Check how it is mounted, or choose a place that can be written to.
        [forbidden] not permitted. Check the owners and permissions of file and folder.
        [missing] there is no such file or folder, or no file can be made there. Check the path.
        [folder] this is a folder, a file is needed. Check the path.
        [disk] reading or writing failed; most likely the disk is full, or it is failing. Check the disk.
       *[other] check the path and the disk. In the system's own words: { $problem }
    }
cli-roster-missing = Nothing has changed for those who are not in the file. To mark them as left, the office sends the same file to the bot and confirms with a tap.
cli-listen-taken = { $address }, the address in LISTEN, is in use by another program; not started. Stop that program, or give LISTEN a free port (such as 127.0.0.1:8081).
cli-listen-closed = Nothing can listen at { $address }, the address in LISTEN; not started. Give it an address of this machine and a port over 1024, such as 127.0.0.1:8080.
cli-no-port = No port from { $first } to { $last } is free; choose another one with --port.
cli-dry-run = This was a dry run; nothing was written.

doctor-settings-missing = Settings: { $problem }
doctor-settings-fine = Settings: everything needed is there.
doctor-sqlite-fine = SQLite { $version }: a safe version.
doctor-sqlite-old = SQLite { $version }: versions before 3.51.3 can, rarely, corrupt the file; install the dependencies anew (make does).
doctor-folder-closed = Folder { $folder } cannot be written to; change its permissions.
doctor-disk-fine = Disk: { $megabytes } MB free.
doctor-disk-full = Disk: only { $megabytes } MB free; make room.
doctor-database-open = Others can read { $file }; run chmod 600 on it.
doctor-database-new = Database: none yet, the first start makes it.
doctor-database-broken = Database: cannot be opened ({ $problem }). If it is damaged, bring back a backup with wenming restore.
doctor-database-away = Database: cannot be opened ({ $problem }). Check DATABASE_URL, whether the database server runs, the account and its rights.
doctor-listen-taken = LISTEN: { $address } is in use by another program; a start would fail. Stop that program, or choose a free port.
doctor-listen-closed = LISTEN: nothing can listen at { $address }; a start would fail. Give it an address of this machine and a port over 1024, such as 127.0.0.1:8080.
doctor-listen-fine = LISTEN: { $address } is free.
doctor-database-newer = The database has schema { $present }, this program knows { $known }; upgrade the program.
doctor-database-older = The database has schema { $present }, the next start brings it to { $known }; make a backup first.
doctor-database-fine = Database: schema { $present }, readable.
doctor-audit-fine =
    Audit: { $rows ->
        [0] no entries yet.
       *[other] { $rows } entries, the chain holds, last check value { $seal } (compare it with what you are sent each day).
    }
doctor-audit-broken = Audit: entry { $row } was changed, or one before it is missing or was put in. Stop the bot, keep everything as it is, compare with a backup.
doctor-audit-cut = Audit: its end was cut off; entry { $row } existed and is gone or another one now. Stop the bot, keep everything as it is, compare with a backup.
doctor-backup-none = Backup: none of the night's in backups/ yet; a running bot makes one each night. Those that you keep elsewhere are not looked for.
doctor-backup-fine = Backup: the newest is { $name }, { $hours } hours old.
doctor-backup-old = Backup: the newest, { $name }, is { $hours } hours old; does the bot run at night, is the disk full?
doctor-clock-fine = Clock: { $seconds } seconds off Telegram's.
doctor-clock-off = Clock: { $seconds } seconds off Telegram's; set the server's time (NTP).
doctor-webhook-missing = WEBHOOK_URL is set, but is not (yet) the webhook of @{ $username }; a start sets it.
doctor-webhook-failing = Webhook: Telegram's last try failed ({ $problem }); look at WEBHOOK_URL, its certificate, the proxy and LISTEN.
doctor-calendar-missing = Working days: the holiday table of { $year } is missing, a provisional rule is used. Once the State Council has published it, the office enters it in /settings, “Working days”, or upgrade.
doctor-calendar-fine = Working days: { $year } is there.
doctor-token-refused = BOT_TOKEN is refused: a bot that runs neither gets nor sends anything, and its /healthz answers 503. Ask @BotFather for the present token, put it in and start again.
doctor-telegram-away = Telegram cannot be reached ({ $problem }); check the network and BOT_API_URL.
doctor-webhook-elsewhere = Bot @{ $username } has a webhook now; starting with polling will remove it.
doctor-telegram-fine = Telegram: connected as @{ $username }.

wrong-line = { $name }: { $what }
wrong-bot-token = expected in the form 123456:ABC..., as @BotFather shows it.
wrong-bot-token-missing = missing; get one from @BotFather and put it into .env.
wrong-bot-token-refused = Telegram refuses it; get the present one from @BotFather.
wrong-bot-api-url = expected an address that begins with http or https; leave it out for Telegram's own.
wrong-database-url = expected sqlite:///path of a file or postgresql://user@host/db.
wrong-owner-ids = expected Telegram user ids (numbers), comma separated.
wrong-owner-ids-missing = missing; at least one Telegram user id, else nobody could set the bot up.
wrong-org-name = expected 1 to 60 characters.
wrong-timezone = expected an IANA time zone such as Asia/Shanghai.
wrong-language = expected zh or en.
wrong-webhook-url = expected an address that begins with https.
wrong-webhook-http = Telegram takes https only. Use https; http is for a Bot API server of one's own (BOT_API_URL).
wrong-webhook-secret = expected up to 256 letters, digits, _ and -.
wrong-webhook-secret-missing = missing; with WEBHOOK_URL it is needed, else anybody could speak for Telegram.
wrong-listen = expected address:port, such as 127.0.0.1:8080.
wrong-rate-per-second = expected a number over 0, at most 100000; usually there is no need to change it.
wrong-backup-key = expected a text.
wrong-mirror-urls = expected up to 9 addresses that begin with wecombot://, dingtalk:// or feishu://, comma separated.
wrong-log-level = expected DEBUG, INFO, WARNING or ERROR.
wrong-log-format = expected console or json.
wrong-secret-file = the file it names cannot be read. Check the path and the permissions; the file is to be UTF-8 text.
wrong-env-file = cannot be read; it is to be UTF-8 text. Open it in an editor and save it as UTF-8.
