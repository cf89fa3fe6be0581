cli-already-running = 已有一个机器人进程在使用这个数据库，请先停止它。
cli-newer-schema = 数据库由更新版本的程序写入，请升级程序后再启动。
cli-migrated = 数据库已是最新结构（执行了 { $steps } 步）。
cli-backup-postgres = PostgreSQL 请使用它自己的工具（pg_dump、pg_restore）备份和恢复。
cli-no-database = 还没有数据库：{ $file }。请先启动一次，或检查 DATABASE_URL。
cli-backup-exists = 文件 { $file } 已存在，请换一个文件名。
cli-backup-damaged = 没有备份：{ $kind ->
        [no_database] 还没有数据库。
       *[broken] 写出的备份没有通过检查（{ $problem }），已删除。请运行 wenming doctor 检查数据库和磁盘。
    }
cli-backup-done = 备份已写入、已加密并通过检查：{ $file }（{ $size } KB）。密钥（BACKUP_KEY）请另外保管。
cli-backup-open = 备份已写入并通过检查：{ $file }（{ $size } KB）。没有加密：请设置 BACKUP_KEY。
cli-restore-damaged = 没有恢复，现有数据未动：{ $kind ->
        [no_file] 没有这个文件，请检查路径。
        [no_key] 这份备份是加密的，而 BACKUP_KEY 没有设置。请设置备份时用的密钥后再试。
        [wrong_key] BACKUP_KEY 不是这个文件的密钥，或者文件被改动、截断过。请核对密钥，或换一份备份。
        [no_backup] 这不是 wenming backup 写出的文件，或者写出后被改动、截断过。请换一份备份。
       *[broken] 备份里的数据已损坏（{ $problem }）。请换一份备份。
    }
cli-restore-done = 已恢复。
    原来的数据库保存在：{ $kept }
    启动后先不主动发送任何内容，等系统管理员在聊天里点“恢复发送”。
cli-help = 文明创建助手：文明单位创建活动的聊天机器人。
cli-usage = 用法：
cli-missing-argument = 缺少 { $name }。详细用法：{ $command } --help
cli-wrong-argument = { $name } 不对。详细用法：{ $command } --help
cli-unknown-argument = 不认识 { $name }。详细用法：{ $command } --help
cli-help-options = 选项
cli-help-arguments = 参数
cli-help-commands = 命令
cli-help-help = 显示这份帮助
cli-help-version = 显示版本号
cli-help-run = 运行机器人，直到按 Ctrl-C 或收到 SIGTERM
cli-help-demo = 演示：一个示例单位和内置聊天页面，不需要令牌
cli-help-demo-port = 网页端口，被占用时用下一个空闲的（默认 %(default)s）
cli-help-doctor = 体检：哪里没有配好、怎样改
cli-help-import-roster = 导入花名册，机器人可以同时运行
cli-help-import-roster-file = 花名册（xlsx）
cli-help-dry-run = 只检查、只显示有哪些变化，不写入
cli-help-backup = 备份：写出一份经过检查的备份，机器人可以同时运行
cli-help-backup-file = 备份文件，不能是已有的文件
cli-help-restore = 恢复：用 wenming backup 写出的备份替换现在的数据库，原来的另存在旁边
cli-help-restore-file = wenming backup 写出的备份文件
cli-help-migrate = 把数据库升级到本版本的结构
cli-wrong-settings =
    配置有误，请修改环境变量或 .env：
    { $problem }
cli-database-away = 数据库打不开（{ $file }）：{ $kind ->
        [full] 磁盘已满。请清理磁盘后再试。
        [read_only] 磁盘或文件是只读的。请检查挂载方式和文件权限。
        [forbidden] 没有权限，目录不可写，或者它是一个目录。请检查路径、所有者和权限。
        [disk] 读写磁盘出错，多半是磁盘已满，也可能是磁盘有故障。请检查磁盘。
        [damaged] 文件已损坏，或者不是数据库。请用 wenming restore 恢复备份，或检查 DATABASE_URL。
        [busy] 正被别的程序占用。请稍后再试，或停止那个程序。
       *[other] 请检查 DATABASE_URL 和数据库服务器。系统的原话：{ $problem }
    }
