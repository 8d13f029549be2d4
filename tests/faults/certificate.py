"""A certificate for a server on this machine, signed by nobody but itself."""

import subprocess
from pathlib import Path


def make_certificate(folder: Path) -> str:
    """The path of a file with the key and the certificate, good for a day."""
    path = folder / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(path), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    with path.open("a") as file:
        file.write((folder / "certificate.pem").read_text())
    return str(path)
