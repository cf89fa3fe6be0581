grants-head =
    <b>角色分工</b>　共 { $total } 项{ $pages ->
        [1] { "" }
       *[other] { "　" }第 { $page }/{ $pages } 页
    }
grants-what =
    { $role ->
        [office] 创建办
        [viewer] 领导小组
        [deputy] { $path }代理负责人（至 { $until }）
       *[leader] { $path }科室负责人
    }
grants-line = · { $what }：{ $who }{ $roster ->
    [1] 　花名册
   *[other] { "" }
    }
grants-legend = 标“花名册”的来自花名册的角色列，其余在聊天中授予。系统管理员只在运行设置里指定，不在此列。
grants-button-give = 授予角色
grants-button-take = 收回 { $name } · { $role ->
    [office] 创建办
    [viewer] 领导小组
    [deputy] 代理
   *[leader] 负责人
    }
grants-button-list = 返回列表
grants-button-role =
    { $role ->
        [office] 创建办（管理花名册、设置、报表）
        [viewer] 领导小组（查看全部汇总）
        [deputy] 代理负责人（到期自动结束）
       *[leader] 科室负责人
    }
grants-button-yes = 确认授予
grants-button-off = 确认收回
grants-ask-who = 授予谁？请发送姓名或工号，可以只写一部分。（不得发送涉密内容；发送 /cancel 取消）
grants-many = 符合的人太多，请把姓名或工号写得更完整一些。（请勿发送涉密内容）
grants-nobody = 花名册里没有找到这个人，请核对姓名或工号后重新发送。（请勿发送涉密内容）
grants-which = 请选择是哪一位：
grants-person = <b>{ $who }</b>　{ $path }
grants-holds = · 现任：{ $what }
grants-holds-nothing = · 现任：职工
grants-ask-where =
    { $role ->
        [deputy] 代理哪个部门（含下级部门）的负责人？
       *[leader] 负责哪个部门（含下级部门）？
    }
grants-ask-until = 代理到哪一天为止（含当天）？例如：11月30日，或 2026-11-30。到期自动结束。（不得发送涉密内容；发送 /cancel 取消）
grants-bad-day = 没有看懂这个日期，或者它已经过去、超过 { $days } 天。请重新发送最后一天的日期，例如：11月30日。（请勿发送涉密内容）
grants-sure = 将授予 <b>{ $who }</b>：<b>{ $what }</b>。确认后立即生效，并告知本人。
grants-take-sure =
    将收回 <b>{ $who }</b>的：<b>{ $what }</b>。确认后立即生效，并告知本人。{ $roster ->
    [1] 这一角色来自花名册，请同时更正花名册文件，否则下次导入会再次授予。
   *[other] { "" }
    }
grants-given = ✅ 已授予 { $who }：{ $what }。已告知本人（如已绑定）。
grants-taken = 已收回 { $who }的：{ $what }。已告知本人（如已绑定）。{ $roster ->
    [1] 请同时更正花名册文件。
   *[other] { "" }
    }
grants-held = { $who }现在已经是：{ $what }，不用再授予。
grants-own = 不能给自己授予角色，请由创建办其他同志或系统管理员办理。
grants-not-yours = 您不能授予或收回这个角色。科室负责人、领导小组由创建办或系统管理员办理，创建办由系统管理员办理。
grants-gone = 情况已经变化：此人、部门或角色现在不在了。请返回列表查看。
push-grants-given = 您现在担任：<b>{ $what }</b>。可以使用的功能见下方菜单，发送 /help 查看说明。
push-grants-taken = 您已不再担任：<b>{ $what }</b>。您现在可以使用的功能见下方菜单。如有疑问，请联系创建办。
push-grants-changed = 花名册已更新，您现在的角色：{ $roles }。可以使用的功能见下方菜单，发送 /help 查看说明。如有疑问，请联系创建办。
