content-words-phrase = phrase|用语
content-words-duty = duty|职责

content-head =
    <b>Own content</b>
    Phrases: { $phrase_shipped } shipped, { $phrase_own } of the unit, { $phrase_used } in use
    Duties: { $duty_shipped } shipped, { $duty_own } of the unit, { $duty_used } in use
content-few = ⚠️ A year has some 250 working days, and only { $count } everyday phrases are in use: they will come again sooner.
content-foot =
    What is added joins the rotation of each working day: no phrase twice within a year, duties in turn. What ships can be switched off, never deleted.
    In one line: <code>/content phrase 您好请这边坐 | how to do it | what to avoid</code>
    Search: /content and a few words. Nothing classified, please.

content-shelf-phrase-own = Our phrases
content-shelf-phrase-shipped = Shipped phrases
content-shelf-duty-own = Our duties
content-shelf-duty-shipped = Shipped duties
content-shelf-all-off = Switched off
content-shelf-found = Search “{ $sought }”
content-shelf-page =
    { $count } in all{ $pages ->
        [1] { "" }
       *[other] { "," } page { $page } of { $pages }
    }
content-shelf-legend = ● in use  ○ switched off. Press one to look at it or change it.
content-shelf-empty = There is nothing here yet.

content-card =
    <b>{ $kind ->
        [phrase] Phrase
       *[duty] Duty
    } · { $origin ->
        [own] of the unit
       *[shipped] shipped
    }</b>  { $state ->
        [active] ● in use
       *[off] ○ switched off
    }
content-card-source = Original: { $text }
content-card-festival = A festival's greeting, sent for that festival only.
content-card-last = Last sent: { $day }
content-card-never = Not sent yet.

content-button-top = « Own content
content-button-find = 🔍 Search
content-button-add =
    { $kind ->
        [phrase] + Add a phrase
       *[duty] + Add a duty
    }
content-button-edit-text = Change the words
content-button-edit-tip =
    { $kind ->
        [phrase] Change “how”
       *[duty] Change the question
    }
content-button-edit-avoid = Change “avoid”
content-button-clear = Leave this out
content-button-restore = Original words
content-button-off = Switch off
content-button-on = Switch on
content-button-preview = Preview
content-button-skip = Skip
content-button-card = Look at it

content-ask-text =
    { $kind ->
        [phrase] Send the phrase, at most { $limit } characters, best in Chinese: everybody gets it as you write it.
       *[duty] Send the duty, at most { $limit } characters: everybody gets it as you write it.
    }
    (Nothing classified, no ID or phone numbers.) /cancel gives it up.
content-ask-tip =
    { $kind ->
        [phrase] How is it done? Send a hint, at most { $limit } characters.
       *[duty] Send a question to ask oneself, at most { $limit } characters.
    }
    (Nothing classified, no ID or phone numbers.) /cancel gives it up.
content-ask-avoid = What is to be avoided? At most { $limit } characters. (Nothing classified, no ID or phone numbers.) /cancel gives it up.
content-ask-search = Send a few words to look for. (Nothing classified.) /cancel gives it up.
content-now = Now it is: { $text }

content-added = ✅ Added. It joins the rotation from the next working day on; “Preview” shows it in a morning message.
content-changed = ✅ Changed. Morning messages that were sent keep their words.
content-restored = ✅ The original words are back.
content-off = ✅ Switched off, it leaves the rotation. What was sent is not touched.
content-on = ✅ Switched on, it is in the rotation again.
content-same = It is so already, nothing has changed.
content-conflict = ⚠️ Somebody else has just changed this one, so nothing was done. This is how it stands:
content-conflict-words = ⚠️ Somebody else has just changed this one; your words were not kept: <code>{ $text }</code>. This is how it stands:
content-last =
    { $kind ->
        [phrase] ⚠️ One phrase for ordinary days has to stay, so this one cannot be switched off.
       *[duty] ⚠️ One duty has to stay, so this one cannot be switched off.
    }
content-empty = I see no words. Send them again (nothing classified), or /cancel to give it up.
content-long = It has { $length } characters, { $limit } are the most. Send it again, shorter (nothing classified), or /cancel to give it up.
content-sensitive =
    { $kind ->
        [phone] There seems to be a phone number in it; it was not kept. Send it again without, and nothing classified.
       *[id_number] There seems to be an ID number in it; it was not kept. Send it again without, and nothing classified.
    }
content-markup = Plain text only, please, no marks such as &lt;b&gt; or &amp;nbsp;. Send it again (nothing classified), or /cancel to give it up.
content-already =
    { $state ->
        [active] This one is there already and in use.
       *[off] This one is there already, switched off. Press below to switch it on again.
    }
content-too-many = The unit has { $most } of its own already, those switched off included. Please rewrite one that is not needed.
content-too-many-parts =
    { $kind ->
        [phrase] “|” makes three parts at most: phrase | how to do it | what to avoid. Please send it again.
       *[duty] “|” makes two parts at most: duty | a question to ask oneself. Please send it again.
    }
