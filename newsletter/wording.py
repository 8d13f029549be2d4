"""What a sign-up form says; kept with each consent, so change it here and nowhere else."""

SIGN_UP = (
    "One letter a week, and nothing else. We first send you a letter to confirm; "
    "leaving takes one click."
)
