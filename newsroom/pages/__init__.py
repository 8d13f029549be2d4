"""Finished pages, kept in front of Django: a page that is in memory costs none of it.

What is kept is what `newsroom.lib.pages.kept` marks. It is right as long as the site's generation
stays the same (`newsroom.lib.generation`), and until the next moment at which something appears
or goes.
"""
