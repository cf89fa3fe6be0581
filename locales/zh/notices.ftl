notices-prompt =
    📢 <b>写通知</b>
    请直接发送通知内容：文字、图片或文件都可以，加粗、链接等格式会保留。

    ⚠️ 不得发送涉密内容。发送 /cancel 取消。
notices-prompt-edit =
    请发送新的内容：发文字就换文字，发图片或文件就换附件。
    ⚠️ 不得发送涉密内容。发送 /cancel 保持不变。
notices-recent = <b>最近的通知</b>
notices-line = №{ $id } { $state } · { $title }
notices-page = 第 { $page }/{ $pages } 页

notices-state =
    { $state ->
        [draft] 草稿
        [waiting] 待批准
        [scheduled] 定时
        [sending] 发送中
        [paused] 已暂停
        [done] 已发完
        [stopped] 已停止
        [cancelled] 已放弃
        [recalled] 已撤回
       *[other] { $state }
    }

notices-card-sent = 📝 <b>通知 №{ $id }</b>
notices-card = 📝 <b>通知 №{ $id }</b>　{ $state }
notices-card-file =
    📎 { $kind ->
        [photo] 图片
       *[other] 文件：{ $name }
    }
notices-card-table = 　　⚠️ 这是表格，会原样发给每个人，请确认里面没有个人信息。如果是要更新花名册，请点“放弃”，再把文件发一次。
notices-card-audience = 👥 对象：{ $who }
notices-card-count = 　　对象 { $total } 人，能收到 { $send } 人
notices-card-missing =
    　　⚠️ { $kind ->
        [department] 所选部门已不存在，请重新选对象
       *[group] 所选常用对象已删除，请重新选对象
    }
notices-card-answer =
    ✅ 收到按钮：{ $on ->
        [true] 有
       *[other] 无
    }
notices-card-deadline = ⏰ 截止：{ $day }
notices-card-important = ❗ 标为重要（不受每周次数限制）
notices-card-time = 🕘 时间：{ $when }
notices-card-outside = 🌙 不在工作时间，已确认
notices-now = 立即发送
notices-none = 无

notices-message-title =
    📢 <b>{ $important ->
        [true] 重要通知
       *[other] 通知
    }</b>{ $corrected ->
        [true] （已更正，{ $at }）
       *[other] { "" }
    }
notices-message-head = { $title }　{ $from }
notices-message-office = 创建办
notices-message-deadline = ⏰ 截止：{ $day }
notices-sample = 这是预览。收到通知的人点这个按钮，表示已经看到。

notices-sum-head = 📋 <b>发送前请核对</b>（通知 №{ $id }）
notices-sum = 对象 <b>{ $total }</b> 人 ＝ 将发送 <b>{ $send }</b> { $rest }
notices-sum-part =
    ＋ { $fate ->
        [not_bound] 未绑定
        [withdrawn] 已退出
        [on_leave] 请假
        [unreachable] 已停用机器人
       *[budget] 超出本周次数
    } { $count }
notices-sum-in-person = 有 { $count } 人收不到，发出后会列出名单，请线下转达。
notices-sum-budget = 超出本周次数的 { $count } 人会在每周补阅里看到。
notices-sum-approval = 超过 { $over } 人，需要另一位有权限的人批准后才会发出。
notices-sum-time = 🕘 { $when }

notices-sending = 📢 通知 №{ $id } 已开始发送：{ $send } 人（对象 { $count } 人）。进度见下一条。
notices-scheduled = 🕘 已定时：通知 №{ $id } 将于 { $when } 发送。对象以发送时的花名册为准。
notices-waiting = 🖊 已提交批准：通知 №{ $id }（{ $count } 人）。批准后会告诉您。
notices-given-up = 🗑 已放弃：通知 №{ $id }（{ $title }）。
notices-outside =
    🌙 <b>{ $when }</b> 不在工作时间。
    建议改到 <b>{ $next }</b>；如果确实要在这个时间发送，请再点一次确认。

notices-empty = 通知不能没有内容，请发送文字、图片或文件（不得发送涉密内容）。
notices-picture-as-file = 请以“图片”方式发送，不要以“文件”方式发送：原图文件里可能带有拍摄位置，会随通知发给所有人，所以没有采用。
notices-bad-kind = 通知只能是文字、图片或文件，请换一种方式发送（不得发送涉密内容）。
notices-markup =
    格式没有成对：<code>{ $tag }</code>
    请补上另一半，或去掉这个标记后重新发送。链接要以 http:// 或 https:// 开头。
