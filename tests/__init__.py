import os

# What a developer's own site uses is not for tests, nor for the processes that they start.
ELSEWHERE = "DATABASE_REPLICA_URL MEDIA_STORAGE_URL PRIVATE_STORAGE_URL PAGES_URL EDGE_URL"
os.environ |= dict.fromkeys(ELSEWHERE.split(), "")
