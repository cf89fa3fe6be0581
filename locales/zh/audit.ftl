audit-head = <b>操作记录</b>　共 { $total } 条，最近的在前
audit-sought = 查找：{ $what }
audit-nothing = 没有符合条件的记录。
audit-line = <b>{ $id }</b>　{ $at }　{ $who }
audit-what = 　　{ $action }
audit-about = 　　{ $action }（{ $about }）
audit-now = ：{ $after }
audit-was = ：原为{ $before }
audit-change = ：{ $before } → { $after }
audit-whole-unit = 全单位
audit-numbered =
    { $kind ->
        [notice] 通知 №{ $number }
        [checkin] 打卡 №{ $number }
        [phrase] 用语 { $number }
        [duty] 职责 { $number }
       *[other] №{ $number }
    }
audit-calendar =
    { $source ->
        [year] { $year }年放假安排
       *[unit] { $year }年本单位安排
    }
audit-count =
    { $what ->
        [messages] { $count } 条
        [codes] { $count } 个
        [accounts] { $count } 个账号
        [audience] 对象 { $count } 人
       *[people] { $count } 人
    }
audit-imported =
    { $what ->
        [added] 新增 { $count } 人
        [moved] 调整部门 { $count } 人
        [changed] 资料有变 { $count } 人
        [returned] 回到岗位 { $count } 人
        [left] 离开单位 { $count } 人
        [missing] 文件中没有 { $count } 人
        [unchanged] 不变 { $count } 人
       *[new_departments] 新建部门 { $count } 个
    }
audit-registration =
    { $state ->
        [pending] 等待确认
        [approved] 已通过
        [rejected] 未通过
        [bound] 与花名册相符，已绑定
       *[other] { $state }
    }
audit-consent =
    { $version ->
        [0] 已撤回同意
       *[other] 第 { $version } 版
    }
audit-export =
    { $what ->
        [mydata] 本人数据
        [roster-changes] 花名册变化
        [roster] 花名册
        [ledger] 台账
        [notice] 送达名单
        [invite-sheet] 邀请二维码
       *[report] 报表
    }
audit-term =
    { $what ->
        [messages] 消息内容 { $count } 条
        [photos] 照片标识 { $count } 个
        [parked] 搁置消息 { $count } 条
        [drafts] 草稿和对话 { $count } 个
        [imports] 花名册文件 { $count } 个
        [strangers] 未登记账号 { $count } 个
        [audit] 操作明细 { $count } 条
       *[other] { $what } { $count }
    }
audit-up-to = 至第 { $number } 条
audit-unproven = 来源不明的数据库
audit-chat = 群 { $number }
audit-naming = 姓名、工号或职务有变
audit-from = 自{ $day }起
audit-foot = 末条编号 { $head }，校验码 { $seal }。记录只增不改，每天向您发送末条校验码；可在服务器上用 <code>wenming doctor</code> 核对全链。
audit-account = 账号 { $user }
audit-program = 程序
audit-button-find = 查找
audit-button-all = 全部
audit-ask = 请发送要查找的内容：工号或姓名、操作、日期（2026-10-14 或 2026-10），可以组合，例如 <code>ZF001 2026-10</code>。操作名同时是菜单里的字（设置、导出等）的，请发送 <code>/audit 导出</code>。请勿发送涉密内容。
audit-not-understood = “{ $word }”不是花名册上的工号或姓名，也不是操作名或日期。请用例如 <code>/audit ZF001</code>、<code>/audit 设置 2026-10</code>。
audit-several = 有多位“{ $word }”，请用工号查找：{ $numbers }。

audit-action-consent = 同意条款
audit-action-registration = 登记
audit-action-leave = 退出
audit-action-erased = 个人数据删除
audit-action-audit-blanked = 清空过期明细
audit-action-roster-added = 花名册新增
audit-action-roster-changed = 花名册变更
audit-action-roster-left = 离职
audit-action-roster-imported = 导入花名册
audit-action-invite = 邀请链接
audit-action-invite-revoked = 收回邀请
audit-action-calendar = 工作日历
audit-action-setting = 设置
audit-action-review = 审核
audit-action-review-confirm = 确认
audit-action-review-vote = 首位确认
audit-action-review-return = 退回
audit-action-review-ask = 追问
audit-action-review-undo = 撤销确认
audit-action-review-void = 作废
audit-action-notice = 通知
audit-action-plan = 计划
audit-action-remind = 提醒
audit-action-export = 导出
audit-action-backup = 备份
audit-action-restore = 恢复备份
audit-action-resume = 恢复发送
audit-action-retention = 到期清理
audit-action-department-rename = 部门改名
audit-action-department-merge = 部门合并
audit-action-department-move = 部门调整上级
audit-action-department-split = 部门拆分
audit-action-department-close = 部门撤销
audit-action-grant = 授权
audit-action-grant-taken = 收回授权
audit-action-group-bound = 绑定群
audit-action-group-unbound = 解除群绑定
audit-action-invite-sheet = 邀请二维码
audit-action-invite-sheets-revoked = 收回邀请二维码
audit-action-roster-undone = 撤销导入
audit-action-notice-waiting = 通知待批准
audit-action-notice-scheduled = 通知定时
audit-action-notice-sending = 通知发送
audit-action-notice-cancelled = 通知放弃
audit-action-notice-rejected = 通知退回
audit-action-notice-held = 通知暂缓
audit-action-notice-taken-back = 通知收回
audit-action-notice-paused = 通知暂停
audit-action-notice-resumed = 通知继续
audit-action-notice-stopped = 通知停止
audit-action-plan-added = 新增计划
audit-action-plan-paused = 暂停计划
audit-action-plan-resumed = 恢复计划
audit-action-plan-went-on = 续发计划
audit-action-plan-dropped = 放弃计划的一次发送
audit-action-plan-run = 立即执行计划
audit-action-plan-ended = 删除计划
audit-action-plan-changed = 修改计划
audit-action-notice-missed = 通知补发
audit-action-notice-remind = 通知提醒
audit-action-notice-correct = 通知更正
audit-action-notice-recall = 通知撤回
audit-action-notice-told = 线下转达
audit-action-notice-untold = 取消线下转达
audit-action-content-added = 新增自编内容
audit-action-content-changed = 修改自编内容
audit-action-content-restored = 恢复原文
audit-action-content-off = 停用内容
audit-action-content-on = 恢复使用内容
