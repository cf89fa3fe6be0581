slips-head =
    <b>邀请二维码</b>{ $pages ->
        [1] { "" }
       *[other] （第 { $page }/{ $pages } 页）
    }

    给还没有绑定的人每人打印一个二维码，扫码后不用输入工号。请点部门（含下级，括号内是未绑定的人数）：
slips-line = { $department }（{ $count } 人）
slips-everybody = 花名册上的人都已绑定，不需要二维码。
slips-sure =
    将为“{ $department }”还没有绑定的 { $count } 人各生成一个二维码，打印后剪开发给本人。

    每个码只能用一次，{ $days } 天内有效；以前发给他们的个人二维码同时作废。为防遗失后被冒用，纸条上只有工号，没有姓名，扫码的人还要填对姓名。
slips-again = “{ $department }”的二维码刚刚生成过。重新生成后，刚才的二维码会作废，确定重新生成吗？
slips-done = 已生成，见下方文件。
slips-nobody = 这个部门的人都已绑定，不需要二维码。
slips-gone = 没有这个部门，可能刚刚有变动。
slips-made = 已生成 { $count } 个二维码，有效期至{ $until }。A4 纸打印，每页十个，沿虚线剪开。请当面发给本人，文件用后删除，不得转发。
slips-left = 另有 { $count } 人还没有二维码，请再点“选择部门”生成下一份，这一份不会作废。
slips-revoked = 已作废 { $count } 个还能使用的个人二维码。
slips-name = 邀请二维码
slips-for = { $department }　工号 { $number }
slips-how =
    用手机相机扫码，在 Telegram 中打开
    扫码后同意隐私告知、填写姓名
    只限本人，用一次，有效期至{ $until }
slips-button-yes = ✅ 生成
slips-button-again = 确定重新生成
slips-button-list = 选择部门
slips-button-revoke = 全部个人二维码作废
