"""Credit lines as people type and paste them, and the one way in which we write them.

What cannot be taken apart is kept whole. But for labels (`Top photo credit:`, `photo by`) and
what stands between two names (`via`, `and`), no word is dropped.
"""

from articles.credit_lines.parsing import Credit, line, parse

__all__ = ["Credit", "line", "parse"]
