"""What the app above may have a say in."""

from django.dispatch import Signal

# Pictures at these addresses (`token`) are about to go; who still shows them answers True.
renditions_unused = Signal()
