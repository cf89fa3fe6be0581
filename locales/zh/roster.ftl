roster-empty =
    <b>花名册</b>

    现在还没有花名册。请下载模板，填好后把 xlsx 文件直接发到这里。

    导入前会先给您看有哪些变化，您点了“导入”才会写入。
roster-overview =
    <b>花名册</b>

    在册 { $present } 人（不含离职、退休），其中在岗 { $in_post } 人；部门 { $departments } 个；已绑定 { $bound } 人。

    要更新花名册，请把新的 xlsx 文件直接发到这里：会先给您看有哪些变化，您点了“导入”才会写入。
roster-button-template = 下载模板
roster-button-export = 导出花名册
roster-button-slips = 邀请二维码
roster-button-departments = 部门
roster-button-people = 🔍 查找人员
roster-button-add = ＋ 新增一人
roster-button-undo = ↩️ 撤销上次导入
roster-button-undo-yes = 确认撤销
roster-button-undo-no = 不撤销
roster-button-changes = 全部变化（表格）
roster-button-apply = ✅ 导入
roster-button-cancel = 不导入
roster-button-leave = 这 { $count } 人办理离职
roster-button-keep = 保持不变
roster-template-name = 花名册
roster-template-file = 花名册模板
roster-template = 花名册模板。第二张表是填写说明；填好后把文件发回这里。请勿填写身份证号、手机号码。
roster-template-example = 王小明|综合处/办公室|科员
roster-template-help-name = 填写说明
roster-template-help =
    工号：必填，每人唯一，用来识别同一个人；请勿填写身份证号或手机号码。
    姓名：必填。
    部门：必填。有上下级的用“/”连接，例如 综合处/办公室；不存在的部门会自动建立。
    职务：可不填。
    角色：职工、科室负责人、创建办、领导小组；不填就是职工。
    状态：在职、请假、离岗、离职、退休；不填就是在职。
    工号以“示例”开头的行不会导入。
roster-file =
    { $kind ->
        [too_big] 文件太大了，不能超过 20 MB。请只保留花名册这一张表后再发。
        [not_xlsx] 这不是 xlsx 文件。请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”后再发。
        [macro] 这个文件带有宏，不能导入。请另存为不带宏的“Excel 工作簿（*.xlsx）”后再发。
        [empty] 这个文件是空的。请发送 /roster 下载模板，填好后再发。
        [too_many_rows] 行数太多了，一次最多 100000 行。
        [too_many_columns] 列数太多了。请只保留模板中的六列后再发。
        [timeout] 读这个文件花的时间太长，没有导入。机器可能正忙，请过几分钟再发；还是这样，请只保留花名册这一张表后再发。
        [unreachable] 文件没能取到，请稍后重新发送一次。
       *[other] 这个文件读不了，可能已损坏或内容异常。请把花名册复制到新的模板中再发。
    }
roster-unfilled =
    这份文件里<b>还没有填人员</b>，没有导入，花名册未变。

    请在表头下面每人填一行：工号、姓名、部门必填；工号以“示例”开头的那一行只是样子，不会导入。填好保存后，重新发送文件。
