"""What holds for every round-up."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from newsletter.forms.newsletter import NewsletterForm
from newsletter.models import Newsletter, Subscriber
from newsletter.sending import pace
from newsletter.services.pacing import limit_domains
from newsroom.lib.addresses import shown_domain
from newsroom.lib.lists import number
from newsroom.lib.singleton import SingletonAdmin

A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SPEED: Any = ["connections", ("per_minute", "per_hour", "per_day"), "time_taken", "domains"]
LIMITING = ["add_domainlimit", "change_domainlimit", "delete_domainlimit"]
SAMPLE = 20_000  # readers, while there are none to count


@admin.register(Newsletter)
class NewsletterAdmin(SingletonAdmin):
    form = NewsletterForm
    fieldsets = [
        ("The letter", {"fields": ["name", "welcome"]}),
        ("Before a round-up leaves", {"fields": ["second_person_above", "counts_clicks"]}),
        ("How fast letters leave", {"fields": SPEED}),
        ("Warming up", {"fields": ["warm_up_from", "warm_up_first"]}),
        ("When something goes wrong", {"fields": ["late_hours", "sends_uncertain"]}),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.change_newsletter"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whom the rule of two people binds does not loosen it."""
        user = request.user
        fields = ["time_taken"]
        if not user.has_perm("newsroom.change_publication"):
            fields.append("second_person_above")
        if not user.has_perms([f"newsletter.{name}" for name in LIMITING]):
            fields.append("domains")
        return fields

    @admin.display(description="what that means")
    def time_taken(self, newsletter: Newsletter) -> str:
        n, is_exact = number(Subscriber.objects.active())
        n = n or SAMPLE
        has_domains = newsletter.domain_limits.exists()
        if (time := pace.lasts(n, timezone.now())) is None:
            said = "No limit: letters leave as fast as the mail server takes them."
        else:
            readers = f"{'' if is_exact else 'about '}{n:,} readers"
            said = f"As saved, {readers} take {spoken_length(time)}."
        return f"{said} Readers at slower domains may take longer." if has_domains else said

    @admin.display(description="slower for")
    def domains(self, newsletter: Newsletter) -> str:
        """For those who may only read."""
        rows = newsletter.domain_limits.values("domain", "per_minute", "per_hour")
        return "; ".join(described({**row}) for row in rows) or "No domain."

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "domains" in form.cleaned_data:
            limit_domains(form.cleaned_data["domains"], by=request.user)  # type: ignore[arg-type]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """`Letters a minute: 600 instead of none. Domains: gmail.com 60 a minute.`"""
        changes = (changed(form, name) for name in form.changed_data)
        return " ".join(filter(None, changes)) or "Nothing changed."


def changed(form: Any, name: str) -> str:
    """What the log says of a field; "" if it is the same but for how it was typed."""
    label = (form.fields[name].label or name).capitalize()
    before, after = form.initial.get(name), form.cleaned_data[name]
    if name == "domains":
        before, after = ({described(row) for row in rows} for rows in (before, after))
        return f"{label}: {', '.join(sorted(after)) or 'none'}." if before != after else ""
    if name == "welcome":
        return f"{label}."
    return f"{label}: {shown(after)} instead of {shown(before)}."


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "none" if value is None else str(value)


def described(row: dict[str, Any]) -> str:
    """`gmail.com 60 a minute, 600 an hour`"""
    domain = shown_domain(row["domain"])
    counts = [(row["per_minute"], "a minute"), (row["per_hour"], "an hour")]
    return f"{domain} {', '.join(f'{n:,} {per}' for n, per in counts if n)}"


def spoken_length(time: timedelta) -> str:
    """`about 34 minutes`, `about 5 hours`, `about 3 days`"""
    for most, size, unit in [(90, A_MINUTE, "minute"), (36, AN_HOUR, "hour")]:
        if time <= most * size:
            return counted(time / size, unit)
    return counted(time / A_DAY, "day")


def counted(number: float, unit: str) -> str:
    n = max(round(number), 1)
    return f"about {n:,} {unit}{'' if n == 1 else 's'}"
