# Newsroom behind Varnish 7.1 or later with varnish-modules (Debian 12: apt install varnish
# varnish-modules). Both files go to /etc/varnish; only site.vcl needs to be changed.
#
# The site says how long a page may be kept (s-maxage), how long it may be shown while a new one is
# fetched (stale-while-revalidate), how long while the site fails (stale-if-error), and what it is
# about (Surrogate-Key), by which `manage.py purger` has it forgotten.
vcl 4.1;

import std;
import xkey;

include "site.vcl";

sub vcl_recv {
    if (req.restarts == 0) {
        unset req.http.Edge-Stale;
        call only_from_purgers;
        call only_from_proxies;
    }
    set req.backend_hint = site;
    if (req.method !~ "^(GET|HEAD|POST|OPTIONS)$") {
        return (synth(405));
    }
    # The site refuses these too (PUBLIC_BODY_MAX); nothing of them need reach it.
    if (req.http.Content-Length && req.url !~ "^/admin/"
        && std.integer(req.http.Content-Length, 2000000000) > 1048576) {
        return (synth(413));
    }
    if ((req.method != "GET" && req.method != "HEAD") || req.http.Authorization
        || req.url ~ "^/admin(/|$)" || req.http.Cookie ~ "(^|;\s*)(__Host-)?session=") {
        return (pass);
    }
    # Public pages know no cookie; what is here was set by somebody else's script or site.
    unset req.http.Cookie;
    call without_tracking;
    return (hash);
}

# A purge that came through any proxy bears a second address, as Varnish adds the proxy's own.
sub only_from_purgers {
    if (req.method != "PURGE") {
        return;
    }
    if (client.ip !~ purgers || req.http.X-Real-IP || req.http.X-Forwarded-For != "" + client.ip) {
        return (synth(403));
    }
    if (req.http.xkey-purge ~ "\S") {
        set req.http.Edge-Purged = xkey.purge(req.http.xkey-purge);
    } else if (req.http.xkey-softpurge ~ "\S") {
        set req.http.Edge-Purged = xkey.softpurge(req.http.xkey-softpurge);
    } else {
        return (synth(400));
    }
    return (synth(200, "Purged " + req.http.Edge-Purged));
}

sub only_from_proxies {
    if (client.ip !~ proxies) {
        unset req.http.X-Forwarded-Proto;
        unset req.http.X-Real-IP;
    }
    if (!req.http.X-Forwarded-Proto) {
        set req.http.X-Forwarded-Proto = "http";
    }
    if (!req.http.X-Real-IP) {
        set req.http.X-Real-IP = client.ip;
    }
    set req.http.X-Forwarded-For = req.http.X-Real-IP;
}

# Names that campaigns add to addresses; the page is the same.
sub without_tracking {
    if (req.url ~ "\?") {
        set req.url = regsuball(req.url,
            "(?<=[?&])(utm_[a-z_]+|(fb|g|d|y|tw|tt)clid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|_gl)(=[^&]*)?(&|$)",
            "");
        set req.url = regsub(req.url, "[?&]+$", "");
    }
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto); # over http the answer leads to https
}

# An object stays for as long as it may be of use while the site fails, its grace. While the site
# is well nobody gets what is older than it said.
sub vcl_hit {
    if (obj.ttl <= 0s && !req.http.Edge-Stale && std.healthy(req.backend_hint)
        && std.time2real(now, 0.0) > std.real(obj.http.Edge-Until, 0.0)) {
        set req.http.Edge-Stale = "held back";
        set req.grace = 0s;
        return (restart);
    }
}

sub vcl_backend_fetch {
    if (bereq.http.Edge-Stale == "shown") {
        return (abandon); # it has just failed
    }
    if (bereq.http.Edge-Stale == "held back") {
        set bereq.first_byte_timeout = 5s; # there is something old to show instead
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        if (bereq.is_bgfetch || bereq.http.Edge-Stale == "held back") {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    if (beresp.http.Cache-Control !~ "\bpublic\b" || beresp.http.Cache-Control !~ "\bmax-?age=\d"
        || beresp.http.Vary ~ "(?i)cookie") {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s; # for as long, those who ask for it do not wait for one another
        return (deliver);
    }
    # Varnish has read s-maxage or max-age as the ttl. One of 0 would have all who wait for a page
    # fetch it one after another.
    if (beresp.ttl < 250ms) {
        set beresp.ttl = 250ms;
    }
    set beresp.http.Edge-While = regsub(beresp.http.Cache-Control,
        "^.*\bstale-while-revalidate=(\d+).*$", "\1");
    set beresp.grace = std.duration(regsub(beresp.http.Cache-Control,
        "^.*\bstale-if-error=(\d+).*$", "\1s"), 0s);
    if (beresp.http.Surrogate-Key ~ "\S") {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
    } else if (bereq.url !~ "^/(static|media)/") {
        set beresp.http.xkey = "site"; # meant for browsers, such as what a search suggests
        if (beresp.ttl > 30s) {
            set beresp.ttl = 30s;
        }
    } else if (beresp.ttl > 10m) {
        set beresp.ttl = 10m; # files that no purge reaches, and that may have been taken away
    }
    set beresp.http.Edge-Until = std.time2real(
        now + beresp.ttl + std.duration(beresp.http.Edge-While + "s", 0s), 0.0);
    unset beresp.http.Edge-While;
    # Varnish's own rules come after these: what sets a cookie is not kept, for instance.
}

sub vcl_backend_error {
    if (bereq.is_bgfetch || bereq.http.Edge-Stale == "held back") {
        return (abandon);
    }
    call sorry_from_backend;
    return (deliver);
}

sub vcl_deliver {
    if (req.http.Edge-Stale == "shown") {
        set resp.http.X-Cache = "STALE";
    } else if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
    # How long caches may keep it was said to this one; browsers ask each time. Where Fastly or
    # another cache that is purged stands before this one, remove these two lines.
    set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ",\s*s-maxage=.*$", "");
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
    unset resp.http.Edge-Until;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}

sub vcl_synth {
    if (resp.status == 503 && req.http.Edge-Stale == "held back") {
        set req.http.Edge-Stale = "shown";
        set req.grace = 3650d; # any that it has
        return (restart);
    }
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    set resp.body = "" + resp.status + " " + resp.reason + {"
"};
    return (deliver);
}

sub sorry_from_backend {
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "10";
    set beresp.body = {"We cannot be reached just now. Please try again in a moment.
"};
}
