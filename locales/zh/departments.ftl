departments-head =
    <b>部门</b>（共 { $total } 个{ $pages ->
        [1] { "" }
       *[other] ，第 { $page }/{ $pages } 页
    }）。点部门名称可以改名、合并、调整上级、分出和撤销。
departments-line = { $indent }· { $name }　{ $count } 人
departments-card =
    <b>{ $path }</b>

    本部门 { $people } 人，含下级共 { $all } 人。
departments-leaders = 负责人：{ $names }
departments-below = 下级：{ $names }
departments-button-list = 全部部门
departments-button-rename = 改名
departments-button-merge = 并入别的部门
departments-button-move = 调整上级
departments-button-top = 作为一级部门
departments-button-split = 分出一部分人
departments-button-close = 撤销部门
departments-button-picked = 选好了（{ $count } 人）
departments-gone = 没有这个部门，可能刚刚有变动。
departments-ask-rename = “{ $path }”改成什么名称？只写本级名称，不带“/”。（请勿发送涉密内容；发送 /cancel 取消）
departments-ask-merge = “{ $path }”并入哪个部门？请发送那个部门的名称。（请勿发送涉密内容；发送 /cancel 取消）
departments-ask-move = “{ $path }”归到哪个部门下面？请发送上级部门的名称。（请勿发送涉密内容；发送 /cancel 取消）
departments-ask-split = 从“{ $path }”分出的人到哪个部门？可以是新部门，也可以是已有的部门，例如 综合处/档案科。（请勿发送涉密内容；发送 /cancel 取消）
departments-pick = 请点选要过去的人（本部门共 { $total } 人，已选 { $count } 人）：
departments-sure-rename = “{ $path }”改名为“{ $after }”。报表中过去的时期也显示新名称，数字不变。
departments-sure-merge = “{ $path }”并入“{ $after }”，共 { $heads } 人转入，原部门撤销。
departments-sure-move = “{ $path }”调整为“{ $after }”，共 { $heads } 人随之转入，原部门撤销。
departments-sure-split = “{ $path }”的 { $heads } 人转到“{ $after }”。
departments-sure-close = 撤销“{ $path }”。这个部门已经没有人，也没有下级。
departments-takes-along = 连同 { $below } 个下级部门。
departments-still-lead = ⚠️ 其中 { $count } 人的角色是科室负责人，过去后负责新的部门；如不合适，请随后改角色。
departments-past = 那天以前的人数和服务时长仍记在原部门，以前的报表不变。
departments-done-rename = ✅ “{ $path }”已改名为“{ $after }”。
departments-done-merge = ✅ “{ $path }”已并入“{ $after }”，{ $heads } 人已转入。原部门的邀请链接已作废，绑定的群（如有）已解除绑定。
departments-done-move = ✅ “{ $path }”已调整为“{ $after }”，{ $heads } 人已转入。原部门的邀请链接已作废。
departments-done-split = ✅ { $heads } 人已从“{ $path }”转到“{ $after }”。
departments-done-close = ✅ “{ $path }”已撤销，以前的报表仍可查看。
departments-moved-on = 这个部门刚刚有变动，您看到的不是最新的，没有改动。请重新查看。
departments-not-empty = 部门里还有人或下级部门，不能撤销。可以先并入别的部门。
departments-nobody = 还没有选人，或所选的人已不在这个部门。请重新选择。
departments-same = 现在就是这样，没有改动。
departments-inside = 不能并入或归到自己的下级部门。
departments-unknown = 没有“{ $path }”这个部门，请重新发送。（请勿发送涉密内容）
departments-taken = 已经有“{ $path }”这个部门了。要合到一起，请用“并入别的部门”。
