setup-welcome = 您好！您是本机器人的系统管理员。按下面五步就可以开通，随时可以发送 /start 回到这里。
setup-welcome-back = 您好，欢迎回来！开通清单在下面，随时可以发送 /start 回到这里。
setup-welcome-done = 您好，欢迎回来！本单位已开通。
setup-head = <b>开通清单</b>
setup-head-done = <b>开通清单</b>　✅ 五步都已完成
setup-line = { $mark } { $text }
setup-unit = 单位：<b>{ $name }</b>，统计时期：{ $period }，目标：{ $target }%
setup-roster =
    { $people ->
        [0] 花名册：还没有导入
       *[other] 花名册：{ $people } 人，{ $departments } 个部门
    }
setup-leaders =
    { $departments ->
        [0] 科室负责人：在花名册的“角色”列填写
       *[other] 科室负责人：{ $led }/{ $departments } 个部门已有
    }
setup-invites = 邀请链接：{ $invites } 个部门已有，{ $bound } 人已绑定
setup-morning = 早间消息：工作日 { $at } 发送，先看一看下一次的
setup-button-unit = 1 单位与目标
setup-button-roster = 2 花名册
setup-button-leaders = 3 科室负责人
setup-button-invites = 4 邀请链接
setup-button-morning = 5 看看下一次早间消息
setup-button-more-invites = 别的部门的链接
setup-button-list = ‹ 开通清单
setup-no-roster = 还没有花名册。请点“‹ 开通清单”，再点“2 花名册”导入。
setup-leaders-head = <b>科室负责人</b>　由花名册的“角色”列决定：填“科室负责人”后重新导入即可。没有负责人的部门，由上级部门负责人或创建办审核。
setup-leader-line = · { $department }：{ $names }
setup-no-leader = · { $department }：<b>暂无</b>
setup-invite-button = { $mark }{ $department }
setup-invites-head = <b>邀请链接</b>　点一个部门生成链接，再转发给这个部门（含下属部门）的人。标 ✓ 的部门已有有效链接。
setup-invited =
    <b>{ $department }</b>的邀请链接（{ $days } 天内有效）：

    { $link }

    请只发给本部门的人。每次点都会生成新的链接，链接只显示这一次。
setup-no-department = 没有这个部门了，请重新选择。
setup-button-revoke = 🚫 作废全部链接
setup-button-revoke-yes = 确定作废
setup-revoke-ask = 要作废现在所有的邀请链接吗？作废后立即失效，已经登记的人不受影响，之后可以重新生成。
setup-revoked = 已作废 { $count } 个邀请链接。
