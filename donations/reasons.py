"""Why an appeal is not shown, in words; the codes are those of donations.choosing, in its order."""

PAGE = {
    "off": "Appeals are switched off, here or everywhere.",
    "place": "This page has no such place.",
    "flag": "The piece is marked “no appeals on this piece”.",
    "barred-tag": "The piece has a tag beside which nobody is asked.",
    "no-kind": "The appeal leaves out this kind of page.",
    "no-section": "The appeal leaves out this section.",
    "no-format": "The appeal leaves out this format.",
    "no-series": "The appeal leaves out this series.",
    "no-tag": "The appeal leaves out one of the tags.",
    "kind": "The appeal is for other kinds of pages.",
    "section": "The appeal is for other sections.",
    "format": "The appeal is for other formats.",
    "series": "The appeal is for other series.",
    "tag": "The appeal is for pieces with other tags.",
}
READER = {
    "early": "It has not started.",
    "late": "It is over.",
    "lapsed": "One of its claims has lapsed.",
    "pause": "The site is in a pause.",
    "device": "It is for another kind of device.",
    "storage": "The browser keeps nothing, so wishes could not be kept either.",
    "closed": "The reader closed an appeal not long ago.",
    "gave": "The reader has given.",
    "never": "The reader does not want to be asked on this device.",
    "skip": "The reader has not read enough pages yet.",
    "cap": "The reader has been asked often enough of late.",
    "gap": "The reader was asked only just now.",
    "holdback": "The reader is one of those who are never asked.",
    "outranked": "Another appeal comes first on this page.",
}
REASONS = PAGE | READER
