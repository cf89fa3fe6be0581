menu-checkin = 打卡
menu-me = 我的
menu-duties = 职责
menu-phrase = 用语
menu-report = 报表
menu-pending = 待审
menu-members = 成员
menu-remind = 提醒
menu-schedule = 计划
menu-notice = 通知
menu-roster = 花名册
menu-content = 自编内容
menu-export = 导出
menu-grant = 授权
menu-bind = 绑定群
menu-settings = 设置
menu-status = 运行状态
menu-audit = 操作记录
menu-backup = 备份
menu-mute = 免打扰
menu-mydata = 我的数据
menu-leave = 退出
menu-language = 语言
menu-privacy = 隐私
menu-help = 帮助
menu-cancel = 取消
menu-start = 开始
# Other forms that are understood: traditional characters.
menu-also =
    職責=duties 用語=phrase 報表=report 待審=pending 成員=members 計劃=schedule 自編內容=content 導出=export 匯出=export
    授權=grant 綁定群=bind 設置=settings 設定=settings 運行狀態=status 操作記錄=audit 備份=backup 免打擾=mute
    我的數據=mydata 語言=language 隱私=privacy 幫助=help 開始=start

command-checkin = 志愿服务打卡，例如：打卡 2.5 社区清扫
command-me = 我的志愿服务记录
command-duties = 五个一、六个不让
command-phrase = 今日文明用语
command-report = 参与率报表
command-pending = 待我审核的事项
command-members = 成员与绑定情况
command-remind = 提醒本季度还没有参加的同志
command-schedule = 定时发送的计划
command-notice = 通知：写、发、看送达
command-roster = 花名册：查看、导入
command-content = 自编内容：本单位的文明用语和职责
command-export = 导出：志愿服务台账、花名册
command-grant = 角色分工：授予、收回、代理
command-bind = 部门工作群：绑定、解除
command-settings = 创建工作设置
command-status = 运行状态
command-audit = 操作记录：谁、何时、改了什么
command-backup = 立即备份（写在服务器上，不经过聊天）
command-mute = 关闭或恢复每日早间消息
command-mydata = 导出我的全部数据
command-leave = 退出并撤回同意
command-language = 切换语言 / Language
command-privacy = 隐私说明
command-help = 帮助
command-start-stranger = 用邀请码登记
command-start-founder = 开通清单、邀请链接
command-cancel = 取消正在进行的操作

help-head = <b>文明创建助手</b>：您可以使用
help-stranger =
    <b>文明创建助手</b>

    您还没有登记。请点击本单位发给您的邀请链接，或把邀请码发到这里。
help-waiting =
    <b>文明创建助手</b>

    您的登记已提交，正在等候科室负责人或创建办确认。
help-line = { $word }　/{ $command }　{ $text }
help-office = 有疑问，请联系创建办：{ $names }。
help-foot =
    { $example ->
        [checkin] 行首的中文词可以直接发送，例如“打卡 2.5 社区清扫”。
        [report] 行首的中文词可以直接发送，例如“报表 上月”。
       *[none] { "" }
    }随时发送 /cancel 取消当前操作。请勿发送涉密内容。

cancel-done = 已取消。
cancel-nothing = 当前没有正在进行的操作。

language-ask = 请选择语言 / Please choose a language
language-own-name = 中文
language-chosen = 已切换为中文。

mute-on = 已关闭每日早间消息。再次发送 /mute 即可恢复。
mute-off = 已恢复每日早间消息。

error-parked = 抱歉，您的这条消息（编号 { $number }）处理时出了问题，已通知管理人员。此前已保存的内容不受影响，您可以稍后再试一次。
error-too-fast = 您发得太快了，刚才后面的几条没有处理。请稍等十几秒，再把需要的内容发一遍。
error-wait = 系统正忙，让您久等了。您刚才发的内容没有丢，稍后会自动处理并回复您，不用重发。
error-unknown-off-roster = 没有听懂这句话。发送 /help 查看可用的功能。
error-unknown = 没有听懂这句话。要打卡，请说“昨天下午社区清扫两个半小时”，或发送 /help 查看可用的功能。
error-asked = 没有听懂这句话。审核人问过您一条志愿服务的情况：要回答，请先点下面的“回答”，再把话发来。其他功能请发送 /help 查看。
talk-greetings = 你好|您好|你好啊|嗨|在吗|早上好|上午好|下午好|晚上好|早|hello|hi
talk-greeting = 您好！要打卡，可以直接说“昨天下午社区清扫两个半小时”；发送 /help 查看全部功能。
talk-greeting-off-roster = 您好！发送 /help 查看您可以使用的功能。
talk-greeting-stranger = 您好！请先完成登记：点击本单位发给您的邀请链接，或把邀请码发到这里。
talk-never-mind = 算了|算了吧|不记了|先不记了|不想记了|不用了|不用记了
talk-thanks-words = 谢谢|谢谢您|多谢|感谢|辛苦了|好的|好|收到|thanks|ok
talk-thanks = 不客气！有需要随时找我。
error-not-allowed = 这项功能不在您的权限范围内。发送 /help 查看您可以使用的功能。
error-stranger = 请先完成登记：点击本单位发给您的邀请链接，或把邀请码发到这里。
error-stale = 这个按钮已经失效。请发送 /help 查看可用的功能。
error-not-kept =
    { $kind ->
        [location] 我们不收集位置信息，这条消息没有保存。请改用文字发送。
       *[other] 我们不收集电话号码和联系人，这条消息没有保存。请改用文字发送。
    }
error-not-understood =
    { $kind ->
        [sticker] 谢谢您的表情！我只能处理文字。发送 /help 查看可用的功能。
        [voice] 我还听不了语音，请改用文字发送。
        [photo] 收到图片，但现在没有需要图片的操作。要给打卡附照片，请先在打卡卡片上点“照片”。
        [document] 收到文件，但现在没有需要文件的操作，没有保存。请改用文字发送，或发送 /help 查看可用的功能。
       *[other] 这种消息我处理不了，请改用文字发送。发送 /help 查看可用的功能。
    }

push-parked = ⚠️ 有一条消息（编号 { $number }）三次处理失败，已搁置。请系统管理员查看运行日志。
push-mirror-failed = ⚠️ MIRROR_URLS 里第 { $number } 个群机器人三次都没有送达，这一条已放弃。Telegram 内的发送不受影响。请检查地址和网络。
push-conflict = ⚠️ 另有程序正在用同一个机器人令牌接收消息（或设置了网络回调），本程序暂时收不到消息。请停掉另一个，只留一个。

list-previous = ‹ 上一页
list-next = 下一页 ›
list-comma = 、
person-called = { $name }（{ $number }）
date-day =
    { $year ->
        [0] { "" }
       *[other] { $year }年
    }{ $month }月{ $day }日{ $weekday ->
        [0] { "" }
        [1] （周一）
        [2] （周二）
        [3] （周三）
        [4] （周四）
        [5] （周五）
        [6] （周六）
       *[7] （周日）
    }
date-moment =
    { $weekday ->
        [0] { $day } { $time }
       *[1] { $day }{ $time }
    }
