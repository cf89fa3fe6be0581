remind-preview-head = <b>提醒</b>　{ $path }：{ $matter }
remind-done-head = 📨 <b>已安排提醒</b>　{ $path }：{ $matter }
remind-matter-quarter = { $quarter }还没有打卡的同志
remind-matter-notice = 通知“{ $text }”还没有点“收到”的同志
remind-open = 共 <b>{ $count }</b> 人，其中：
remind-send = · 将收到提醒 <b>{ $count }</b> 人
remind-on-leave = · 请假 { $count } 人，不打扰
remind-not-bound = · 未绑定或已退出 { $count } 人，请当面转达
remind-unreachable = · 已停用机器人 { $count } 人，请当面转达
remind-week = · 本周已提醒过 { $count } 人
remind-twice = · 已提醒过两次 { $count } 人，不再提醒，改请科室联系人当面问一问
remind-budget = · 本周消息已满 { $count } 人，并入每周补阅
remind-preview-when = 发送时间：{ $at }。只发给本人，不在群里点名。
remind-done-when = 发送时间：{ $at }。发出前已经完成的人不会收到。
remind-nobody = 现在没有可以提醒的人。
remind-over = 这件事已经结束，不再提醒。请发送 /remind 查看本季度的情况。
remind-button-send = 📨 发送提醒（{ $count } 人）
remind-button-where = 🏢 选部门
remind-button-what = 📋 换一件事
remind-button-quarter = 本季度还没有打卡
remind-choose-where = 提醒哪个部门？（含下属部门）
remind-choose-what = 提醒哪件事？下面是还有人没点“收到”的通知。
remind-ambiguous =
    { $more ->
        [0] “{ $text }”有多个部门符合，请选择：
       *[other] “{ $text }”有多个部门符合，请选择（另有 { $more } 个没有列出，请把部门名称写完整些再发 /remind）：
    }
remind-unclear = 没有找到“{ $text }”这个部门。可以这样说：<code>/remind 部门名称</code>，或直接发送 /remind。

remind-says-quarter =
    { $by ->
        [leader] 您好！科室负责人请我提醒您：{ $quarter }还没有您的志愿服务记录。
        [office] 您好！创建办请我提醒您：{ $quarter }还没有您的志愿服务记录。
       *[plan] 您好！{ $quarter }还没有您的志愿服务记录。
    }

    如果已经参加过，发一句话就能补上，例如“昨天下午社区清扫两个半小时”。志愿服务完全自愿，没有参加也不用说明原因。
remind-contact =
    🤝 { $path }：{ $matter }，以下 { $count } 人已提醒过两次，不再由机器人提醒：{ $names }{ $rest ->
        [0] 。
       *[other] 等，另有 { $rest } 人。
    }

    请您方便时当面问一问是否需要帮助。参加与否出于自愿，请不要在群里点名。
remind-leader = ℹ️ { $path }：{ $matter }，已提醒过两次并请科室联系人转达，仍有 { $count } 人。这里只有人数，供您掌握情况。

digest-head = 📬 <b>每周补阅</b>　本周消息较多，以下 { $count } 条没有单独打扰您：
digest-quarter = { $quarter }还没有您的志愿服务记录
digest-line = { $number }. { $text }
digest-rest = 另有 { $count } 条。
digest-button = 看第 { $number } 条
digest-foot = 点按钮看全文。
