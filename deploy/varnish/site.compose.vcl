# site.vcl for compose.yaml, whose addresses these are.

probe ready {
    .request =
        "GET /healthz HTTP/1.1"
        "Host: web.internal"
        "Connection: close";
    .interval = 2s;
    .timeout = 2s;
    .window = 4;
    .threshold = 2;
    .initial = 2;
}

backend site {
    .host = "172.30.0.10";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 10s;
    .probe = ready;
}

acl purgers {
    "172.30.0.12";
}

# The host, as containers see it: what ends TLS there. The port is open to nobody else.
acl proxies {
    "172.30.0.1";
}
