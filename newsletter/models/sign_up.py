from django.db import models

from newsletter.models.subscriber import Source


class SignUp(models.Model):
    """A filled-in form that waits for the worker, which deletes it.

    The web process writes this row whoever signs up, and so takes the same time for an address
    that is known and one that is not.
    """

    address = models.CharField(max_length=254)
    form = models.CharField(max_length=10, choices=Source.choices)
    wording = models.CharField(max_length=400)
    network = models.CharField(max_length=43, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"
