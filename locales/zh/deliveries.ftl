deliveries-head = 📮 <b>通知 №{ $id }</b>　{ $state }
deliveries-state =
    { $state ->
        [trying] 试发中
        [sending] 发送中
        [paused] 已暂停
        [halted] 已自动暂停
        [done] 已发完
        [stopped] 已停止
       *[recalled] 已撤回
    }
deliveries-title = { $title }
deliveries-when = { $when } 发出
deliveries-corrected = ✏️ 发出后更正过 { $count } 次
deliveries-bar = { $bar } { $percent } %
deliveries-left =
    ⏳ { $unit ->
        [seconds] 预计还要 { $count } 秒
        [minutes] 预计还要 { $count } 分钟
        [hours] 预计还要 { $count } 小时
       *[unknown] 现在发不出去，正在等 Telegram 恢复，恢复后自动接着发
    }（与其他消息合用每秒 { $rate } 条的上限）
deliveries-later = ⏳ 将于 { $when } 开始发送。
deliveries-trying = 先发给前几个人，都送达了再发其余的人。
deliveries-halted =
    ⚠️ 先发的几条没有发成（{ $reason }），其余的人都还没有发。
    请点“更正”改好内容，再点“继续”；不发了就点“停止”。
deliveries-told-halted = ⚠️ 通知 №{ $id } 先发的几条没有发成（{ $reason }），已自动暂停，其余的人都还没有发。请打开通知，点“更正”改好内容再点“继续”，或点“停止”。
deliveries-roster = 对象 <b>{ $total }</b> 人 ＝ 计划 <b>{ $planned }</b>{ $rest }
deliveries-roster-part =
    { " " }＋ { $fate ->
        [not_bound] 未绑定
        [withdrawn] 已退出
       *[on_leave] 请假
    } { $count }
deliveries-round =
    { $why ->
        [first] <b>发送</b>
        [missed] <b>补发</b>
       *[unanswered] <b>提醒</b>
    }　{ $when }
deliveries-sum = 计划 { $planned } ＝ 送达 { $sent } ＋ 失败 { $failed } ＋ 跳过 { $skipped } ＋ 不确定 { $unknown }
deliveries-sum-left = 计划 { $planned } ＝ 送达 { $sent } ＋ 失败 { $failed } ＋ 跳过 { $skipped } ＋ 不确定 { $unknown } ＋ 待发 { $left }
deliveries-reasons =
    { $state ->
        [failed] 　失败：
       *[skipped] 　跳过：
    }{ $reasons }
deliveries-reason-count = { $reason } { $count }
deliveries-reason =
    { $reason ->
        [blocked] 已停用机器人
        [unreachable] 已停用机器人
        [deactivated] 账号已注销
        [not_found] 找不到聊天
        [rejected] Telegram 不接受这条消息
        [render] 程序生成消息时出错
        [not_bound] 未绑定
        [withdrawn] 已退出
        [on_leave] 请假
        [left] 已离开单位
        [budget] 超出本周次数
        [late] 过期未发
        [stopped] 已停止或暂停
        [muted] 已设免打扰
        [done] 已无须发送
        [recalled] 通知已撤回
        [answered] 已点“收到”
        [vanished] 消息已被删除
        [moved] 已换账号
        [kicked] 无权发送
        [forbidden] 对方不允许
        [lost] Telegram 没有答复
        [not_allowed] 不在权限范围内
        [tries] 多次没有收到答复
        [crash] 发送时程序中断
       *[other] 其他原因
    }
deliveries-answers = ✅ 收到：{ $answered } 人已点，{ $unanswered } 人没点（自愿，不排名）
deliveries-telling = 🗣 线下转达：{ $count } 人没有收到，已转达 { $told } 人
deliveries-own = 您管理范围内的 { $people } 人：送达 { $sent }，没有送达 { $missing }，待发 { $left }

deliveries-paused = ⏸ 已暂停，点“继续”之前不再发出。
deliveries-resumed = ▶️ 继续发送。
deliveries-stopped = ⏹ 已停止，不再发出。已经送达的还在；要收回请点“撤回”。
deliveries-as-it-is = ℹ️ 情况已有变化，刚才的操作没有执行。现在是这样：

