people-button-entry = 花名册资料
people-button-record = 志愿服务记录
people-button-card = 查看资料
people-button-back = ‹ 返回
people-button-yes = ✅ 确认
people-button-no = 取消
people-button-day = 改起始日期
people-button-add = ✅ 新增
people-edit-name = 改姓名
people-edit-department = 改部门
people-edit-title = 改职务
people-edit-role = 改角色
people-edit-status = 改状态
people-ask-search = 要找谁？请发送姓名或工号，可以只写一部分，已离职的也能找到。（请勿发送涉密内容；发送 /cancel 取消）
people-none = 没有找到这样的人，请换一个写法。
people-found = 找到 { $count } 人，请点选：
people-too-many = 符合的人较多，先列出 { $count } 人。没有要找的人时，请把姓名或工号写完整些再发。
people-head = <b>{ $who }</b>
people-line = { $column }：{ $value }
people-account =
    { $state ->
        [bound] 账号：已绑定
        [left] 账号：已绑定，但已停用机器人
       *[none] 账号：未绑定
    }
people-history = 任职经历：
people-posting =
    · { $day }起　{ $department }　{ $status ->
        [active] 在职
        [on_leave] 请假
        [away] 离岗
        [left] 离职
       *[retired] 退休
    }
people-gone = 花名册里没有这个人，可能刚刚有变动。
people-ask-name = { $name }的姓名要改成什么？（请勿发送涉密内容；发送 /cancel 取消，现在是“{ $now }”）
people-ask-title = { $name }的职务要改成什么？现在是“{ $now }”；要清空请发“无”。（请勿发送涉密内容；发送 /cancel 取消）
people-ask-department = { $name }调到哪个部门？请发送部门名称，有上下级的用“/”连接，例如 综合处/办公室。现在是“{ $now }”。（请勿发送涉密内容；发送 /cancel 取消）
people-ask-role = { $name }的角色要改成什么？现在是“{ $now }”。
people-ask-status = { $name }的状态要改成什么？现在是“{ $now }”。
people-ask-day = 从哪天起？请发送日期，例如 昨天、9月1日、2026-09-01。（请勿发送涉密内容；发送 /cancel 取消）
people-unread-day = 没看懂这个日期，请换一种写法，例如 9月1日 或 2026-09-01。（请勿发送涉密内容）
people-ask-new =
    请发送新人员的 工号、姓名、部门、职务（职务可不写），用空格隔开，例如：
    CW108 王小明 财务处/审计组 科员

    请勿发送身份证号、手机号码和涉密内容。发送 /cancel 取消。
people-add-unread = 没看懂。请按“工号 姓名 部门 职务”的顺序发送，用空格隔开；职务可不写。名字中有空格时，请每项写一行。（请勿发送涉密内容）
people-add-sure = 请核对，确认后写入花名册：
people-taken = 工号 { $number } 已有人使用：{ $name }。要改其资料，请点下面的按钮。
people-taken-gone = 工号 { $number } 是{ $name }的，已离职或退休，账号和服务时长仍在其名下。新来的同志请给另一个工号，重新发送即可；如果是本人回来，请点下面的按钮改状态。（请勿发送涉密内容）
people-added = ✅ 已新增：{ $who }，{ $department }。可以把科室邀请链接发给本人登记。
people-not-added = 没有新增。
people-from = 从{ $day }起
people-replaces = 这会取代从{ $day }起的那条记录。
people-new-department = ⚠️ 现在没有这个部门，确认后会新建。
people-means =
    { $status ->
        [active] 计入在岗人数，正常使用。
        [on_leave] 计入在岗人数，不再收到推送。
        [away] 不计入在岗人数。
       *[other] 不计入在岗人数，立即不能再使用本系统；已有的服务时长保留在原部门。
    }
people-leads = ⚠️ 角色是科室负责人：改后负责 { $after }，不再负责 { $before }。如不合适，请随后改角色，并为原部门确定负责人。
people-loses-role = 现有的角色同时取消，花名册里记为职工。
people-changed = ✅ 已更新{ $name }的资料。{ $column }：{ $after }
people-same = 现在就是“{ $value }”，没有改动。
people-moved-on = 这一项刚刚已被改动，您看到的不是最新的，没有写入。请重新查看资料。
people-own = 不能更改自己的角色和状态，请由另一位创建办人员或系统管理员办理。
people-office = 创建办人员只能由系统管理员指定或取消。
people-role-of-gone = 这个人已离职或退休，请先改状态，再定角色。
people-closed = 原来的部门已经撤销，请先改部门，再改状态。
people-ambiguous = 有几个部门都叫这个名字，请写全：{ $paths }（请勿发送涉密内容）
people-bad-day =
    { $kind ->
        [future] 日期不能晚于今天，请重新发送。
        [too_old] 这个日期太早了，请重新发送。
       *[before_last] 从{ $since }起另有变动，日期不能早于那一天。请重新发送。
    }（请勿发送涉密内容）
people-wrong =
    { $kind ->
        [empty] { $column }不能为空，请重新发送。
        [too_long] { $column }太长，请写短些再发。
        [control_character] { $column }里有不可见的字符，请重新输入。
        [formula] { $column }不能以“=”开头，请重新发送。
        [bad_number] 工号不合格式，只能有字母、数字和中间的 . / - _，请重新发送。
        [bad_name] 姓名里至少要有一个文字，请重新发送。
        [private_number] 工号像是身份证号或手机号码，请换成单位内部的工号。
        [private] { $column }里像是有身份证号或手机号码，没有保存，请删去后重新发送。
        [too_deep] 部门层级太多，最多六级，请重新发送。
       *[other] { $column }写法不对，请重新发送。
    }（请勿发送涉密内容）
