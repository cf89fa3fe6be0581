menu-checkin = Check in
menu-me = My record
menu-duties = Duties
menu-phrase = Phrase
menu-report = Report
menu-pending = Pending
menu-members = Members
menu-remind = Remind
menu-schedule = Schedule
menu-notice = Notice
menu-roster = Roster
menu-content = Own content
menu-export = Exports
menu-grant = Roles
menu-bind = Groups
menu-settings = Settings
menu-status = Status
menu-audit = Audit
menu-backup = Back up
menu-mute = Mute
menu-mydata = My data
menu-leave = Leave
menu-language = Language
menu-privacy = Privacy
menu-help = Help
menu-cancel = Cancel
menu-start = Start
# Other forms that are understood: one word where the menu has two.
menu-also = check-in=checkin checkin=checkin

command-checkin = Volunteer check-in, e.g. /checkin 2.5 park cleanup
command-me = My volunteer record
command-duties = Five Dos and Six Don'ts
command-phrase = Today's civilized phrase
command-report = Participation report
command-pending = What waits for my decision
command-members = Members and who is bound
command-remind = Remind those without a check-in this quarter
command-schedule = What is sent at its time
command-notice = Notices: write, send, follow up
command-roster = Roster: view and import
command-content = The unit's own phrases and duties
command-export = Export: the ledger of check-ins, the roster
command-grant = Roles: grant, take away, deputies
command-bind = Group chats of departments: bind, unbind
command-settings = Campaign settings
command-status = How the bot is running
command-audit = The audit: who changed what, and when
command-backup = Back up now (on the server, nothing goes through the chat)
command-mute = Turn the morning message off or on
command-mydata = Everything stored about me
command-leave = Leave and withdraw consent
command-language = 切换语言 / Language
command-privacy = Privacy
command-help = Help
command-start-stranger = Register with your invite code
command-start-founder = Set-up list, invite links
command-cancel = Cancel what is under way

help-head = <b>Wenming</b>: what you can do
help-stranger =
    <b>Wenming</b>

    You are not bound to the roster yet. Please open the invite link of your institution, or send your invite code here.
help-waiting =
    <b>Wenming</b>

    Your registration is submitted; the head of your department or the campaign office will confirm it.
help-line = { $word }  /{ $command }  { $text }
help-office = Questions? Ask the office: { $names }.
help-foot =
    { $example ->
        [checkin] Plain words work too, e.g. “yesterday 2.5 hours park cleanup”.{ " " }
        [report] Plain words work too, e.g. “report last month”.{ " " }
       *[none] { "" }
    }Send /cancel at any time to stop what is under way. Never send anything classified.

cancel-done = Cancelled.
cancel-nothing = There is nothing to cancel.

language-ask = 请选择语言 / Please choose a language
language-own-name = English
language-chosen = Now speaking English.

mute-on = The morning message is off. Send /mute again to turn it on.
mute-off = The morning message is on again.

error-parked = Sorry, your message (number { $number }) could not be handled; the operators know. What was stored before is unharmed, you may try again later.
error-too-fast = That was too fast for me: I have not handled the last few. Please wait some ten seconds and send again what you need.
error-wait = Sorry to keep you waiting, the system is busy. What you sent is not lost: it will be handled and answered by itself, there is no need to send it again.
error-unknown-off-roster = I did not understand that. Send /help to see what you can do.
error-unknown = I did not understand that. To check in, say “yesterday 2.5 hours park cleanup”, or send /help to see what you can do.
error-asked = This is not understood. A reviewer has asked you about one of your records: to answer, tap “Answer” below first, then send your words. For anything else see /help.
talk-greetings = hello|hi|hello there|hey|good morning|good afternoon|good evening|你好|您好
talk-greeting = Hello! To check in, just say “yesterday 2.5 hours park cleanup”; send /help to see everything you can do.
talk-greeting-off-roster = Hello! Send /help to see what you can do.
talk-greeting-stranger = Hello! Please register first: open the invite link of your institution, or send your invite code here.
talk-never-mind = never mind|nevermind|forget it|no thanks|not now|算了
talk-thanks-words = thanks|thank you|thank you very much|many thanks|thx|ok|okay|谢谢
talk-thanks = You are welcome!
error-not-allowed = You do not have the right to do this. Send /help to see what you can do.
error-stranger = Please register first: open the invite link of your institution, or send your invite code here.
error-stale = This button has expired. Send /help to see what you can do.
error-not-kept =
    { $kind ->
        [location] We do not collect locations; this message was not kept. Please write in words instead.
       *[other] We do not collect phone numbers or contacts; this message was not kept. Please write in words instead.
    }
error-not-understood =
    { $kind ->
        [sticker] Thank you for the sticker! I can only handle text. Send /help to see what you can do.
        [voice] I cannot listen to voice messages yet, please send text.
        [photo] A picture, but nothing under way needs one. To add a photo to a check-in, press “Photo” on its card first.
        [document] A file, but nothing under way needs one; it was not kept. Please send text, or /help to see what you can do.
       *[other] I cannot handle this kind of message, please send text. Send /help to see what you can do.
    }

push-parked = ⚠️ A message (number { $number }) failed three times and was set aside. Whoever runs the bot, please look at the log.
push-mirror-failed = ⚠️ Group robot number { $number } of MIRROR_URLS was not reached in three tries; this message is given up there. What is sent in Telegram is not touched. Please check its address and the network.
push-conflict = ⚠️ Another program fetches updates with the same bot token (or has set a webhook), so this one gets none. Please stop the other one.

list-previous = ‹ Previous
list-next = Next ›
list-comma = { ", " }
person-called = { $name } ({ $number })
date-day =
    { $weekday ->
        [0] { "" }
        [1] Mon{ " " }
        [2] Tue{ " " }
        [3] Wed{ " " }
        [4] Thu{ " " }
        [5] Fri{ " " }
        [6] Sat{ " " }
       *[7] Sun{ " " }
    }{ $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }{ $year ->
        [0] { "" }
       *[other] { " " }{ $year }
    }
date-moment =
    { $weekday ->
        [0] { $day } { $time }
       *[1] { $day } { $time }
    }
