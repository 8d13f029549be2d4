"""What of deploy/ nothing here can run: the units and Compose's file name only what is there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.edge.programs import DEPLOY, PROGRAMS

ROOT = Path(settings.BASE_DIR)
UNITS = sorted((DEPLOY / "systemd").glob("newsroom*.*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


def variables(path: Path) -> set[str]:
    return {line.partition("=")[0] for line in path.read_text().splitlines() if line[:1].isupper()}


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.mark.processes
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """As if the checkout were where the units want it; any word of complaint fails."""
    folder = tmp_path / "units"
    shutil.copytree(DEPLOY / "systemd", folder)
    for file in folder.rglob("newsroom*.*"):
        if file.is_file():
            here = file.read_text().replace("/opt/newsroom/.venv/bin/python", sys.executable)
            file.write_text(here.replace("/opt/newsroom", str(ROOT)))
    units = [str(folder / unit.name) for unit in UNITS if unit.is_file()]
    command = ["systemd-analyze", "verify", "--man=no", *units]
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


def commands() -> Iterator[str]:
    """Whatever follows manage.py in a unit or in Compose's file."""
    for unit in SERVICES:
        yield from re.findall(r"manage\.py (\w+)", unit.read_text())
    yield from re.findall(r"manage\.py,? (\w+)", (DEPLOY / "compose.yaml").read_text())
    yield from re.findall(r'"manage\.py", "(\w+)"', (DEPLOY / "Dockerfile").read_text())


def test_units_and_containers_run_commands_that_exist() -> None:
    asked = set(commands())

    assert asked <= get_commands().keys()
    needed = {"web", "procrastinate", "sender", "purger", "migrate", "collectstatic"}
    assert asked == needed


def test_the_target_wants_every_service() -> None:
    target = (DEPLOY / "systemd/newsroom.target").read_text()
    wanted = re.search(r"^Wants=(.*)$", target, re.MULTILINE)

    assert wanted
    running = {unit.name for unit in SERVICES} - {"newsroom-migrate.service"}
    assert set(wanted[1].split()) == running


def test_nothing_fails_while_the_database_is_not_up_yet() -> None:
    unit = (DEPLOY / "systemd/newsroom-migrate.service").read_text()

    assert "manage.py migrate --no-input --wait\n" in unit
    assert "\nTimeoutStartSec=infinity\n" in unit
    for service in SERVICES:
        if service.name != "newsroom-migrate.service":
            assert "\nAfter=newsroom-migrate.service\n" in service.read_text()


def test_compose_sets_variables_that_exist(compose: Any) -> None:
    ours = [one for one in compose["services"].values() if one.get("image") == "newsroom-site"]
    known = variables(ROOT / ".env.example")

    assert len(ours) == 5
    for service in ours:
        assert service["environment"].keys() <= known


def test_compose_asks_for_what_its_example_lists() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))

    assert asked == variables(DEPLOY / "compose.env.example")


def test_compose_names_files_services_and_networks_that_exist(compose: Any) -> None:
    for service in compose["services"].values():
        if build := service.get("build"):
            dockerfile = (DEPLOY / build["context"] / build["dockerfile"]).read_text()
            assert f"AS {build['target']}\n" in dockerfile
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()
        assert set(service["networks"]) <= compose["networks"].keys()
        assert set(service.get("depends_on", [])) <= compose["services"].keys()


def test_images_hold_files_that_exist_and_run_as_nobody_special() -> None:
    stages = (DEPLOY / "Dockerfile").read_text().split("\nFROM ")[1:]
    copied = [
        line.split()[1:-1] for stage in stages for line in stage.splitlines() if "COPY" in line
    ]

    assert all((ROOT / name).exists() for names in copied for name in names)
    assert all(re.search(r"^USER (?!root)\w+$", stage, re.MULTILINE) for stage in stages)
    assert all(":" in stage.split()[0] for stage in stages)  # a base that is named by its tag


def test_only_varnish_is_reached_and_from_this_host_alone(compose: Any) -> None:
    ports = {name: one["ports"] for name, one in compose["services"].items() if "ports" in one}

    assert ports == {"varnish": ["127.0.0.1:6081:6081"]}


def test_varnish_knows_the_addresses_that_compose_gives(compose: Any) -> None:
    text = (DEPLOY / "varnish/site.compose.vcl").read_text()

    def address(name: str) -> str:
        return str(compose["services"][name]["networks"]["edge"]["ipv4_address"])

    web = compose["services"]["web"]["environment"]
    assert f'.host = "{address("web")}"' in text
    assert f'acl purgers {{\n    "{address("purger")}";\n}}' in text
    assert web["EDGE_URL"] == f"varnish://{address('varnish')}:6081"
    assert f'"Host: {web["EXTRA_HOSTS"]}"' in text


@pytest.mark.processes
@pytest.mark.skipif(not PROGRAMS["varnish"], reason="no varnish here")
@pytest.mark.parametrize("site", ["site.vcl", "site.compose.vcl"])
def test_varnish_understands_its_files(site: str, tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "varnish/default.vcl", tmp_path)
    shutil.copy(DEPLOY / "varnish" / site, tmp_path / "site.vcl")
    command = [str(PROGRAMS["varnish"]), "-j", "none", "-C", "-n", str(tmp_path / "work"), "-f"]
    command += [str(tmp_path / "default.vcl"), "-p", f"vcl_path={tmp_path}"]

    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr


@pytest.mark.processes
def test_docker_understands_the_file() -> None:
    docker = ["docker", "compose"]
    if (
        not shutil.which("docker")
        or subprocess.run([*docker, "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no docker compose here")
    passwords = {"OWNER_PASSWORD": "a", "DATABASE_PASSWORD": "b"}
    command = [*docker, "--file", str(DEPLOY / "compose.yaml"), "config", "--no-env-resolution"]
    ran = subprocess.run(
        command, env=os.environ | passwords, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