notices-too-long =
    内容太长：{ $length } 个字符，{ $file ->
        [true] 带附件时
       *[other] 一条通知
    }最多 { $limit } 个{ $room ->
        [corrected] （要注明“已更正”）
        [deadline] （已为截止日期留出位置）
       *[none] { "" }
    }。请缩短后重新发送。
notices-album = 一条通知只能带一个附件，后面的图片没有加入。
notices-file-refused = ⚠️ Telegram 不接受这个附件，没有预览成功，通知也没有发出。请点“改内容”重新上传，或去掉附件。
notices-not-yours = 没有这条通知，或者它不归您管。
notices-stale = ℹ️ 这条通知已有变化，刚才的操作没有执行。现在是这样：
notices-edit-late = ℹ️ 这条通知已不是草稿，编辑原来的消息不会改动它。要改请点“撤回修改”；已经发出的请用“更正”。
notices-changed = ℹ️ 内容或人数刚才有变化，还没有发送。请再核对一遍：
notices-past = ⚠️ 这个时间已经过了，请重新选择时间。
notices-deadline-past = ⚠️ 截止日期早于发送日期，请改截止日期或发送时间。
notices-missing-department = ⚠️ 所选部门已不存在，通知没有发出。请重新选对象。
notices-missing-group = ⚠️ 所选常用对象已删除，通知没有发出。请重新选对象。
notices-nobody = ⚠️ 对象里一个人也没有，通知没有发出。请重新选对象。
notices-no-approver = ⚠️ 超过 { $over } 人的通知需要另一位有权限的人批准，但现在没有这样的人。请先在花名册里设置另一位创建办人员，或由管理员在 /settings 调整“通知批准人数”。

notices-button-audience = 👥 对象
notices-button-time = 🕘 时间
notices-button-answer =
    收到按钮：{ $on ->
        [true] 有
       *[other] 无
    }
notices-button-deadline = 截止：{ $day }
notices-button-important =
    重要：{ $on ->
        [true] 是
       *[other] 否
    }
notices-button-edit = 改内容
notices-button-nofile = 去掉附件
notices-button-preview = 👁 预览并发送
notices-button-give-up = 放弃
notices-button-take-back = 撤回修改
notices-button-send = 📢 发送（{ $send } 人能收到）
notices-button-schedule = 🕘 定于 { $when } 发送
notices-button-submit = 🖊 提交批准（{ $total } 人）
notices-button-back = ‹ 返回
notices-button-card = ‹ 返回草稿
notices-button-list = 最近的通知
notices-button-later = 改到 { $when }
notices-button-anyway = 仍然发送
notices-button-anyway-time = 仍定在这个时间
notices-button-older = 更早 ›
notices-button-newer = ‹ 较新
notices-button-got = ✅ 收到

notices-who-everybody = 全部在岗人员
notices-who-subtree = 您管理范围内的全部在岗人员
notices-who-place =
    { $kind ->
        [s] { $name }（含下级）
        [d] { $name }（仅本级）
       *[g] 常用“{ $name }”
    }
notices-who-gone = （已不存在）
notices-who-roles = 只发给：{ $roles }
notices-who-idle = 只发给本季度还没有参加志愿服务的人
notices-who-unanswered = 只发给还没有对通知 №{ $id } 点“收到”的人
notices-who-without = 不含：{ $names }
notices-who-and = 。

notices-audience-head = 👥 <b>通知 №{ $id } 发给谁？</b>
notices-audience-in = 选入部门：点名称选中（含下级），点 › 看下级部门。
notices-audience-out = <b>排除</b>部门：点名称排除（含下级），点 › 看下级部门。
notices-audience-roles = 只发给哪些角色？不选就不限。
notices-audience-out-roles = <b>排除</b>哪些角色？
notices-audience-groups = 选一个常用对象；也可以把现在的对象存成常用。
notices-audience-asked = 只发给还没有对哪条通知点“收到”的人？
notices-audience-no-asked = 还没有发过带“收到”按钮的通知。
notices-group-ask =
    请给现在的对象起个名字（{ $limit } 字以内，不得发送涉密内容），例如：中层干部。
    发送 /cancel 取消。