cli-no-file = 没有这个文件（或者它不是普通文件）：{ $file }
cli-os-error = 无法继续（{ $file }）：{ $kind ->
        [full] 磁盘已满。请清理磁盘后再试。
        [read_only] 磁盘是只读的。请检查挂载方式，或换一个能写入的位置。
        [forbidden] 没有权限。请检查文件和目录的所有者和权限。
        [missing] 没有这个文件或目录，或者不能在那里建立文件。请检查路径。
        [folder] 这是一个目录，需要的是文件。请检查路径。
        [disk] 读写磁盘出错，多半是磁盘已满，也可能是磁盘有故障。请检查磁盘。
       *[other] 请检查路径和磁盘。系统的原话：{ $problem }
    }
cli-roster-missing = 上面不在文件里的人没有变动。要办理离职，请由创建办把同一个文件发给机器人，再点按钮确认。
cli-listen-taken = LISTEN 指定的 { $address } 已被别的程序占用，没有启动。请先停止那个程序，或把 LISTEN 换成空闲的端口（例如 127.0.0.1:8081）。
cli-listen-closed = 无法在 LISTEN 指定的 { $address } 上监听，没有启动。请填本机的地址和 1024 以上的端口，例如 127.0.0.1:8080。
cli-no-port = 从 { $first } 到 { $last } 没有空闲的端口，请用 --port 换一个。
cli-dry-run = 这是试运行，什么都没有写入。

doctor-settings-missing = 配置：{ $problem }
doctor-settings-fine = 配置：必需的都有了。
doctor-sqlite-fine = SQLite { $version }：版本安全。
doctor-sqlite-old = SQLite { $version }：低于 3.51.3 的版本在极少数情况下会损坏数据文件，请重新安装依赖（make 会自动安装新版）。
doctor-folder-closed = 目录 { $folder } 不可写，请修改权限。
doctor-disk-fine = 磁盘：剩余 { $megabytes } MB。
doctor-disk-full = 磁盘：只剩 { $megabytes } MB，请清理。
doctor-database-open = { $file } 可被其他用户读取，请执行 chmod 600。
doctor-database-new = 数据库：还没有，首次启动时会自动建立。
doctor-database-broken = 数据库：打不开（{ $problem }）。如已损坏，请用 wenming restore 恢复备份。
doctor-database-away = 数据库：打不开（{ $problem }）。请检查 DATABASE_URL、数据库服务器是否在运行、账号和权限。
doctor-listen-taken = LISTEN：{ $address } 已被别的程序占用，启动会失败。请先停止那个程序，或换一个空闲的端口。
doctor-listen-closed = LISTEN：无法在 { $address } 上监听，启动会失败。请填本机的地址和 1024 以上的端口，例如 127.0.0.1:8080。
doctor-listen-fine = LISTEN：{ $address } 空闲。
doctor-database-newer = 数据库结构为第 { $present } 版，本程序只认识到第 { $known } 版，请升级程序。
doctor-database-older = 数据库结构为第 { $present } 版，启动时会自动升级到第 { $known } 版；请先备份。
doctor-database-fine = 数据库：结构第 { $present } 版，可以读取。
doctor-audit-fine =
    操作记录：{ $rows ->
        [0] 还没有。
       *[other] { $rows } 条，链条完整，末条校验码 { $seal }（可与每天发给您的比对）。
    }
