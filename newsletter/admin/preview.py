"""The letter as it looks, without scripts, links that lead anywhere, or a way out of its frame."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from newsletter import content, rendering
from newsletter.admin.builder import allowed
from newsletter.models import Issue
from newsroom.lib import csp

POLICY = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"],
}
SCHEMES: dict[str, rendering.Scheme] = {"light": "light", "dark": "dark"}
DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")
WHEN = {"light": "@media not all", "dark": "@media all"}
COUNTED = re.compile(r'href="[^"]*/newsletter/go/[^"]*"')
SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=)"[^"]*"')
OURS = re.compile(rf'src="https?://[^/"]+(?={settings.MEDIA_URL})')
NOWHERE = '#" target="_self'


@require_safe
@allowed("view_issue")
@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """?part=text is the plain text; ?scheme=light or dark, ?pictures=off for the letter itself."""
    issue = get_object_or_404(Issue.objects.select_related("segment"), pk=pk)
    if request.GET.get("part") == "text":
        body = issue.plain or rendering.text(content.compose(issue))
        return framed(inert(body, "…"), "text/plain; charset=utf-8")
    scheme = SCHEMES.get(request.GET.get("scheme", ""))
    body = COUNTED.sub(f'href="{NOWHERE}"', inert(letter(issue, scheme), NOWHERE))
    body = body.replace("<head>", '<head><base target="_blank">', 1)
    here = OURS.sub('src="', body)  # at whatever host the desk is read
    if request.GET.get("pictures") == "off":
        here = SOURCE.sub(r'\1"data:,"', here)
    return framed(here, "text/html; charset=utf-8")


def letter(issue: Issue, scheme: rendering.Scheme | None) -> str:
    """As frozen; a draft as it would be now, its links uncounted so that they can be tried."""
    if not issue.html:
        return rendering.html({**content.compose(issue), "go": ""}, scheme)
    return DARK.sub(WHEN[scheme], issue.html) if scheme else issue.html


def inert(body: str, nowhere: str) -> str:
    return rendering.personal(body, leave=nowhere, preferences=nowhere, archive=nowhere)


def framed(body: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Security-Policy"] = csp.header(POLICY)
    response["Cache-Control"] = "no-store"
    return response
