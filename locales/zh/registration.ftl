registration-how =
    <b>您好，这里是文明创建助手。</b>

    我帮助本单位职工记录志愿服务、了解每日文明用语和“五个一、六个不让”。参加完全自愿。

    请点击单位发给您的邀请链接，或发送 /start 加邀请码。没有邀请码，请向本科室负责人或创建办索取。
    发送 /privacy 可先了解个人信息如何处理。
registration-not-open = 您好，这里是文明创建助手。本单位的花名册还没有导入，暂未开放登记。请过些时候再来。
registration-former = 您的登记已停用：花名册里您已离职或退休，不能再使用打卡等功能。您以前的服务记录仍然保留。如与实际不符，请联系创建办恢复。
registration-welcome-back = 欢迎回来！您已完成登记，可以使用下面的功能。
registration-bad-code = 这个邀请码不能使用（可能有误、已过期、已停用或次数已用完）。请核对后重试，或向本科室负责人、创建办索取新的邀请链接。
registration-locked = 尝试次数过多，请在 { $until } 以后再试。如需帮助，请联系本科室负责人或创建办。
registration-braked = 通过这个邀请链接核对失败的次数异常偏多，登记暂停一会儿，请一小时后再试。已通知管理人员。

registration-consent =
    { $notice }

    您是否同意？
registration-agree = 同意
registration-decline = 不同意
registration-declined = 好的，没有为您登记，这不会对您有任何影响。以后如愿意参加，再次打开邀请链接即可。

registration-ask-number =
    请发送您的<b>工号</b>（单位发的职工编号；不清楚请问本科室负责人），也可以连同姓名一起发送，例如：ZF004 王芳

    请勿发送身份证号、手机号，不得发送涉密内容。不想登记了，请发“取消”。
registration-unread-number = 还需要您的工号。
registration-unread-name = 这不像是姓名。
registration-ask-name =
    请发送您的<b>姓名</b>（与花名册一致）。

    不得发送涉密内容。不想登记了，请发“取消”。
registration-no-match =
    没有核对上。请检查工号和姓名后重新发送，例如：ZF004 王芳

    如果核对多次仍不成功，或者更换了手机、账号，请联系本科室负责人或创建办。
registration-waiting =
    已提交，请等候所在科室负责人或创建办确认。结果会在这里立即告诉您。
registration-withdraw = 撤回登记
registration-withdrawn = 已撤回登记和同意，您的登记信息不再使用。
registration-bound = 登记成功，欢迎您！从下一个工作日起，您会收到每日一条早间消息（可用 /mute 关闭）。

registration-card =
    <b>登记申请</b>
    花名册：<b>{ $name }</b>　{ $number }
    部门：{ $department }　{ $title }
    { $role ->
        [leader] ⚠️ 花名册角色：科室负责人（可审核本科室事项）
        [office] ⚠️ 花名册角色：创建办（可管理花名册和设置），请务必核实本人
        [viewer] ⚠️ 花名册角色：领导小组（可看全部汇总）
       *[staff] 花名册角色：职工
    }
registration-card-account = 申请账号：<code>{ $name }</code>（ID <code>{ $user }</code>）
registration-card-likeness =
    { $kind ->
        [same] 账号名与花名册姓名一致。
        [lookalike] ⚠️ 账号名与花名册姓名看似相同，实际含有相似字符或隐藏字符，请当面或电话核实！
       *[different] ⚠️ 账号名与花名册姓名不一致，请先当面或电话核实是否本人。
    }
registration-card-replaces = ⚠️ 此人已绑定另一个账号（ID <code>{ $user }</code>）。可能是更换了手机，也可能是他人冒用。通过后，原账号将解除绑定并收到通知。
registration-approve = 通过
registration-reject = 不通过
registration-approved = ✅ 已通过：{ $who }，{ $department }。已通知本人。
registration-rejected = 已拒绝：{ $who }，{ $department }。已通知申请账号。
registration-look-again = ❗ 还没有通过：这张卡片发出之后，此人绑定了账号，请再看一遍。
registration-left = { $who }已离职或退休，不能通过。如有误，请先更正花名册；否则请点“不通过”。
registration-settled =
    { $state ->
        [approved] { $who }的登记此前已经通过。
        [rejected] { $who }的登记此前已被拒绝。
       *[withdrawn] { $who }已撤回登记。
    }

push-registration-approved = ✅ 您的登记已通过，欢迎！可以使用下面的功能了。发送 /help 查看说明。
push-registration-rejected = 您的登记没有通过。如有疑问，请联系本科室负责人或创建办。
push-registration-replaced = 您的登记已转到另一个账号，本账号已解除绑定。如果不是您本人所为，请立即联系本科室负责人或创建办。
push-registration-alarm =
    { $kind ->
        [code] ⚠️ 最近一小时内出现大量错误邀请码，可能有人在试探。相关账号已被锁定，无需其他操作；如怀疑链接外泄，请发送 /start，在“邀请链接”里作废后重新生成。
       *[claim] ⚠️ 最近一小时内有人通过同一个邀请链接反复核对失败，该链接的登记已暂停。链接可能已外泄，请发送 /start，在“邀请链接”里作废后重新生成。
    }
