settings-head = <b>创建工作设置</b>　点下面的名称可以修改
settings-line = ・{ $name }：<b>{ $value }</b>
settings-ask =
    <b>{ $name }</b>：{ $value }
    { $about }
settings-type = 请发送新的值（请勿发送涉密内容），或发送 /cancel 保持不变。
settings-choose = 请选择：
settings-button-list = ‹ 全部设置
settings-changed = ✅ 已保存。{ $name }：<b>{ $value }</b>
settings-bad =
    “{ $name }”不能这样设置。
    { $expected }
    请重新发送，或发送 /cancel 保持不变。
settings-unknown = 没有这项设置。
setting-this-year = 本自然年
setting-working-days = { $days } 个工作日
setting-people = { $people } 人
setting-hours = { $hours } 小时
setting-name-name = 单位名称
setting-name-target = 参与率目标
setting-name-period = 统计时期
setting-name-morning-at = 早间消息时间
setting-name-work-from = 工作时间开始
setting-name-work-until = 工作时间结束
setting-name-join = 登记方式
setting-name-rounding = 时长取整
setting-name-cap-day = 单日复核时长
setting-name-max-day = 单日最长时长
setting-name-late-days = 补报期限
setting-name-budget = 每周主动消息上限
setting-name-approve-notice-over = 通知批准人数
setting-name-small-department = 小部门人数
setting-about-name = 显示在消息和报表中，1 到 60 个字。
setting-about-target = 参与志愿服务人数占在岗人数的百分比，1 到 100 的整数，例如 30。
setting-about-period = 例如 2026、2026Q3 或 2026-10。
setting-about-morning-at = 每个工作日发送用语和职责的时间，须在工作时间内，例如 08:30。
setting-about-work-from = 工作时间内才发送提醒，例如 08:00，须早于结束时间和早间消息时间。
setting-about-work-until = 例如 18:00，须晚于开始时间和早间消息时间。
setting-about-join = 邀请登记后由谁确认。
setting-about-rounding = 只影响显示，原始时长按分钟保存。
setting-about-cap-day = 一天累计超过这个时长，需要两位审核人确认，例如 8；不能超过单日最长时长。
setting-about-max-day = 一天累计超过这个时长不能打卡，最多 24；不能少于单日复核时长。
setting-about-late-days = 超过这么多个工作日的打卡会请本人说明原因，1 到 60 的整数。
setting-about-budget = 每人每周最多收到几条主动消息，0 到 20 的整数；早间消息和标为重要的通知不算，超出的并入每周汇总。
setting-about-approve-notice-over = 通知的对象超过这么多人，要由另一位有权限的人批准，1 到 100000 的整数。
setting-about-small-department = 少于这么多人的部门，群里只显示“—”，0 到 50 的整数。
setting-join-approval = 负责人确认
setting-join-roster = 与花名册相符即可
setting-rounding-half-hour-floor = 不足半小时舍去
setting-rounding-exact = 精确到分钟
