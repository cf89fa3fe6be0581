schedule-head = <b>计划</b>　到时间自动发送的消息
schedule-line =
    { $state ->
        [paused] ⏸ <b>{ $name }</b>　{ $rule } { $at }（已暂停）
       *[active] ▶️ <b>{ $name }</b>　{ $rule } { $at }
    }
schedule-next = 　下一次：{ $at }，{ $heads } 人
schedule-no-next = 　目前没有要发送的日期
schedule-foot = 只在工作时间发送；每人每周的条数有上限，超出的并入每周补阅。点名称查看和修改。
schedule-card =
    { $state ->
        [paused] ⏸ <b>{ $name }</b>（已暂停）
       *[active] ▶️ <b>{ $name }</b>
    }
schedule-when = 时间：{ $rule } { $at }
schedule-shift-none = 遇休息日：不调整
schedule-shift-next = 遇休息日：顺延到下一个工作日
schedule-shift-previous = 遇休息日：提前到上一个工作日
schedule-for = 发给：{ $who }
schedule-for-morning = 已绑定、在岗、未设免打扰的职工
schedule-for-nudge = 本季度还没有打卡的职工（每件事最多提醒两次，每周最多一次）
schedule-for-weekly = 科室负责人和领导小组，各看各的范围
schedule-for-festival = 创建办
schedule-for-deadline = 通知有截止日期、还没有点“收到”的人
schedule-for-digest = 本周有消息因超出上限未单独发送的人
schedule-audience-all = 全体职工
schedule-audience-leaders = 科室负责人
schedule-audience-office = 创建办
schedule-audience-viewers = 领导小组
schedule-says = 内容：
schedule-firings = <b>接下来</b>（人数按现在的情况估计）
schedule-firing = · { $at }　{ $heads } 人
schedule-festivals = 　{ $names }
schedule-last = 上一次，{ $day }：计划 { $planned } ＝ 送达 { $sent } ＋ 失败 { $failed } ＋ 跳过 { $skipped } ＋ 不确定 { $unknown } ＋ 待发 { $waiting }
schedule-last-missed = ⚠️ 上一次，{ $day }，没有发出：程序当时没有在运行，过期不补发。

schedule-kind-morning = 早间消息
schedule-kind-nudge = 季度提醒
schedule-kind-weekly = 负责人周报
schedule-kind-festival = 节日准备
schedule-kind-deadline = 通知截止提醒
schedule-kind-digest = 每周补阅
schedule-template-inspect = 每旬督查
schedule-template-month = 月度安排总结
schedule-template-quarter = 季度报告
schedule-template-meeting = 创建办例会
schedule-template-holiday = 节前提醒
schedule-template-nudge = 季度提醒（另加一次）
schedule-template-own = 自拟内容

schedule-rule-working = 每个工作日
schedule-rule-weekly =
    每{ $weekday ->
        [1] 周一
        [2] 周二
        [3] 周三
        [4] 周四
        [5] 周五
        [6] 周六
       *[7] 周日
    }
schedule-rule-xun = 每旬 1 日、11 日、21 日
schedule-rule-month = 每月 { $day } 日
schedule-rule-month-first = 每月第一个工作日
schedule-rule-month-last = 每月最后一个工作日
schedule-rule-quarter = 每季度第 { $month } 个月 { $day } 日
schedule-rule-quarter-first = 每季度第一个工作日
schedule-rule-quarter-last = 每季度最后一个工作日
schedule-rule-year = 每年 { $month } 月 { $day } 日
schedule-rule-before-holiday = 节假日前最后一个工作日
schedule-rule-festival = 节日前 { $day } 天
schedule-rule-deadline = 截止前 { $days } 天

schedule-button-new = ＋ 新增计划
schedule-button-list = ‹ 全部计划
schedule-button-back = ‹ 返回
schedule-button-pause = ⏸ 暂停
schedule-button-resume = ▶️ 启用
schedule-button-go-on = ▶️ 接着发
schedule-button-drop = ⏹ 这次不发了
schedule-button-open = 打开这个计划
schedule-button-when = 🕘 改时间
schedule-button-shift = 📅 遇休息日
schedule-button-places = 🏢 选部门
schedule-button-whole = 全单位
schedule-button-done = ✓ 选好了
schedule-button-audience = 👥 改对象
schedule-button-ask = 📨 现在发一次
schedule-button-run = 确认发送
schedule-button-remove = 🗑 删除
schedule-button-end = 确认删除
schedule-button-report = 📊 查看报表