doctor-audit-broken = 操作记录：第 { $row } 条被改动过、前面缺了或多了一条。请停用程序，保留现场，用备份核对。
doctor-audit-cut = 操作记录：末尾被截断，第 { $row } 条曾经存在，现在没有了或不一样。请停用程序，保留现场，用备份核对。
doctor-backup-none = 备份：backups/ 里还没有每夜的自动备份，程序运行到夜里就会有；另存到别处的这里看不到。
doctor-backup-fine = 备份：最近一份 { $name }，{ $hours } 小时前。
doctor-backup-old = 备份：最近一份 { $name } 已是 { $hours } 小时前，请检查程序夜里是否在运行、磁盘是否已满。
doctor-clock-fine = 时钟：与 Telegram 相差 { $seconds } 秒。
doctor-clock-off = 时钟：与 Telegram 相差 { $seconds } 秒，请校准服务器时间（NTP）。
doctor-webhook-missing = 设了 WEBHOOK_URL，但机器人 @{ $username } 的回调还不是它；程序启动时会自动设置。
doctor-webhook-failing = 网络回调：Telegram 最近没有送达（{ $problem }），请检查 WEBHOOK_URL、证书、反向代理和 LISTEN。
doctor-calendar-missing = 工作日历：{ $year } 年的放假安排还没有，暂按推定的工作日执行。国务院公布后，请创建办在 /settings 的“工作日历”里录入，或升级程序。
doctor-calendar-fine = 工作日历：{ $year } 年已有。
doctor-token-refused = BOT_TOKEN 被拒绝：正在运行的程序也收发不了消息，/healthz 会返回 503。请向 @BotFather 查询现在的令牌，改好后重新启动。
doctor-telegram-away = 连不上 Telegram（{ $problem }），请检查网络和 BOT_API_URL。
doctor-webhook-elsewhere = 机器人 @{ $username } 现在设有网络回调（webhook），以轮询方式启动时会取消它。
doctor-telegram-fine = Telegram：已连接，机器人为 @{ $username }。

wrong-line = { $name }：{ $what }
wrong-bot-token = 应为 123456:ABC… 的形式，请从 @BotFather 复制。
wrong-bot-token-missing = 没有填。请向 @BotFather 申请，写进 .env。
wrong-bot-token-refused = Telegram 不认这个令牌。请向 @BotFather 查询现在的令牌。
wrong-bot-api-url = 应为 http 或 https 开头的地址；用 Telegram 自己的就不要填。
wrong-database-url = 应为 sqlite:///文件路径 或 postgresql://用户@主机/库名。
wrong-owner-ids = 应为 Telegram 用户编号（数字），多个用逗号分开。
wrong-owner-ids-missing = 没有填。至少填一个系统管理员的 Telegram 用户编号，否则没有人能设置机器人。
wrong-org-name = 应为 1 到 60 个字。
wrong-timezone = 应为时区名，例如 Asia/Shanghai。
wrong-language = 应为 zh 或 en。
wrong-webhook-url = 应为 https 开头的地址。
wrong-webhook-http = Telegram 只收 https 地址。请换成 https；http 只能用于自建的 Bot API 服务器（BOT_API_URL）。
wrong-webhook-secret = 应为字母、数字、_ 和 -，最多 256 个。
wrong-webhook-secret-missing = 没有填。填了 WEBHOOK_URL 就必须填它，否则任何人都能冒充 Telegram。
wrong-listen = 应为 地址:端口，例如 127.0.0.1:8080。
wrong-rate-per-second = 应为大于 0、不超过 100000 的数，一般不用改。
wrong-backup-key = 应为一串文字。
wrong-mirror-urls = 应为最多 9 个以 wecombot://、dingtalk:// 或 feishu:// 开头的地址，用逗号分开。
wrong-log-level = 应为 DEBUG、INFO、WARNING 或 ERROR。
wrong-log-format = 应为 console 或 json。
wrong-secret-file = 它指的文件读不了。请检查路径和权限，文件应为 UTF-8 文字。
wrong-env-file = 读不了，应为 UTF-8 文字。请用文本编辑器另存为 UTF-8 编码。
