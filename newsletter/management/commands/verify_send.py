"""`manage.py verify_send`: whether a send certificate says what the ledger says."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletter.models import Issue
from newsletter.sending import certificate
from newsletter.sending.certificate import Certificate


class Command(BaseCommand):
    help = "Work out a round-up's send certificate anew and compare; ends with 1 if they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "issue", type=int, nargs="?", help="the round-up's number; without it, all that ended"
        )
        parser.add_argument(
            "--file", type=Path, help="a certificate that was downloaded, instead of the kept one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = [read(options["file"])] if options["file"] else kept(options["issue"])
        if not pairs:
            raise CommandError("There is no such round-up, or it has no certificate yet.")
        n_wrong = sum(self.tell(issue, given) for issue, given in pairs)
        if n_wrong:
            raise CommandError(f"{n_wrong} of {len(pairs)} certificates do not hold.")

    def tell(self, issue: Issue, given: Certificate) -> bool:
        """Whether something is wrong with it."""
        wrong = certificate.differences(issue, given)
        counts = given.get("counts", {})
        verdict = "does not hold" if wrong else "holds"
        self.stdout.write(f"Round-up {issue.pk}, “{issue}”: {verdict}.")
        self.stdout.write(
            f"  {counts.get('prepared', 0):,} letters, {counts.get('accepted', 0):,} accepted, "
            f"{counts.get('failed', 0):,} refused, {counts.get('suppressed', 0):,} not sent, "
            f"{counts.get('uncertain', 0):,} uncertain."
        )
        for difference in wrong:
            self.stdout.write(f"  {difference}")
        return bool(wrong)


def kept(issue_id: int | None) -> list[tuple[Issue, Certificate]]:
    found = Issue.objects.filter(certificate__isnull=False).order_by("pk")
    if issue_id is not None:
        found = found.filter(pk=issue_id)
    return [(issue, issue.certificate or {}) for issue in found]


def read(path: Path) -> tuple[Issue, Certificate]:
    """The certificate in the file, and its round-up."""
    try:
        given = json.loads(path.read_text())
        return Issue.objects.get(pk=given["issue"]["id"]), given
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, Issue.DoesNotExist) as error:
        raise CommandError(f"{path} is no certificate of a round-up here.") from error
