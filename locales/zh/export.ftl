export-head =
    <b>导出</b>
    请选择时期，生成志愿服务台账（xlsx）：打卡明细、个人合计、部门合计、指标说明。也可以直接发送，例如 /export 2026-10。
    每次导出都会写入操作记录。台账里有个人信息，请妥善保管，不要转发到群里。
export-unclear = 没有看懂“{ $text }”是哪个时期。请选择，或者这样发送：/export 上月、/export 2026Q3、/export 2026。
export-future = { $period }还没有开始，没有可导出的内容。请选择别的时期。
export-too-many = { $period }有 { $count } 条打卡，一个文件最多放 { $most } 条。请选择短一些的时期，分几次导出。
export-too-big = { $period }的台账有 { $size } MB，超过了 Telegram 的 50 MB 上限，没有发送。请选择短一些的时期，分几次导出。
export-failed = 抱歉，{ $period }的台账没有生成成功。请稍后再试，或选择短一些的时期。
export-done = <b>志愿服务台账 · { $period }</b>　{ $people } 人，已确认 { $times } 人次、{ $hours } 小时。请妥善保管，不要转发到群里。
export-file = 志愿服务台账-{ $period }

export-sheet-entries = 打卡明细
export-sheet-people = 个人合计
export-sheet-definitions = 指标说明
export-total = 合计
export-owner = 系统管理员
export-nobody = —
export-column =
    { $name ->
        [id] 编号
        [date] 服务日期
        [department] 部门
        [number] 工号
        [name] 姓名
        [hours] 时长（小时）
        [minutes] 分钟
        [text] 服务内容
        [state] 状态
        [reviewer] 审核人
        [reviewed] 审核时间
        [flags] 提示
        [late] 补报原因
        [status] 人员状态
       *[times] 人次
    }
export-state =
    { $state ->
        [submitted] 待审核
        [more_info] 待补充
        [returned] 已退回
        [confirmed] 已确认
        [withdrawn] 已撤回
       *[voided] 已作废
    }
export-flag =
    { $flag ->
        [over_cap] 超过单日复核时长
        [late] 补报
       *[overlap] 时间重叠
    }
export-about-head = { $org } 志愿服务台账，{ $period }（{ $from }至{ $until }）。人员情况截至{ $day }。
export-about-entries = 打卡明细：服务日期在本时期内的全部记录，含各种状态；只有“已确认”计入各项指标。部门是服务当天所在的部门。
export-about-reviewed = 审核人、审核时间：现在这个状态是谁、何时审定的；需要两位审核人的，两位都列出。
export-about-flags = 提示：超过单日复核时长（一天超过 { $cap } 小时）、补报（超过 { $late } 个工作日才填报）、时间重叠（与当日另一条起止时间重叠）。
export-about-people = 个人合计：时期末（未结束的为今天）在岗的人，以及本时期内有已确认记录的其他人；按部门、工号排列，不排名次。部门是时期末所在的部门。
export-about-departments = 各部门：含下级部门。在岗人数 = 时期末在职和请假的人数。参与人数 = 其中本时期内至少有一条已确认记录的人数。
export-about-rate = 参与率 = 参与人数 ÷ 在岗人数，保留一位小数。目标 { $target }%。达标需要人数 = 目标 × 在岗人数，进位取整。还差人数 = 达标需要人数 − 参与人数，不小于 0。在岗人数为 0 时为“暂无数据”。
export-about-hours = 时长和人次记在服务当天所在的部门：调动的人，人随新部门，时长留在原部门；离开的人不计人数，时长仍在。人次 = 已确认记录的条数。
export-about-rounding =
    { $rounding ->
        [half_hour_floor] 时长按分钟累计，最后取整一次，不足半小时舍去；所以各人时长相加，可能少于合计。路途时间不计。
       *[exact] 时长按分钟累计，换算成小时显示，最多两位小数。路途时间不计。
    }
export-about-names =
    { $names ->
        [codes] 按设置，姓名一律以工号代替。
       *[names] 数字与“报表”同一口径、同一时刻计算。
    }