deliveries-button-pause = ⏸ 暂停
deliveries-button-resume = ▶️ 继续
deliveries-button-stop = ⏹ 停止
deliveries-button-stop-all = ⏹ 全部停发（{ $count } 条）
deliveries-button-stop-all-yes = 确定全部停发
deliveries-stop-all-ask = ⏹ <b>全部停发</b>

    将停止正在发送的、收回等待定时发送的通知，共 { $count } 条。停止后不能继续；定时的退回草稿，可以重新安排。
deliveries-stop-all-nothing = 现在没有正在发送或等待定时发送的通知。
deliveries-all-stopped =
    ⏹ 已全部停发：{ $stopped ->
        [0] 没有正在发送的
       *[other] 停止 { $stopped } 条
    }，{ $back ->
        [0] 没有等待定时发送的。
       *[other] { $back } 条定时通知退回草稿。
    }
    已经送达的还在；要收回请打开通知点“撤回”。
deliveries-button-refresh = 🔄 刷新
deliveries-button-missed = 补发（{ $count } 人）
deliveries-button-remind = 提醒（{ $count } 人没点“收到”）
deliveries-button-correct = ✏️ 更正
deliveries-button-recall = ↩️ 撤回
deliveries-button-names = 名单
deliveries-button-sheet = 表格
deliveries-button-telling = 🗣 线下转达
deliveries-button-back = ‹ 返回
deliveries-button-list = 最近的通知
deliveries-button-open = 查看通知

deliveries-got = ✓ 已收到
deliveries-reminder = 🔔 <b>提醒</b>：下面的通知还没有点“收到”，看到请点一下。
deliveries-recalled-answer = 这条通知已经撤回，不用处理。
deliveries-recalled = ↩️ 这条通知已撤回，请不要按原内容办理。

deliveries-names-title =
    { $kind ->
        [answered] 已点“收到”
        [unanswered] 没点“收到”（自愿，请不要催促）
        [failed] 失败
        [skipped] 跳过（含未绑定、请假等）
       *[unknown] 不确定是否送达
    }：{ $count } 人
deliveries-names-line = { $who } · { $department }
deliveries-names-line-reason = { $who } · { $department } · { $reason }
deliveries-names-page = 第 { $page }/{ $pages } 页
deliveries-names-choose = 要看哪一份名单？只列您管理范围内的人。
deliveries-names-kind =
    { $kind ->
        [answered] 已点“收到”
        [unanswered] 没点“收到”
        [failed] 失败
        [skipped] 跳过（含未绑定、请假等）
       *[unknown] 不确定
    } { $count }

deliveries-again-ask =
    { $act ->
        [missed] 补发给还没有送达、现在又能收到的 <b>{ $count }</b> 人？
       *[remind] 提醒还没有点“收到”的 <b>{ $count }</b> 人？一件事最多提醒两次，每人每周最多一次。
    }
deliveries-again-over = 另有 { $over } 人本周的次数已满，这次不发。
deliveries-again-outside = 🌙 现在不在工作时间，建议改到 { $when }。
deliveries-again-sure = 🌙 不在工作时间发送会打扰休息。确实要现在发，请再点一次。
deliveries-again-sending = 📢 已开始。
deliveries-again-later = 🕘 将于 { $when } 开始发送。
deliveries-changed = ℹ️ 人数刚才有变化，还没有发送。请再核对一遍：
deliveries-reminded = 现在没有可以提醒的人：本周已提醒过 { $week } 人，已提醒过两次 { $twice } 人。一件事最多提醒两次，每人每周最多一次；之后请科室负责人当面问一声。
deliveries-nobody-left =
    { $over ->
        [0] 没有可以发送的人了：要么已经收到，要么现在还收不到（请线下转达）。
       *[other] 现在没有可以发送的人：还没有送达的人中，{ $over } 人本周的次数已满，请下周再发。
    }
deliveries-button-again = 确定，发给 { $count } 人
deliveries-button-later = { $when } 发
deliveries-button-anyway = 现在就发
deliveries-button-sure = 仍然现在发

