checkins-hours = { $hours } 小时
checkins-minutes = { $minutes } 分钟
checkins-hours-minutes = { $hours } 小时 { $minutes } 分钟
checkins-stretch = { $hours }（{ $starts }—{ $ends }）
checkins-short = { $date }{ $hours } · { $text }
checkins-comma = ；
checkins-self = 本人
checkins-operator = 管理员

checkins-line-date = 📅 { $date }
checkins-line-hours = ⏱ { $hours }
checkins-line-text = 📝 { $text }
checkins-line-sum = 当日合计：{ $hours }
checkins-line-photos = 🖼 照片 { $count } 张
checkins-line-late-reason = 补报说明：{ $reason }
checkins-line-state =
    状态：{ $state ->
        [submitted] 待审核
        [more_info] 待您补充
        [returned] 已退回
        [confirmed] 已确认
        [withdrawn] 已撤回
        [voided] 已作废
       *[other] { $state }
    }
checkins-flag-over-cap = ⚠️ 当日合计超过 { $cap }，需两位审核人确认
checkins-flag-late = ⚠️ 补报：已超过 { $days } 个工作日
checkins-flag-overlap = ⚠️ 与另一条记录时间重叠

checkins-history = <b>经过</b>
checkins-event = { $at } { $who } { $act ->
        [submit] 提交
        [change] 更正
        [explain] 说明
        [photo] 添加照片
        [withdraw] 撤回
        [withdrawn] 撤回
        [answer] 回答
        [resubmit] 再次提交
        [confirm] 确认
        [confirmed] 确认
        [return] 退回
        [returned] 退回
        [ask] 追问
        [more_info] 追问
        [undo] 撤销确认
        [void] 作废
        [voided] 作废
       *[other] { $act }
    }
checkins-event-noted = { $at } { $who } { $act ->
        [submit] 提交
        [change] 更正
        [explain] 说明
        [photo] 添加照片
        [withdraw] 撤回
        [answer] 回答
        [resubmit] 再次提交
        [confirm] 确认
        [return] 退回
        [ask] 追问
        [undo] 撤销确认
        [void] 作废
       *[other] { $act }
    }：{ $note }
checkins-change = { $old } → { $new }
checkins-change-text = 内容

checkins-recorded = ✅ <b>已记录</b>，等待审核
checkins-already = ☑️ 这条已经记录过了，没有重复记录：
checkins-changed = ✏️ <b>已更正</b>
checkins-unchanged = 没有变化，记录保持原样：
checkins-explained = ✅ 已记下您的说明，谢谢
checkins-answered = ✅ <b>已回答</b>，等待审核
checkins-resubmitted = ✅ <b>已再次提交</b>，等待审核
checkins-withdrawn = ↩️ <b>已撤回</b>，不再计入
checkins-card = <b>志愿服务记录</b>
checkins-stale = ℹ️ 情况已有变化，这一步不能再做。现在是这样：
checkins-gone = 没有找到这条记录。发送 /me 查看您的全部记录。
checkins-draft-gone = 这张卡片已经失效，没有记录。请把做过的服务再说一次，例如“昨天社区清扫两个半小时”。
checkins-stale-step = 这个按钮属于已经结束的步骤，没有记录。发送 /checkin 重新开始，或发送 /me 查看您的记录。
checkins-blanked = 🔒 内容里的证件号或电话号码没有保存，已用 *** 代替。

checkins-draft = <b>请核对，点“确认”后才会记录</b>
checkins-draft-question = 您写的“{ $piece }”是指 <b>{ $hours }</b>吗？点下面的按钮后才会记录。
checkins-dropped = 好的，没有记录。

checkins-ask-date = 哪一天的服务？点下面的按钮，或直接输入日期，如：昨天、上周六、11月3日。（请勿发送涉密内容；发送 /cancel 取消）
checkins-ask-hours = 服务了多长时间？点下面的按钮，或直接输入，如：2.5、两个半小时、90分钟、14:00-16:30。路上的时间不算。（请勿发送涉密内容；发送 /cancel 取消）
checkins-ask-text = 做了什么？请用一句话说明，如：社区清扫。（请勿发送涉密内容、证件号和电话号码；发送 /cancel 取消）
checkins-ask-late = 这是较早以前的服务。请回复一句话，说明为什么现在才补报（请勿发送涉密内容）。
checkins-ask-photo =
    请发送照片，可以发多张，发完点“完成”。照片不是必需的。（请勿拍摄涉密内容和他人证件）

    { $record }
checkins-ask-answer =
    审核人问：{ $note }

    请直接回复，或发送“取消”。（请勿发送涉密内容）
checkins-ask-again =
    退回原因：{ $note }

    请回复一句说明，随后会再次提交；也可以不作说明直接提交；先不提交，请发“取消”。（请勿发送涉密内容）
checkins-choose-part = 要改哪一项？
checkins-withdraw-sure =
    确定撤回这条记录吗？撤回后不能恢复，但可以重新打卡。

    { $record }
checkins-day-today = 今天（{ $day }日）
checkins-day-yesterday = 昨天（{ $day }日）
checkins-day-before = 前天（{ $day }日）

checkins-photo-kept = 🖼 已收到，现在共 { $count } 张。还可以继续发，发完点“完成”。
checkins-photo-known = 这张照片已经在这条记录里了（共 { $count } 张）。
checkins-photos-full = 每条记录最多 { $limit } 张照片，这张没有保存。
checkins-photo-as-file = 请以“图片”方式发送，不要以“文件”方式发送：原图文件里可能带有位置信息，所以没有保存。
checkins-photo-album = 🖼 同一组的其他照片也会一并附上。
checkins-photo-not-yet = 🖼 照片还没有附上：这条记录好之后，请点“照片”再发一次。

