"""How fast letters may leave, by all senders together: never more than a limit in any window.

A letter is in one lane: that of its domain, if the domain has a limit, or 0. Its limits are those
of its lane and of lane 0, which stands for all letters. What is granted is counted in the database
whether or not it is used, so that a sender's death frees nothing too early.
"""

from newsletter.sending.pace.assigning import lane_sql, lanes, relane
from newsletter.sending.pace.forgetting import forget
from newsletter.sending.pace.granting import Grant, grant
from newsletter.sending.pace.lasting import lasts

__all__ = ["Grant", "forget", "grant", "lane_sql", "lanes", "lasts", "relane"]