schedule-ask-time = 请发送新的时间，例如 <code>09:30</code>。这个计划的日期由日历或通知决定，不能改。（请勿发送涉密内容；发送 /cancel 保持不变）
schedule-ask-when =
    请发送新的时间，例如：
    <code>09:30</code>
    <code>每周一 09:00</code>
    <code>每旬</code>
    <code>每月15日 10:00</code>
    <code>每月最后一个工作日</code>
    <code>每季度第3个月1日</code>
    <code>每年3月5日</code>
    <code>节假日前一个工作日 16:00</code>
    （请勿发送涉密内容；发送 /cancel 保持不变）
schedule-bad-when =
    没有看懂这个时间。可以这样写：
    <code>09:30</code>、<code>每周一 09:00</code>、<code>每旬</code>、<code>每月15日</code>、<code>每月第一个工作日</code>、<code>每季度最后一个工作日</code>、<code>每年3月5日</code>、<code>节假日前一个工作日</code>。
    请重新发送。（请勿发送涉密内容；发送 /cancel 保持不变）
schedule-fixed-dates = 这个计划的日期由日历或通知决定，只能改几点发送，例如 09:30。（请勿发送涉密内容）
schedule-outside-hours = 计划只在工作时间（{ $from_ } 至 { $until }）发送，请换一个时间。（请勿发送涉密内容）
schedule-choose-shift = 日期遇到休息日时：
schedule-choose-audience =
    发给谁？
    现在：{ $who }；{ $where }；能收到 { $heads } 人。
schedule-choose-places = 点名称选中（含下级），点 › 看下级部门。一个都不选就是全单位。
schedule-whole = 全单位
schedule-place =
    { $state ->
        [open] { $path }（含下级）
        [closed] { $path }（已撤销）
       *[gone] { $path }（已不存在）
    }
schedule-places-more = 等共 { $count } 个部门
schedule-audience-in = { $where }的{ $who }
schedule-only = 只限：{ $where }
schedule-too-many-places = 最多选 { $most } 个部门。可以改选它们的上级部门。
schedule-nobody = ⚠️ 计划“{ $name }”没有发给任何人：所选的对象里一个人也没有（部门已撤销，或还没有人登记）。请在 /schedule 里“改对象”。
schedule-choose-template = 请选择一个模板。新计划先处于暂停状态，看过时间和人数后再启用。
schedule-ask-text = 请发送要定时提醒的内容，最多 1000 字。（请勿发送涉密内容、证件号和电话号码）发送 /cancel 取消。
schedule-bad-text = 内容应为 1 到 { $limit } 字，请重新发送，或发送 /cancel 取消。（请勿发送涉密内容）
schedule-sensitive =
    { $kind ->
        [phone] 内容里像是有电话号码，没有保存。请去掉后重新发送。
       *[id_number] 内容里像是有身份证号，没有保存。请去掉后重新发送。
    }
schedule-too-many = 计划已有 { $most } 个，不能再增加。请先在列表里打开不用的计划，点“删除”。
schedule-sure-end = 确定删除这个计划吗？已经发出的消息不受影响。

schedule-paused =
    { $count ->
        [0] ⏸ 已暂停。
       *[other] ⏸ 已暂停，还没发出的 { $count } 条不再发送。
    }
schedule-resumed = ▶️ 已启用，从下一次起发送，之前错过的不补发。
schedule-changed = ✅ 已保存，从下一次起生效。
schedule-added = ✅ 已新增，现为暂停状态。核对下面的时间和人数，再点“启用”。
schedule-went-on = ▶️ 已接着发送：仍先发给几个人，发成了再发其余的人。
schedule-dropped = ⏹ 这一次不再发送，下一次照常。
schedule-ended = 已删除“{ $name }”。
schedule-run-ask =
    现在发送一次“<b>{ $name }</b>”？
    对象 { $count } 人，{ $when }。已提醒过两次、本周已提醒过或本周已满的人不会重复打扰。