notices-group-name = 名字要在 { $limit } 字以内、不含特殊符号。请重新发送，或发送 /cancel 取消（不得发送涉密内容）。
notices-group-taken = 已经有名为“{ $name }”的常用对象，请换一个名字（不得发送涉密内容）。
notices-group-saved = ✅ 已存为常用对象：{ $name }
notices-button-all = 全部人员
notices-button-departments = 部门
notices-button-roles = 角色
notices-button-groups = 常用对象
notices-button-idle = 本季度未参加
notices-button-unanswered = 没点“收到”的人
notices-button-without = 排除部门
notices-button-without-roles = 排除角色
notices-button-alone = 仅 { $name } 本级
notices-button-below = › { $below }
notices-button-up = ‹ 上一级
notices-button-save = ＋ 存为常用
notices-button-drop = 🗑
notices-button-no-asked = 不限
notices-button-done = ✓ 选好了
notices-mark =
    { $on ->
        [true] ☑ { $name }
       *[other] ☐ { $name }
    }
notices-mark-out =
    { $on ->
        [true] 🚫 { $name }
       *[other] ☐ { $name }
    }
notices-role =
    { $role ->
        [staff] 职工
        [leader] 科室负责人
        [office] 创建办
       *[viewer] 领导小组
    }

notices-time-head = 🕘 <b>通知 №{ $id } 什么时候发送？</b>
notices-time-now = 目前设定：{ $when }
notices-time-hours = 工作时间 { $from }–{ $until }
notices-time-typed = 点下面的按钮，或直接输入时间，例如：明天 9:00、下周一下午3点、12月3日 14:30（不得发送涉密内容）。
notices-day-typed = 点下面的日期，或直接输入，例如：周五、11月24日（不得发送涉密内容）。
notices-bad-day = 没有看懂这是哪一天，还没有改动。请这样写：周五、11月24日、2026-11-24，或点下面的日期选。
notices-bad-time = 没有看懂这个时间，还没有改动。请这样写：明天 9:00、12月3日 14:30、2026-12-03 14:30，或点下面的按钮选。
notices-time-hour = { $day } 几点？
notices-time-minute = { $day } { $hour } 点几分？
notices-time-deadline = ⏰ <b>通知 №{ $id } 的截止日期？</b>
notices-month = { $year }年{ $month }月
notices-month-off = 括号里的是休息日。
notices-time-off = ⚠️ 这一天是休息日，定在这天要再点一次确认。
notices-button-at-once = 立即发送
notices-button-at = { $when }
notices-button-calendar = 📅 选日期
notices-button-all-hours = 工作时间以外…
notices-button-no-deadline = 不设截止
notices-weekday =
    { $day ->
        [1] 一
        [2] 二
        [3] 三
        [4] 四
        [5] 五
        [6] 六
       *[7] 日
    }

notices-approve-head = 🖊 <b>请您批准这条通知</b>（№{ $id }）
notices-approve-ask =
    退回的原因？请直接输入（不得发送涉密内容），或点下面的按钮。
notices-button-approve = 批准
notices-button-reject = 退回
notices-button-reject-plain = 不写原因，直接退回
notices-button-view = 👁 看原样
notices-button-skip = 跳过
notices-approved = ✅ 已批准：通知 №{ $id }。
notices-rejected = ↩️ 已退回：通知 №{ $id }（{ $title }）。
notices-held = ⚠️ 这条通知现在发不了，已退回作者修改：{ $reason }

notice-approved =
    ✅ 您的通知 №{ $id }“{ $title }”已获批准，{ $later ->
        [true] 到时间就会发送。
       *[other] 已开始发送。
    }
notice-rejected =
    ↩️ 您的通知 №{ $id }“{ $title }”被退回，没有发送。
    原因：{ $note }
notice-cancelled = 🗑 您的通知 №{ $id }“{ $title }”已被有权限的人撤销，没有发送。
notice-grown = 🖊 定时通知 №{ $id }“{ $title }”的对象现在有 { $count } 人，需要另一位有权限的人批准，已请人批准。
notice-orphaned = ℹ️ 您已没有发送这条通知的权限，定时通知 №{ $id }“{ $title }”没有发出，等另一位有权限的人批准。
notice-orphaned-office = ℹ️ 定时通知 №{ $id }“{ $title }”的作者已没有发送权限，通知没有发出，需要另一位有权限的人批准。请到“待审”查看。
notice-held =
    ⚠️ 通知 №{ $id }“{ $title }”没有发出：{ $reason }
    它已回到草稿，改好后可以重新发送。
notice-reason =
    { $reason ->
        [stopped] 有人点了“全部停发”。请先核实情况。
        [missed] 预定时间已过去一天以上。
        [nobody] 对象里一个人也没有（部门可能已撤销或并入别处）。
        [deadline-past] 截止日期已过。
        [missing-department] 所选部门已不存在。
       *[missing-group] 所选常用对象已删除。
    }
