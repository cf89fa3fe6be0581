slips-head =
    <b>Invite QR codes</b>{ $pages ->
        [1] { "" }
       *[other] { " " }(page { $page }/{ $pages })
    }

    A printed code for everybody who is not bound yet; whoever scans it need not type a staff number. Press a department (with those below it; in brackets who is not bound):
slips-line = { $department } ({ $count })
slips-everybody = Everybody on the roster is bound; no codes are needed.
slips-sure =
    A QR code for each of the { $count } people of “{ $department }” who are not bound yet, to be printed, cut up and handed out.

    Each works once, within { $days } days; personal codes they were given before end. A slip has a staff number and no name, so that a lost one is of no use: whoever scans it must give the name.
slips-again = The codes of “{ $department }” have just been made. Making them again ends those: do you want new ones?
slips-done = Made; the file is below.
slips-nobody = Everybody of this department is bound; no codes are needed.
slips-gone = There is no such department; it may just have changed.
slips-made = { $count } QR codes, good until { $until }. Print on A4, ten to a page, cut along the dashes. Hand them over in person, delete the file after use, forward it to nobody.
slips-left = { $count } more people have no code yet: press “Choose a department” and make the next sheet; this one stays good.
slips-revoked = { $count } personal codes that still worked are revoked.
slips-name = Invite QR codes
slips-for = { $department }  No. { $number }
slips-how =
    Scan with your camera, opens in Telegram
    Then agree to the privacy notice and give your name
    For you only, one use, until { $until }
slips-button-yes = ✅ Make them
slips-button-again = Make new ones
slips-button-list = Choose a department
slips-button-revoke = Revoke all personal codes