schedule-leaves-now = 立即发送
schedule-leaves-later = 现在不是工作时间，将于 { $at } 发送
schedule-running =
    { $budget ->
        [0] 📨 已安排 { $sent } 人，{ $when }。
       *[other] 📨 已安排 { $sent } 人，{ $when }；另有 { $budget } 人本周已满，并入每周补阅。
    }
schedule-ran-today = 这个计划今天已经发过一次，不再重复发送。

schedule-memo-head = 📌 <b>{ $name }</b>
schedule-memo-head-own = 📌 <b>工作提醒</b>
schedule-memo-own = { $text }
schedule-memo-inspect = 您好！本旬督查的时间到了。请看一看本科室的环境、窗口服务和志愿服务开展情况，发现问题及时整改，并把结果告诉创建办。
schedule-memo-month = 您好！月底了，请对本科室当月的创建工作做一次安排、总结和整改。
schedule-memo-quarter = 您好！请向创建办报告本科室本季度的创建工作开展情况。志愿服务的数据系统里已有，不用再填。
schedule-memo-meeting = 您好！请安排本月的创建办例会：上月情况、本月重点、需要协调的问题。
schedule-memo-holiday = 您好！节日将至，请检查用电用火和值班安排，倡导文明出行、文明旅游、文明餐桌。祝您和家人节日愉快！
schedule-festival-head = 🏮 <b>节日准备</b>
schedule-festival = <b>{ $name }</b>　{ $day }
schedule-festival-idea = 可以这样做：{ $idea }
schedule-festival-foot = 活动自愿参加，不必每个都办，合适的就好。
schedule-weekly-head =
    { $whole ->
        [yes] 📊 <b>负责人周报</b>　全单位，{ $period }{ $path }
       *[no] 📊 <b>负责人周报</b>　{ $path }，{ $period }
    }
schedule-weekly-target =
    { $missing ->
        [0] ✅ 已达到目标 { $target }%
       *[other] 目标 { $target }%，<b>还差 { $missing } 人</b>
    }
schedule-missed =
    { $count ->
        [1] ⚠️ 计划“{ $name }”{ $last }没有发出：程序当时没有在运行。过期的不再补发，需要时可以在 /schedule 里现在发一次。
       *[other] ⚠️ 计划“{ $name }”从{ $first }到{ $last }有 { $count } 次没有发出：程序当时没有在运行。过期的不再补发，需要时可以在 /schedule 里现在发一次。
    }
schedule-halted =
    ⚠️ 这一次先发的几条没有发成（{ $reason }），已自动停下，还有 { $left } 人没有发。
    这是程序自身的问题，请系统管理员看运行日志；改好后点“接着发”，前面没发成的人也会收到，每人只收一次。
schedule-told-halted = ⚠️ “{ $name }”{ $day }先发的几条没有发成（{ $reason }），已自动停下，其余的人都还没有发。这是程序自身的问题，请系统管理员查看运行日志；改好后在 /schedule 打开它，点“接着发”或“这次不发了”。
schedule-late = ⚠️ 计划“{ $name }”{ $day }有 { $count } 人没有在期限内收到，已按规定不再补发。

restraint-refused =
    这样的设置不能提供：{ $what }
    依据：国务院办公厅《政务移动互联网应用程序规范化管理办法》规定，除安保、应急等特殊场景外，不得设置打卡签到、积分排名、统计在线时长等强制性功能，非必要不得强制上传工作照片；《志愿服务条例》第三条规定志愿服务应当遵循自愿原则。
    可以改为：通知大家自愿参加，看各科室合计的 /report，或对还没有记录的人 /remind（每件事最多两次）。
restraint-daily = 不得强制或每日要求打卡。
restraint-ranking = 不得对个人排名、张榜或通报。
restraint-photo = 不得强制上传照片、位置，或统计在线时长、点赞转发。

mirror-notice = 【通知】{ $org }
mirror-correction = 【更正】{ $org }
mirror-correction-body = （已更正，{ $at }）
mirror-recall = 【撤回】{ $org }
mirror-recall-body = { $at } 发布的通知（№{ $id }）已撤回，请以后续通知为准。
mirror-weekly = 【文明创建】{ $org }