checkins-nothing-recorded = 没有记录
checkins-nothing-changed = 没有更正
checkins-stands = <b>原来的记录没有变</b>：
checkins-stands-open =
    要更正，请把那条消息再编辑一次，或点“改”{ $state ->
        [returned] 。
       *[other] ；不要这条记录了，请点“撤回”。
    }
checkins-stands-closed = 这条记录现在不能由您自己更正。确有不对的地方，请联系创建办（发送 /help 查看联系人）。

checkins-refused-future = { $date }还没有到，不能提前打卡，{ $nothing }。
checkins-refused-not-begun = { $date }{ $starts } 还没有到，不能提前打卡，{ $nothing }。
checkins-refused-too-early = { $date }太早了，最早可以补报到 { $earliest }，{ $nothing }。
checkins-refused-over-max = 一天最多 { $max }，当日其他记录已有 { $sum }，再加 { $hours }就超过了，{ $nothing }。
checkins-refused-over-max-alone = 一天最多 { $max }，{ $hours }超过了，{ $nothing }。
checkins-refused-not-positive = 时长必须大于 0，{ $nothing }。
checkins-too-long = 内容请控制在 { $limit } 字以内，{ $nothing }。

checkins-problem-no-hours = 没有看到服务时长。
checkins-hours-missing = 没有看到服务时长：{ $date }的“{ $text }”。
checkins-quoted = “{ $piece }”
checkins-problem-bad-hours = 时长{ $piece }不对：请写大于 0、一天以内的时长，{ $nothing }。
checkins-problem-too-late = 还{ $nothing }：{ $piece }过了零点，早上 6 点以后才结束。时长按天计算，请按日期分成两条：
checkins-night-line = 打卡 { $date } { $span } { $text }
checkins-night-parts = 开始的那一天写 { $first }，第二天的 { $second } 另记一条。
checkins-problem-bad-date = 没有{ $piece }这一天，{ $nothing }。
checkins-problem-unread-date =
    没有看懂{ $piece }是哪一天，还{ $nothing }。{ $step ->
        [none] { "" }
       *[date] 先不办了，请发“取消”。
    }
checkins-which-half = 如果不是按钮上的时间，请写明上午、下午，如：早上5点到7点，或 05:00-07:00。
checkins-problem-ambiguous-number = { $piece }的意思不够清楚，{ $nothing }。
checkins-problem-several = 还{ $nothing }：一次只能记一条，这里有{ $piece }，请分开说。
checkins-how =
    请这样写：
    打卡 2.5 社区清扫
    打卡 昨天 3 植树
    打卡 上周六 1小时30分 敬老院
    （请勿发送涉密内容）
checkins-off-roster = 您的账号没有绑定花名册，所以没有个人打卡和记录。需要的话，请创建办把您加入花名册，再用邀请码登记。

checkins-button-confirm = 确认
checkins-button-guess = 是，{ $hours }
checkins-button-drop = 不记录
checkins-button-date = 改日期
checkins-button-hours = 改时长
checkins-button-text = 改内容
checkins-button-edit = 改
checkins-button-photo = 照片
checkins-button-photo-done = 完成
checkins-button-withdraw = 撤回
checkins-button-withdraw-yes = 确定撤回
checkins-button-keep = 保留
checkins-button-back = 返回
checkins-button-answer = 回答
checkins-button-again = 再次提交
checkins-button-again-now = 直接提交
checkins-button-late = 补报说明
checkins-button-correct = 更正后重报
checkins-button-show = 查看

checkins-told-confirmed = ✅ 您的志愿服务已确认：{ $record }
checkins-told-confirmed-all = ✅ 您有 { $count } 条志愿服务已确认：
checkins-told-line = · { $record }
checkins-told-returned =
    ↩️ 您的志愿服务被退回：{ $record }

    原因：{ $note }
checkins-told-question =
    ❓ 审核人想了解：{ $note }

    { $record }
checkins-told-undone = ℹ️ 刚才的确认已由审核人撤销，等待重新审核：{ $record }
checkins-told-undone-all = ℹ️ 刚才的 { $count } 条确认已由审核人撤销，等待重新审核：
checkins-told-voided =
    ⛔ 一条已确认的志愿服务被创建办作废：{ $record }

    原因：{ $note }

me-head = <b>我的志愿服务</b>
me-of = <b>{ $name }的志愿服务</b>
me-year = { $year }年已确认：<b>{ $hours } 小时</b>，{ $times } 次
me-open =
    { $waiting ->
        [0] 被退回 { $returned } 条
       *[other] 待审核 { $waiting } 条{ $returned ->
            [0] { "" }
           *[other] ，被退回 { $returned } 条
        }
    }
me-month = <b>{ $year }年{ $month }</b>（{ $count } 条）
me-month-empty = 这个月没有记录。
me-month-begin = 这个月还没有记录。要打卡，请发送“打卡 2.5 社区清扫”，或点“打卡”一步一步来。
me-line = { $state ->
        [submitted] 🕓
        [more_info] ❓
        [returned] ↩️
        [confirmed] ✅
        [withdrawn] ✖️
        [voided] ⛔
       *[other] ·
    } { $record }
me-button-list = ‹ 全部记录
me-button-month = { $mark } { $month }
me-button-record = { $month }月{ $day }日 { $hours }
me-gone = 没有找到这个人的记录，或者不在您的权限范围内。
