review-head = <b>待审核</b>（共 { $waiting } 条）
review-nothing = 👍 现在没有等您处理的事项。
review-rest = 👍 打卡都处理好了，还有{ $what }。
review-rest-tellings = 👍 打卡和登记都处理好了。还有通知需要线下转达（{ $count } 人次）。
review-wrapped = 后面没有了。刚才跳过的还有：{ $what }。
review-who = 👤 { $who } · { $path }
review-line-state =
    状态：{ $state ->
        [submitted] 待审核
        [more_info] 等本人补充
        [returned] 已退回
        [confirmed] 已确认
        [withdrawn] 本人已撤回
        [voided] 已作废
       *[other] { $state }
    }
review-votes = 🗳 已有 { $votes } 位审核人同意，还需另一位
review-reused = ⚠️ 有 { $count } 张照片在别的记录里用过

review-card = <b>志愿服务记录</b>
review-stale = ℹ️ 情况已有变化，刚才的操作没有执行。现在是这样：
review-undo-over =
    ℹ️ 已超过十分钟，不能再撤销，记录仍是已确认。{ $void ->
        [1] 确认错了，可以点“作废”并写明原因，
       *[other] 确认错了，请创建办作废并写明原因，
    }本人可以更正后重报。现在是这样：
review-not-yours = 这条记录不在您的审核范围内，或者是您本人的记录。
review-confirmed = ✅ 已确认：{ $name }　{ $record }
review-voted = 🗳 已记下您的同意，还需另一位审核人确认：{ $name }　{ $record }
review-returned = ↩️ 已退回：{ $name }　{ $record }（{ $note }）
review-asked = ❓ 已追问：{ $name }　{ $record }（{ $note }）
review-undone = ↩️ 已撤销确认，重新待审核：{ $name }　{ $record }
review-voided = ⛔ 已作废：{ $name }　{ $record }（{ $note }）
review-reason-wanted = 请写明原因或问题，几个字也可以（请勿发送涉密内容）。

review-ask-return =
    退回原因？点下面的按钮，或直接输入（请勿发送涉密内容）。

    { $name }　{ $record }
review-ask-ask =
    想问什么？请直接输入（请勿发送涉密内容）。

    { $name }　{ $record }
review-ask-void =
    作废已确认的记录需要原因。点下面的按钮，或直接输入（请勿发送涉密内容）。

    { $name }　{ $record }
review-reason-details = 请写清服务内容
review-reason-hours = 时长与实际不符
review-reason-date = 日期有误
review-reason-duplicate = 重复记录
review-reason-not-volunteering = 不属于志愿服务
review-reason-wrong = 内容与事实不符

review-all-ask = 
    确认下面 <b>{ $count }</b> 条没有提示的记录？{ $stay ->
        [0] { "" }
       *[other] 其余 { $stay } 条会留下来逐条审核。
    }
review-all-line = · { $name }　{ $record }
review-all-more = …… 还有 { $count } 条
review-all-none =
    { $stay ->
        [0] 现在没有待审核的打卡。
       *[other] 没有可以一次确认的记录：剩下的 { $stay } 条都有提示，请逐条审核。
    }
review-all-changed = ℹ️ 待审核的记录刚才有变化，没有确认任何一条。请重新点一次。
review-all-confirmed = ✅ 已确认 { $count } 条。十分钟内可以撤销。
review-all-undone = ↩️ 已撤销 { $count } 条的确认，重新待审核。
review-all-kept = ℹ️ 没有可以撤销的：情况已有变化。
review-all-over = ℹ️ 已超过十分钟，没有撤销，这些记录仍是已确认。哪一条确认错了，请创建办作废并写明原因，本人可以更正后重报。
review-photo = 照片 { $number }/{ $total }
review-no-photos = 这条记录没有照片。
review-work = 📋 有事项等您处理：{ $what }。
review-work-registrations = 登记申请 { $count } 件
review-work-notices = 待批准的通知 { $count } 条
review-work-tellings = 需要线下转达 { $count } 人次
review-work-checkins = 志愿服务打卡 { $count } 条

review-button-confirm = 确认
review-button-return = 退回
review-button-ask = 追问
review-button-undo = 撤销确认
review-button-void = 作废
review-button-skip = 跳过
review-button-photos = 照片（{ $count }）
review-button-all = 一次确认 { $count } 条
review-button-all-unflagged = 一次确认没有提示的
review-button-undo-all = 撤销这 { $count } 条
review-button-all-yes = 是，确认 { $count } 条
review-button-back = 返回
review-button-again = 从头看
review-button-record = ‹ 此人的记录
review-button-pending = 下一项待办
review-button-open = 开始处理
