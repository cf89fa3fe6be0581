duties-greeting = 您好！今天是{ $day }。

duties-phrase-head = <b>今日文明用语</b>
duties-phrase-other = <b>文明用语</b>
duties-phrase = “{ $text }”
duties-tip = 这样做：{ $text }
duties-avoid = 避免这样说：{ $text }

duties-duty-head = <b>今日职责</b>
duties-duty =
    { $kind ->
        [one] 五个一
        [own] 本单位职责
       *[dont] 六个不让
    } · { $text }
duties-question = 想一想：{ $text }

duties-read = 已读
duties-read-done = ✓ 已读
duties-done = 今天做到了
duties-done-done = ✓ 今天做到了

duties-head = <b>五个一、六个不让</b>
duties-kind =
    { $kind ->
        [one] <b>五个一</b>
        [own] <b>本单位职责</b>
       *[dont] <b>六个不让</b>
    }
duties-line = { $number }. { $text }
duties-line-today = 👉 { $number }. <b>{ $text }</b>（今日）
duties-foot = 点下面的按钮，查看每一条的自问自查。
duties-all = « 全部职责

duties-phrase-today = 今天是{ $day }。
duties-phrase-last = 今天不是工作日，这是最近一个工作日{ $day }的用语。
duties-phrase-another = 换一条
duties-phrase-back = 今天的用语

duties-missed =
    { $count ->
        [1] ⚠️ { $last }的早间消息没有发出：那天程序没有在运行。过了下班时间不再补发。
       *[other] ⚠️ 从{ $first }到{ $last }，有 { $count } 个工作日的早间消息没有发出：程序那时没有在运行。过期的不再补发。
    }
duties-late = ⚠️ { $day }的早间消息，有 { $count } 人在下班前没有收到，已按规定不再补发。请发送 /status 查看运行状态。
duties-unpublished = 📅 { $year } 年的放假安排还没有录入，早间消息和工作日暂按法定假日推算，调休日可能不准。国务院办公厅公布以后，请点下面的按钮，把通知粘贴进来。

duties-preview = 👀 <b>预览</b>　将于 { $at } 发送：