roster-errors = 文件中有 { $count } 处问题，<b>没有导入</b>：
roster-errors-more = ……另有 { $count } 处。
roster-errors-foot = 请改好后重新发送文件。
roster-error-missing_column = 第 { $row } 行：缺少“{ $value }”这一列
roster-error-duplicate_column = 第 { $row } 行：“{ $value }”这一列出现了两次
roster-error-empty = 第 { $row } 行：“{ $value }”没有填
roster-error-too_long = 第 { $row } 行：“{ $value }”太长，请写短些
roster-error-control_character = 第 { $row } 行：“{ $value }”里有不可见的字符，请重新输入
roster-error-formula = 第 { $row } 行：“{ $value }”是公式，请改为文字
roster-error-merged = 第 { $row } 行：{ $value } 是合并单元格，请取消合并并逐行填写
roster-error-bad_number = 第 { $row } 行：工号“{ $value }”不合格式，只能有字母、数字和中间的 . / - _
roster-error-private_number = 第 { $row } 行：工号像是身份证号或手机号码，请换成单位内部的工号
roster-error-private = 第 { $row } 行：“{ $value }”里像是有身份证号或手机号码，请删去，花名册不收集这些
roster-error-gone_number = 第 { $row } 行：工号“{ $value }”是一位已离职或退休人员的，姓名不同。新来的同志请给另一个工号（不然会接上那个人的账号和服务时长）；如果是本人回来并且改了姓名，请先在 /roster 的“查找人员”里改姓名
roster-error-duplicate_number = 第 { $row } 行：工号“{ $value }”与第 { $other } 行重复
roster-error-bad_name = 第 { $row } 行：姓名“{ $value }”里没有一个文字
roster-error-bad_path = 第 { $row } 行：部门“{ $value }”写法不对，各级名称之间用一个“/”，例如 综合处/办公室
roster-error-too_deep = 第 { $row } 行：部门“{ $value }”层级太多，最多六级
roster-error-unknown_role = 第 { $row } 行：角色“{ $value }”不认识，请填职工、科室负责人、创建办或领导小组
roster-error-unknown_status = 第 { $row } 行：状态“{ $value }”不认识，请填在职、请假、离岗、离职或退休
roster-same = 文件与现在的花名册完全一致，没有需要更新的内容。
roster-checked = 文件共 { $entries } 人，其中科室负责人 { $leaders } 人，没有发现问题。导入后：
roster-checked-again = ℹ️ 您查看之后花名册有了变动，<b>没有导入</b>。这个文件共 { $entries } 人，其中科室负责人 { $leaders } 人，现在导入后：
roster-count-added = · 新增 { $count } 人
roster-count-returned = · 回到岗位 { $count } 人
roster-count-left = · 离开单位 { $count } 人
roster-count-moved = · 调整部门 { $count } 人
roster-count-changed = · 资料有变 { $count } 人
roster-count-missing = · 文件中没有 { $count } 人
roster-count-unchanged = · 不变 { $count } 人
roster-count-new_departments = · 新建部门 { $count } 个
roster-departments = 新建部门：{ $names }
roster-added-ahead = 新增：
roster-added-line = · { $who } { $department }
roster-returned-ahead = 回到岗位：
roster-left-ahead = 离开单位（离职、退休）：
roster-moved-ahead = 调整部门：
roster-moved-line = · { $who }：{ $before } → { $after }
roster-changed-ahead = 资料有变：
roster-changed-line = · { $who } { $what }
roster-change = { $column }：{ $before } → { $after }
roster-column-number = 工号
roster-column-name = 姓名
roster-column-department = 部门
roster-column-title = 职务
roster-column-role = 角色
roster-column-status = 状态
roster-nothing = （空）
roster-more = ……另有 { $count } 项。
roster-more-in-table = ……其余请看“全部变化”表格。
roster-changes-name = 花名册变化
roster-changes-titles = 变化|工号|姓名|栏目|现在|导入后
roster-changes = 这个文件会带来的全部变化，共 { $count } 行。花名册现在还没有变。
roster-kind-department = 新建部门
roster-kind-added = 新增
roster-kind-returned = 回到岗位
roster-kind-left = 离开单位
roster-kind-moved = 调整部门
roster-kind-changed = 资料有变
roster-kind-missing = 文件中没有
roster-exported = 花名册现有 { $people } 人（不含离职、退休人员）。含有个人信息，请妥善保管，用后删除；不得转发到群里。改好后发回这里即可更新。
roster-nobody = 花名册里现在没有人，没有可导出的内容。
roster-undo-ask = 撤销上次导入（{ $file }）？撤销后，人员会回到导入前的样子：
roster-undone = ✅ 已撤销上次导入（{ $file }），花名册已恢复：
roster-undo-ask-added = · 当时新增的 { $count } 人会移出
roster-undo-ask-changed = · 当时改动的 { $count } 人会改回
roster-undo-ask-left = · 当时办理离职的 { $count } 人会恢复
roster-undo-done-added = · 已移出当时新增的 { $count } 人
roster-undo-done-changed = · 已改回当时改动的 { $count } 人
roster-undo-done-left = · 已恢复当时办理离职的 { $count } 人
roster-undo-none = 没有可以撤销的导入：只能撤销七天内最近的一次导入，而且只能撤销一次。
roster-undo-blocked = 上次导入（{ $file }）不能整体撤销，花名册未变：
roster-undo-why-used = 下列 { $count } 人是那次导入新增的，之后已经登记、打卡或收到通知：{ $names }
roster-undo-why-later = 下列 { $count } 人在导入之后又有变动，或原部门已经撤销：{ $names }
roster-renamed = ⚠️ 同一工号换了姓名 { $count } 人：{ $names }。会当作同一个人，账号和服务时长跟着走；如果是换了人，请给新来的同志另一个工号。
roster-renamed-line =
    { $number }{ $codes ->
        [0] { " " }{ $old } → { $new }
       *[other] { "" }
    }
roster-missing-ahead = 下面这些人不在文件里。导入后会再问您是否办理离职，现在不会变动：
roster-missing = 有 { $count } 人不在文件里，要办理离职吗？（离职后立即不能再使用本系统，已有的服务时长保留。）
roster-missing-again = ℹ️ 您查看之后花名册有了变动，<b>没有办理</b>。现在是这样：
roster-missing-own = ⚠️ 您本人也不在文件里，不能为自己办理离职，<b>没有办理</b>。请在文件里补上您本人后重新发送；您确实要离开的，请其他创建办人员或系统管理员办理。
roster-person-line = · { $who }
roster-ignored = 以下列不认识，不会保存：{ $names }
roster-ask = 确认导入吗？
roster-applied = ✅ 花名册已更新：
roster-cancelled = 没有导入，花名册未变。
roster-settled =
    { $state ->
        [applied] 这一步已经办过了。
        [cancelled] 这次导入已经取消了。要导入请重新发送文件。
        [undone] 上次导入已经撤销了。
        [kept] 这一步已经办过了：人员保持不变。
       *[other] 这一步已经办过了。
    }
roster-gone = 找不到这次导入。请重新发送文件。
roster-kept = 已保持不变。
roster-left = 已为 { $people } 人办理离职。

members-head =
    <b>成员</b>（{ $kind ->
        [unbound] 未绑定
        [unreachable] 已停用机器人
       *[all] 全部
    }，共 { $total } 人）
members-head-paged = { $head }　第 { $page }/{ $pages } 页
members-search = 查找：{ $search }
members-line = { $mark } { $number } { $name }
members-line-more = { $mark } { $number } { $name }（{ $more }）
members-legend = ● 已绑定　○ 未绑定　✕ 已停用机器人。点姓名查看志愿服务记录。
members-none = 没有符合条件的人。
members-next = 可以接着发下一位的姓名或工号；不找了，请发“取消”。（请勿发送涉密内容）
members-ask = 要找谁？请发送姓名或工号，可以只写一部分。（请勿发送涉密内容；发送 /cancel 取消）
members-button-find = 🔍 查找
members-button-everybody = 全部成员
members-kind-all = 全部
members-kind-unbound = 未绑定
members-kind-unreachable = 已停用
role-staff = 职工
role-leader = 科室负责人
role-office = 创建办
role-viewer = 领导小组
role-owner = 系统管理员
status-active = 在职
status-on_leave = 请假
status-away = 离岗
status-left = 离职
status-retired = 退休
