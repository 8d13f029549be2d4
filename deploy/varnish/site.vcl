# What default.vcl does not know: where the site is, what it is called, and who may do what.

# Whether the site answers at all. Not /readyz: without its database it still shows the pages that it
# remembers, and what it cannot show is answered by 503, for which Varnish has an old page.
# Where several backends share the work, ask that one, so that each is spared while it is no use.
probe ready {
    # The host must be one that the site answers to: that of SITE_URL, or one of EXTRA_HOSTS.
    .request =
        "GET /healthz HTTP/1.1"
        "Host: www.example.org"
        "X-Forwarded-Proto: https"
        "Connection: close";
    .interval = 2s;
    .timeout = 2s;
    .window = 4;
    .threshold = 2;
    .initial = 2; # asked at once when it starts, so that a cold start refuses nobody
}

backend site {
    .host = "127.0.0.1"; # LISTEN and PORT of the site
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s; # exports from the desk take their time
    .between_bytes_timeout = 10s;
    .probe = ready;
}

# Where purgers run. What somebody else has forwarded is no purge, wherever it comes from.
acl purgers {
    "127.0.0.1";
    "::1";
}

# What ends TLS in front of Varnish: believed in X-Real-IP and X-Forwarded-Proto.
acl proxies {
    "127.0.0.1";
    "::1";
}
