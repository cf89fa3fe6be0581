groups-added = 大家好，我是文明创建助手。在群里我只在有权限的同志发送“/report@{ $bot }”时给出各部门汇总，其余时间不打扰；打卡等请与我私聊，请勿发送涉密内容。
groups-elsewhere = 这件事请与我私聊。群里只提供各部门汇总报表，由有权限的同志查看。
groups-code =
    绑定码：<code>{ $code }</code>（{ $minutes } 分钟内有效）
    请刚才发出命令的同志与我私聊，发送：/bind { $code }
groups-bad-code = 这个绑定码不能使用（可能有误、已过期，或不是您本人申请的）。请在群里重新发送 /bind 命令获取。
groups-choose = 要把群“{ $title }”绑定到哪个部门？绑定后，群里只提供这个部门（含下级）的汇总数字。
groups-instead = ⚠️ 这个群现在绑定的是 { $path }，改绑后群里不再显示 { $path } 的数字。
groups-no-more = 原来绑定的 { $path } 已解除，请告知该部门负责人。
groups-bound = ✅ 群“{ $title }”已绑定到 { $path }。花名册内的同志在群里 @我 发送 /report，可看到这个部门的汇总，不含个人信息。
groups-unbound = 已解除：群“{ $title }”不再绑定 { $path }。
groups-list = <b>已绑定的群</b>
groups-none = 您负责的部门还没有绑定群。
groups-line = · { $title } → { $path }
groups-how = 绑定方法：把我加入部门工作群，在群里发送 /bind@{ $bot }，再把群里显示的绑定码私聊发给我。请勿发送涉密内容。
groups-button-unbind = 解除：{ $title }
groups-button-sure = 确认解除
groups-button-list = 返回列表
groups-sure = 确定解除这个群的绑定吗？解除后群里不再提供部门汇总。
