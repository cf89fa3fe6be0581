content-words-phrase = 用语|文明用语|phrase
content-words-duty = 职责|duty

content-head =
    <b>自编内容</b>
    文明用语：自带 { $phrase_shipped } 条，本单位 { $phrase_own } 条，使用中 { $phrase_used } 条
    职责：自带 { $duty_shipped } 条，本单位 { $duty_own } 条，使用中 { $duty_used } 条
content-few = ⚠️ 一年约有 250 个工作日，使用中的日常用语只有 { $count } 条，用完一轮会提前重复。
content-foot =
    新加的参加每个工作日的轮换：用语一年之内不重复，职责轮流来。自带的可以停用，不会删除。
    一句话添加：<code>/content 用语 您好，请这边坐 | 起身、让座 | 等着</code>
    查找：/content 加上几个字。请勿发送涉密内容。

content-shelf-phrase-own = 本单位用语
content-shelf-phrase-shipped = 自带用语
content-shelf-duty-own = 本单位职责
content-shelf-duty-shipped = 五个一、六个不让
content-shelf-all-off = 已停用的
content-shelf-found = 查找“{ $sought }”
content-shelf-page =
    共 { $count } 条{ $pages ->
        [1] { "" }
       *[other] ，第 { $page }/{ $pages } 页
    }
content-shelf-legend = ● 使用中　○ 已停用。点一条查看、修改。
content-shelf-empty = 这里还没有内容。

content-card =
    <b>{ $kind ->
        [phrase] 文明用语
       *[duty] 职责
    } · { $origin ->
        [own] 本单位
       *[shipped] 自带
    }</b>　{ $state ->
        [active] ● 使用中
       *[off] ○ 已停用
    }
content-card-source = 原文：{ $text }
content-card-festival = 节日用语，只在这个节日发送。
content-card-last = 最近一次：{ $day }
content-card-never = 还没有发送过。

content-button-top = « 自编内容
content-button-find = 🔍 查找
content-button-add =
    { $kind ->
        [phrase] ＋ 添加用语
       *[duty] ＋ 添加职责
    }
content-button-edit-text = 改内容
content-button-edit-tip =
    { $kind ->
        [phrase] 改“这样做”
       *[duty] 改“想一想”
    }
content-button-edit-avoid = 改“避免这样说”
content-button-clear = 不要这一项
content-button-restore = 恢复原文
content-button-off = 停用
content-button-on = 恢复使用
content-button-preview = 预览
content-button-skip = 跳过
content-button-card = 看这一条

content-ask-text =
    { $kind ->
        [phrase] 请发送文明用语，最多 { $limit } 字，例如：您好，请问需要办理什么业务？
       *[duty] 请发送职责，最多 { $limit } 字，例如：来电必接，接必有答。
    }
    （请勿发送涉密内容、证件号和电话号码）发送 /cancel 取消。
content-ask-tip =
    { $kind ->
        [phrase] 怎样做到？请发送一句提示，最多 { $limit } 字，例如：起身、微笑、先问好。
       *[duty] 请发送一个自问自查的问题，最多 { $limit } 字，例如：今天有没有让来电的同志白等？
    }
    （请勿发送涉密内容、证件号和电话号码）发送 /cancel 取消。
content-ask-avoid = 要避免怎样说？最多 { $limit } 字，例如：“有什么事，快说”。（请勿发送涉密内容、证件号和电话号码）发送 /cancel 取消。
content-ask-search = 请发送要查找的几个字。（请勿发送涉密内容）发送 /cancel 取消。
content-now = 现在是：{ $text }

content-added = ✅ 已添加，从下一个工作日起参加轮换。点“预览”可以看早间消息里的样子。
content-changed = ✅ 已修改。已经发出的早间消息保留原来的文字。
content-restored = ✅ 已恢复原文。
content-off = ✅ 已停用，不再参加轮换。已经发出的不受影响。
content-on = ✅ 已恢复使用，参加轮换。
content-same = 已经是这样了，没有变化。
content-conflict = ⚠️ 刚才另一位同志改过这一条，您的操作没有生效。现在是这样：
content-conflict-words = ⚠️ 刚才另一位同志改过这一条，您写的没有保存：<code>{ $text }</code>。现在是这样：
content-last =
    { $kind ->
        [phrase] ⚠️ 至少要留一条平日可用的用语，这一条不能停用。
       *[duty] ⚠️ 至少要留一条职责，这一条不能停用。
    }
content-empty = 没有看到文字，请重新发送（请勿发送涉密内容），或发送 /cancel 取消。
content-long = 写了 { $length } 字，最多 { $limit } 字。请精简后重新发送（请勿发送涉密内容），或发送 /cancel 取消。
content-sensitive =
    { $kind ->
        [phone] 内容里像是有电话号码，没有保存。请去掉后重新发送，也请勿发送涉密内容。
       *[id_number] 内容里像是有身份证号，没有保存。请去掉后重新发送，也请勿发送涉密内容。
    }
content-markup = 请用纯文字，不要带 &lt;b&gt;、&amp;nbsp; 这样的标记。请重新发送（请勿发送涉密内容），或发送 /cancel 取消。
content-already =
    { $state ->
        [active] 已经有这一条了，正在使用，不用重复添加。
       *[off] 已经有这一条了，目前停用。点下面可以恢复使用。
    }
content-too-many = 本单位自编的已有 { $most } 条。停用的也计入，请把不用的一条改写成新的。
content-too-many-parts =
    { $kind ->
        [phrase] 用“|”最多分成三段：用语 | 这样做 | 避免这样说。请重新发送。
       *[duty] 用“|”最多分成两段：职责 | 想一想。请重新发送。
    }
