"""What the app above may have a say in."""

from django.dispatch import Signal

# Pictures at these addresses (`token`) are about to go; who still shows them answers True.
renditions_unused = Signal()

# Under which tokens, besides its own, may `photo` still be found? Whoever knows some answers them.
tokens_given_away = Signal()

# Sent when a section, format, series, tag, contributor or page has got another slug: `sender` is
# its model, `was` and `now` are the slugs, `by` is who did it. What knows it by its slug follows,
# and may answer with what it has changed: plain data under a name of its own.
renamed = Signal()

# Sent when that is taken back: `kept` holds those answers.
rename_undone = Signal()

# Where is `row`, a photo, a piece or what pieces belong to, used? Who knows it outside this app
# answers with the rows that do; `sender` is its model.
used = Signal()
