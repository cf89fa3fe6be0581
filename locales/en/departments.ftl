departments-head =
    <b>Departments</b> ({ $total }{ $pages ->
        [1] { "" }
       *[other] { "," } page { $page }/{ $pages }
    }). Press one to rename, merge, move, split or close it.
departments-line = { $indent }· { $name }  { $count }
departments-card =
    <b>{ $path }</b>

    { $people } people here, { $all } with the departments below.
departments-leaders = Leaders: { $names }
departments-below = Below: { $names }
departments-button-list = All departments
departments-button-rename = Rename
departments-button-merge = Merge into another
departments-button-move = Move in the tree
departments-button-top = To the top
departments-button-split = Take some people out
departments-button-close = Close
departments-button-picked = Done ({ $count })
departments-gone = There is no such department; it may just have changed.
departments-ask-rename = What is the new name of “{ $path }”? Only its own name, without “/”. (Nothing classified, please. /cancel stops.)
departments-ask-merge = Which department does “{ $path }” merge into? Send its name. (Nothing classified, please. /cancel stops.)
departments-ask-move = Below which department does “{ $path }” go? Send its name. (Nothing classified, please. /cancel stops.)
departments-ask-split = Where do the people taken out of “{ $path }” go? A new department or one that is there, such as General/Archive. (Nothing classified, please. /cancel stops.)
departments-pick = Press those who go ({ $total } here, { $count } chosen):
departments-sure-rename = “{ $path }” becomes “{ $after }”. Reports of the past show the new name too, with the same figures.
departments-sure-merge = “{ $path }” merges into “{ $after }”: { $heads } people go there, the old department is closed.
departments-sure-move = “{ $path }” becomes “{ $after }”: { $heads } people go along, the old place is closed.
departments-sure-split = { $heads } people of “{ $path }” go to “{ $after }”.
departments-sure-close = Close “{ $path }”. There is nobody in it and nothing below it.
departments-takes-along = Departments below it that go along: { $below }.
departments-still-lead = ⚠️ { $count } of them are leaders by role and will lead the other department; change the role afterwards if that is not meant.
departments-past = Heads and hours of the days before stay with the old department; reports of the past do not change.
departments-done-rename = ✅ “{ $path }” is now “{ $after }”.
departments-done-merge = ✅ “{ $path }” is merged into “{ $after }”, { $heads } people went there. Its old invite links are revoked, and its group (if it had one) is unbound.
departments-done-move = ✅ “{ $path }” is now “{ $after }”, { $heads } people went along. Its old invite links are revoked.
departments-done-split = ✅ { $heads } people went from “{ $path }” to “{ $after }”.
departments-done-close = ✅ “{ $path }” is closed; its past can still be reported.
departments-moved-on = This department has just changed; nothing was done. Please look at it again.
departments-not-empty = There are still people or departments in it. Merge it into another one first.
departments-nobody = Nobody is chosen, or they are not in this department any more. Please choose again.
departments-same = It is so already; nothing was changed.
departments-inside = A department cannot go into one below itself.
departments-unknown = There is no department “{ $path }”. Please send another. (Nothing classified, please.)
departments-taken = There is a department “{ $path }” already. To join them use “Merge into another”.
