privacy-notice =
    <b>个人信息处理告知（第 { $version } 版）</b>

    <b>谁处理</b>：{ $org }，由本单位创建办负责。有疑问请联系本科室负责人或创建办。
    <b>处理什么</b>：花名册中的工号、姓名、部门、职务、角色、在职状态；您的 Telegram 账号编号（登记待审时还有账号显示名，审完即清除）；您登记的志愿服务记录（日期、时长、内容、自愿提供的照片的文件编号）及审核经过；早间消息的点按（自愿，不排名）；发给您的消息的投递情况。不收集身份证号、手机号、位置。
    <b>为什么</b>：登记和统计志愿服务，发送每日文明用语和职责提示，了解本单位志愿服务参与率。不作个人排名，不据此自动作出奖惩。
    <b>谁能看到</b>：本科室负责人和创建办可见您的记录；领导小组只看汇总；群里只有部门合计。
    <b>保存多久</b>：志愿服务记录按国家有关标准保存不少于 10 年；您发来的消息处理完即从数据库清除原文；操作留痕里没有姓名；备份最多保留 30 天；其他内容按单位设置的期限清空。
    <b>存放在哪里</b>：数据库由本单位保管；但 <b>Telegram 的服务器在境外</b>，您在聊天中发送和收到的内容会经过境外服务器。
    <b>您的权利</b>：查阅和复制 /mydata，更正（请联系创建办），撤回同意并退出、要求删除 /leave，了解本说明 /privacy。
    <b>自愿</b>：参加志愿服务和使用本助手均属自愿，不同意或退出都不会对您有任何不利影响。

    <b>不得发送涉密内容和工作秘密。</b>
privacy-text =
    { $notice }

    { $consent }
privacy-consented = 您已于{ $day }同意第 { $given } 版。如需撤回，请发送 /leave。
privacy-no-consent = 您还没有同意，我们没有为您登记。
privacy-not-kept =
    { $kind ->
        [id_number] 这条消息里像是有身份证号，没有保存。我们不收集身份证号，请删除这条消息，换一种说法再发。
       *[phone] 这条消息里像是有手机号，没有保存。我们不收集手机号，请删除这条消息，换一种说法再发。
    }

privacy-changed =
    <b>个人信息处理告知有更新，请您重新确认。</b>

    { $notice }
privacy-button-agree = 同意新版
privacy-button-decline = 不同意
privacy-renewed = 谢谢，已记下您的同意。请接着办刚才的事。
leave-ask =
    <b>确定要退出吗？</b>

    退出后：撤回您的同意，本账号与花名册解除绑定，不再收到任何消息。
    仍然保留：花名册条目（由单位管理）；已登记的志愿服务记录及审核经过，按国家有关标准保存不少于 10 年，只存档和计入合计。尚未审核的打卡照常审核。
    “退出并删除”：连同姓名、工号、打卡内容、照片编号、发给您的消息一并删除，打卡只剩日期和时长、不再与您有关，合计不变；不能恢复。
    退出不会对您有任何不利影响。您可以先用 /mydata 导出自己的数据。
leave-confirm = 确定退出
leave-stay = 不退出
leave-button-erase = 退出并删除
leave-ask-erase =
    <b>确定删除您的个人数据吗？</b>

    删除后不能恢复。您的姓名、工号、职务、账号、打卡内容和照片编号、发给您的消息都会清空；打卡的日期和时长留作合计，不再与您有关。操作记录里只剩人员编号。备份里的最迟 30 天后消失，其间若恢复备份会再次删除。单位的花名册文件由单位管理，您仍在职时，单位再次导入会重新列入您的工号和姓名，但不会再与这些记录相连。
leave-button-erase-yes = 确定删除
leave-erased = 您已退出，个人数据已经删除。感谢您的付出！
leave-stayed = 好的，没有退出，一切照旧。
leave-done = 您已退出，同意已撤回，本账号已解除绑定。已登记的志愿服务记录按规定存档。如愿再次参加，请打开单位的邀请链接。感谢您的付出！

