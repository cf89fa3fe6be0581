reports-title = <b>{ $scope }</b> · { $period }
reports-so-far = 截至 { $day }
reports-span = { $from_ } 至 { $until }
reports-rate = 参与率 <b>{ $percent }%</b>：参与 { $n } 人，在岗 { $people } 人
reports-met = ✅ 已达到目标 { $target }%（需 { $needed } 人）
reports-not-met = 目标 { $target }%，需 { $needed } 人，<b>还差 { $missing } 人</b>
reports-hours = 志愿服务 { $hours } 小时，{ $times } 人次
reports-per-head = 人均 { $hours } 小时（按在岗人数）
reports-no-data = 暂无数据：统计时点没有在岗人员
reports-total-hidden = 人数较少，合计不单独显示（—）
reports-line-met = ✅ { $name }　{ $percent }%（{ $n }/{ $people }）
reports-line-not-met = ▫️ { $name }　{ $percent }%（{ $n }/{ $people }）差 { $missing } 人
reports-line-hidden = ▫️ { $name }　—
reports-line-no-data = ▫️ { $name }　暂无数据
reports-own = { $name }（本级）
reports-rest = 其余 { $count } 个部门未在此列出，请下载表格
reports-rest-group = 其余 { $count } 个部门未在此列出，可以在命令后面写上部门名称再问
reports-hidden-note = “—”：不足 { $small } 人的部门（必要时连同相邻部门）不单独显示

reports-future = { $period }尚未开始，还没有数据。
reports-unclear =
    没有找到“{ $text }”这个部门或时期。

    可以这样说：<code>报表 上月 部门名称</code>，时期可用：今天、本周、本月、本季、本年、上周、上月、上季、去年、2026-10、2026Q3、2026。或者直接选：
reports-unclear-reach =
    没有找到“{ $text }”这个部门或时期，或者不在您可以查看的范围内。

    可以这样说：<code>报表 上月 部门名称</code>，时期可用：今天、本周、本月、本季、本年、上周、上月、上季、去年、2026-10、2026Q3、2026。或者直接选：
reports-beyond = “{ $text }”不在您可以查看的范围内。您现在可以看：
reports-unclear-group = 没有找到“{ $text }”，或者不能在本群查看。可以这样说：/report 上月 部门名称
reports-ambiguous =
    { $more ->
        [0] “{ $text }”有多个部门符合，请选择：
       *[other] “{ $text }”有多个部门符合，另有 { $more } 个没有列出，请写全路径（如 综合处/办公室），或选择：
    }
reports-stale = 这个按钮已经失效。您现在可以看的报表：
reports-covered = “{ $name }”人数较少，或为了不泄露相邻小部门的数字，在群里不单独显示。

reports-no-table = 抱歉，表格没有生成成功，请稍后再点一次。

reports-before = ‹ { $period }
reports-after = { $period } ›
reports-when = 📅 换时期
reports-where = 🏢 看部门
reports-table = 📊 下载表格
reports-up = ⬆️ 上一级
reports-back = ↩️ 返回报表
reports-choose-period = 请选择时期。也可以直接发送，例如 <code>报表 2026-10</code>
reports-choose-department =
    <b>{ $scope }</b>：共 { $count } 个部门{ $pages ->
        [1] { "" }
       *[other] ，第 { $page }/{ $pages } 页
    }

    请选择部门。也可以直接发送，例如 <code>报表 上月 部门名称</code>

reports-today = 今天
reports-this-week = 本周
reports-this-month = 本月
reports-this-quarter = 本季
reports-this-year = 本年
reports-last-week = 上周
reports-last-month = 上月
reports-last-quarter = 上季
reports-last-year = 去年

reports-period-year = { $year }年
reports-period-quarter =
    { $year }年第{ $quarter ->
        [1] 一
        [2] 二
        [3] 三
       *[other] 四
    }季度
reports-period-month = { $year }年{ $month }
reports-period-week = { $year }年第{ $week }周
reports-date = { $year }年{ $month }{ $day }日
reports-month-name = { $month }月

reports-title-plain = { $scope } { $period }
reports-word-met = 达标
reports-word-not-met = 未达标
reports-word-no-data = 暂无数据
reports-word-rate = 参与率

reports-chart-title = 志愿服务参与情况
reports-chart-as-of = 截至 { $day }
reports-chart-heads = 参与 { $n } 人，在岗 { $people } 人
reports-chart-target = 目标 { $target }%
reports-chart-missing = 差 { $count } 人
reports-chart-still-missing = 还差 { $count } 人达到目标
reports-chart-column-heads = 参与/在岗
reports-chart-rest = 其余 { $count } 个部门
reports-chart-hidden = “—”：人数较少，不单独显示

reports-table-overview-sheet = 概况
reports-table-departments-sheet = 各部门
reports-table-org = 单位
reports-table-scope = 范围
reports-table-period = 时期
reports-table-as-of = 人数统计时点
reports-table-target = 目标
reports-table-department = 部门
reports-table-people = 在岗人数
reports-table-participants = 参与人数
reports-table-needed = 达标需要人数
reports-table-missing = 还差人数
reports-table-verdict = 是否达标
reports-table-hours = 服务时长（小时）
reports-table-times = 人次
reports-table-total = 合计
