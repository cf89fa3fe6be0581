holidays-head =
    <b>工作日历</b>

    早间消息、提醒和补报期限都按工作日计算。顺序是：本单位另行安排、国务院办公厅公布的安排、法定假日推算。
holidays-year =
    { $year } 年：{ $state ->
        [imported] 已录入国务院办公厅公布的安排
        [published] 按国务院办公厅公布的安排
       *[provisional] ⚠️ 放假安排尚未录入，暂按法定假日推算
    }
holidays-own = <b>本单位另行安排</b>
holidays-more = ……之后还有 { $count } 天
holidays-line =
    { $kind ->
        [off] 休　{ $day }
       *[on] 班　{ $day }
    }
holidays-line-long =
    { $kind ->
        [off] 休　{ $first }—{ $last }，{ $days } 天
       *[on] 班　{ $first }—{ $last }，{ $days } 天
    }
holidays-ask-year =
    请把国务院办公厅的放假通知正文粘贴到这里，也可以这样写（发送 /cancel 取消，请勿发送涉密内容）：

    2027年
    休 1月1日至3日
    班 1月10日、2月14日
holidays-ask-unit =
    本单位哪几天另行安排？例如（发送 /cancel 取消，请勿发送涉密内容）：

    休 2027年3月8日
    班 2027年3月13日

    要改回来，把同一天按相反的再发一次即可。
holidays-unread =
    { $fault ->
        [no_mark] 没有看出“{ $piece }”是休还是班，没有录入。请在日期旁写“休”或“班”。
        [no_date] “{ $piece }”旁边没有日期，没有录入。
        [bad_date] 没有“{ $piece }”这一天，没有录入。
        [bad_stretch] “{ $piece }”的起止不对或者太长，没有录入。
        [both] { $piece } 既写了休又写了班，没有录入。
        [other_year] 只能录入今年和以后两年的安排，这里有 { $piece }，没有录入。
        [no_new_year] 这里没有 { $piece } 年元旦的放假安排，不像是完整的一年，没有录入。
        [work_on_weekday] { $piece } 本来就是周一至周五，不用写“班”，请核对日期和年份，没有录入。
       *[empty] 这里面没有看到放假或上班的日期。
    }
holidays-read-year = <b>{ $year } 年放假安排</b>，请核对：
holidays-read-unit = <b>本单位另行安排</b>，请核对：
holidays-missing = ⚠️ 这些法定假日不在其中，请再看一看：{ $days }
holidays-replaces = 以前录入的 { $year } 年的 { $count } 天会被替换。
holidays-sure = 点“录入”后生效。有误请直接重新发送。（请勿发送涉密内容）
holidays-settled-year = ✅ 已录入 { $year } 年放假安排（{ $count } 天），工作日从现在起按此计算。
holidays-settled-unit = ✅ 已录入本单位另行安排（{ $count } 天），工作日从现在起按此计算。
holidays-dropped = 好的，没有录入。
holidays-gone = 这次录入已经结束，没有再录入。要录入请重新开始。
holidays-button-year = 录入国务院放假安排
holidays-button-unit = 录入本单位另行安排
holidays-button-yes = ✅ 录入
holidays-button-no = 不录入
holidays-button-list = ‹ 工作日历
holidays-button-calendar = 工作日历