mydata-file = 我的数据-{ $stamp }
mydata-xlsx = 您的全部数据（表格，便于查看）。只包含您本人的数据，请妥善保管。
mydata-json = 同样的内容（JSON，便于程序读取）。
mydata-no-table = 抱歉，表格没有生成成功。下面的文件里是全部数据；如需表格，请稍后再发 /mydata。
mydata-about-sheet = 说明
mydata-about = 这里是数据库中与您本人有关的全部内容，每类一张表。编号、参数等供程序使用，照原样列出。随表格发来的 JSON 文件内容相同，是存储时的原样。
mydata-about-nothing = 没有您的数据的类别：{ $names }。
mydata-yes = 是
mydata-no = 否

mydata-section-roster = 花名册
mydata-section-postings = 任职经历
mydata-section-import-changes = 花名册导入的变化
mydata-section-account = 账号
mydata-section-registrations = 登记申请
mydata-section-attempts = 核对失败
mydata-section-checkins = 打卡
mydata-section-checkin-events = 打卡经过
mydata-section-checkin-drafts = 打卡草稿
mydata-section-checkin-photos = 打卡照片
mydata-section-taps = 早间点按
mydata-section-notices = 我写的通知
mydata-section-audiences = 常用对象
mydata-section-notice-people = 发给我的通知
mydata-section-notice-rounds = 我补发和提醒的通知
mydata-section-notice-changes = 我更正和撤回的通知
mydata-section-notice-tellings = 我线下转达的通知
mydata-section-occurrences = 我发起的群发
mydata-section-messages = 发给我的消息
mydata-section-dialogs = 进行中的操作
mydata-section-updates = 我发来的消息
mydata-section-grants = 角色
mydata-section-group-bindings = 绑定的群
mydata-section-group-codes = 群绑定码
mydata-section-audit = 操作记录
mydata-section-imports = 我提交的花名册文件
mydata-section-invites = 邀请码
mydata-section-checkin-reviews = 我审核的打卡

mydata-column-staff-number = 工号
mydata-column-name = 姓名
mydata-column-title = 职务
mydata-column-department = 部门
mydata-column-role = 角色
mydata-column-status = 状态
mydata-column-from-date = 起始日期
mydata-column-user-id = 账号编号
mydata-column-chat-id = 聊天编号
mydata-column-language = 语言
mydata-column-muted = 免打扰
mydata-column-reachable = 可送达
mydata-column-consent-version = 同意版本
mydata-column-consent-at = 同意时间
mydata-column-bound-at = 绑定时间
mydata-column-seen-at = 登记账号时间
mydata-column-id = 编号
mydata-column-state = 状态
mydata-column-plan = 计划
mydata-column-account-name = 账号名
mydata-column-created-at = 创建时间
mydata-column-decided-at = 决定时间
mydata-column-decided-by = 决定人
mydata-column-at = 时间
mydata-column-kind = 种类
mydata-column-service-date = 服务日期
mydata-column-minutes = 分钟
mydata-column-starts-at-minute = 开始时间
mydata-column-ends-at-minute = 结束时间
mydata-column-text = 内容
mydata-column-late-reason = 补报原因
mydata-column-version = 版本
mydata-column-supersedes = 更正自
mydata-column-source = 来源消息
mydata-column-checkin-id = 打卡编号
mydata-column-by = 操作人
mydata-column-act = 操作
mydata-column-from-state = 原状态
mydata-column-to-state = 新状态
mydata-column-note = 说明
mydata-column-file-id = 文件编号
mydata-column-unique-id = 文件标识
mydata-column-local-date = 日期
mydata-column-facts = 参数
mydata-column-reason = 原因
mydata-column-not-before-at = 计划时间
mydata-column-settled-at = 完成时间
mydata-column-data = 数据
mydata-column-changed-at = 更新时间
mydata-column-received-at = 收到时间
mydata-column-body = 原文（处理完即清除）
mydata-column-action = 操作
mydata-column-before = 原值
mydata-column-after = 新值
mydata-column-file-name = 附件名
mydata-column-audience = 对象
mydata-column-deadline = 截止日期
mydata-column-send-at = 定时发送时间
mydata-column-planned-at = 发出时间
mydata-column-approved-at = 批准时间
mydata-column-notice-id = 通知编号
mydata-column-fate = 去向
mydata-column-answered-at = 回复时间
mydata-column-told-at = 当面转达时间
mydata-column-round = 轮次
mydata-column-telling = 需线下转达
mydata-column-told-by = 转达人
mydata-column-until-date = 截止日
mydata-column-granted-at = 授予时间
mydata-column-granted-by = 授予人
mydata-column-revoked-at = 收回时间
mydata-column-ended-at = 解除时间
mydata-column-expires-at = 到期时间
mydata-column-import-id = 导入编号
mydata-column-posting = 当日原任职
mydata-column-missing-state = 缺少人员的处理
mydata-column-applied-at = 导入时间
mydata-column-uses-left = 剩余次数
mydata-column-for-whom = 给谁
mydata-column-created-by = 创建人
mydata-column-invite-id = 邀请编号
mydata-column-replaces = 替换的账号
mydata-column-revoked-by = 收回人
mydata-column-ended-by = 解除人
mydata-column-file-kind = 附件种类
mydata-column-answer = 要求回复
mydata-column-important = 重要
mydata-column-reach = 范围
mydata-column-outside-hours = 工作时间外
mydata-column-approved-by = 批准人
mydata-column-authority = 发出人
mydata-column-matter = 事项
mydata-column-late-at = 过期时间
mydata-column-tries = 尝试次数
mydata-column-message-id = 消息编号
mydata-column-due-at = 应发时间
mydata-column-update-id = 来信编号
mydata-column-about = 关于