corrections-prompt =
    ✏️ 请发送更正后的完整文字（附件不能换）。已送达的 { $sent } 条会改成新的文字，还没有发的直接发新的。
    ⚠️ 不得发送涉密内容。发送 /cancel 保持不变。
corrections-unknown =
    另有 { $unknown } 条不确定是否送达，{ $act ->
        [correct] 改不到
       *[recall] 收不回
    }。
corrections-preview = 改成这样，好吗？会改动已送达的 { $sent } 条，不再响铃提醒。（请勿发送涉密内容）
corrections-button-yes = 确定更正
corrections-button-again = 重写
corrections-correct = ✏️ 正在更正 { $count } 条，改完会告诉您。
corrections-recall = ↩️ 正在撤回 { $count } 条，完成后会告诉您。
corrections-no-file = 附件不能换，只能改文字。要换附件，请撤回后重新发送。请发送新的文字（不得发送涉密内容）。
corrections-same = 和原来一样，没有改动。请发送新的文字（不得发送涉密内容）。
corrections-ask-recall = 撤回这条通知？已送达的 <b>{ $sent }</b> 条会从聊天中删除；超过 48 小时的删不掉，改成“已撤回”。没有发的不再发。
corrections-button-recall = 确定撤回
corrections-done =
    { $act ->
        [correct] ✏️ 通知 №{ $id } 更正完毕：改好 { $done } 条
       *[recall] ↩️ 通知 №{ $id } 撤回完毕：收回 { $done } 条
    }{ $not ->
        [0] 。
       *[other] ，{ $not } 条没有办成：{ $reasons }。
    }

tellings-head = 🗣 <b>线下转达</b>　通知 №{ $id }
tellings-title = { $title }
tellings-corrected = ✏️ 已更正，{ $at }：请按更正后的内容转告。
tellings-how = 下面的人没有收到这条通知，请当面转告，告诉一位点一位。
tellings-department = <b>{ $department }</b>
tellings-person = ☐ { $who } · { $reason }
tellings-person-told = ☑ { $who } · { $by } { $when } 已转达
tellings-person-told-office = ☑ { $who } · { $when } 已转达
tellings-place = { $department }（{ $told }/{ $count }）
tellings-nobody = 没有需要线下转达的人。
tellings-own = 不能替自己点“已转达”，请科室里别的负责人或创建办来点。
tellings-reason-then = 发送时{ $reason }
tellings-reason-unknown = 不确定是否送达
tellings-button-open = №{ $id } 开始转达（{ $count } 人）
tellings-button-tick = ☐ { $name }
tellings-button-untick = ☑ { $name }
tellings-waiting = 🗣 有 { $count } 条通知需要线下转达：
tellings-waiting-line = №{ $id }（{ $count } 人）{ $title }
tellings-waiting-none = 没有需要线下转达的通知。

deliveries-sheet-name = 通知№{ $id }-送达情况
deliveries-sheet-overview = 概况
deliveries-sheet-people = 名单
deliveries-sheet-label =
    { $what ->
        [title] 通知
        [at] 发出时间
        [state] 状态
        [total] 对象人数
        [planned] 计划
        [sent] 送达
        [failed] 失败
        [skipped] 跳过
        [unknown] 不确定
        [left] 待发
        [not_bound] 未绑定
        [withdrawn] 已退出
        [on_leave] 请假
        [answered] 已点“收到”
        [telling] 需线下转达
        [told] 已线下转达
        [number] 工号
        [name] 姓名
        [department] 部门
        [result] 结果
        [reason] 原因
        [sent_at] 送达时间
        [answered_at] 收到时间
        [told_at] 转达时间
       *[told_by] 转达人
    }
deliveries-sheet-result =
    { $state ->
        [sent] 送达
        [failed] 失败
        [skipped] 跳过
        [unknown] 不确定
       *[left] 待发
    }
deliveries-sheet-sum = { $why ->
        [first] 发送
        [missed] 补发
       *[unanswered] 提醒
    } { $when }
deliveries-sheet-failed = 表格没有做成，请稍后再试一次。
