from procrastinate import RetryStrategy

SOON = 10  # somebody waits for it; pictures, lists and the many letters of a round-up have 0
# Waits 4 ** n seconds: a day in all, which most troubles of a mail server do not outlast.
PATIENT = RetryStrategy(max_attempts=9, exponential_wait=4)