mydata-value-self = 本人
mydata-value-other = 他人
mydata-value-submitted = 待审核
mydata-value-more-info = 待补充
mydata-value-returned = 已退回
mydata-value-confirmed = 已确认
mydata-value-withdrawn = 已撤回
mydata-value-voided = 已作废
mydata-value-pending = 等待中
mydata-value-approved = 已通过
mydata-value-rejected = 未通过
mydata-value-skipped = 未发送
mydata-value-parked = 已搁置
mydata-value-applied = 已导入
mydata-value-cancelled = 已取消
mydata-value-undone = 已撤销
mydata-value-proposed = 待确认
mydata-value-none = 无
mydata-value-kept = 保留
mydata-value-submit = 提交
mydata-value-change = 更正
mydata-value-explain = 说明
mydata-value-photo = 添加照片
mydata-value-withdraw = 撤回
mydata-value-confirm = 确认
mydata-value-return = 退回
mydata-value-ask = 追问
mydata-value-resubmit = 再次提交
mydata-value-undo = 撤销确认
mydata-value-void = 作废
mydata-value-planned = 已安排
mydata-value-closed = 已结束
mydata-value-paused = 已暂停
mydata-value-stopped = 已停止
mydata-value-send = 将发送
mydata-value-not-bound = 未绑定
mydata-value-on-leave = 请假
mydata-value-unreachable = 已停用机器人
mydata-value-budget = 超出本周次数
mydata-value-notice-people-withdrawn = 已退出
mydata-value-messages-withdrawn = 已退出
mydata-value-messages-recalled = 通知已撤回
mydata-value-messages-answered = 已点“收到”
mydata-value-messages-vanished = 消息已被删除
mydata-value-occurrences-notice = 通知
mydata-value-missed = 补发
mydata-value-unanswered = 提醒
mydata-value-done = 已处理
mydata-value-taps-read = 已读
mydata-value-taps-done = 今天做到了
mydata-value-attempts-code = 邀请码不对
mydata-value-attempts-claim = 工号姓名不符
mydata-value-notices-photo = 图片
mydata-value-notices-document = 文件
mydata-value-zh = 中文
mydata-value-en = 英文
mydata-value-messages-calendar = 工作日历提示
mydata-value-messages-checkins = 打卡审核结果
mydata-value-messages-conflict = 运行提示
mydata-value-messages-grants = 角色变动
mydata-value-messages-memo = 工作提醒
mydata-value-messages-mirror = 运行提示
mydata-value-messages-morning = 早间消息提示
mydata-value-messages-night = 备份提示
mydata-value-messages-notice = 通知
mydata-value-messages-parked = 运行提示
mydata-value-messages-plan = 计划提示
mydata-value-messages-registration = 登记结果
mydata-value-messages-remind = 提醒情况
mydata-value-messages-reminder = 提醒
mydata-value-messages-restored = 运行提示
mydata-value-messages-work = 待审提示
