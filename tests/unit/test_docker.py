"""docker/ is well formed: its files are read as Docker reads them, though no engine runs here."""

import configparser
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tooling import addons, paths

DOCKER = paths.ROOT / "docker"
# What Odoo's image has already, by its Dockerfile and by what Odoo's own package depends on.
IN_THE_IMAGE = {
    "certifi", "cffi", "charset-normalizer", "cryptography", "idna", "pillow", "pycparser", "python-dateutil",
    "qrcode", "requests", "setuptools", "six", "tzdata", "urllib3",
}  # fmt: skip


def interpolated(text, **values):
    """A compose file's text with its ${NAME:-default} filled in."""
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: values.get(found[1], found[2]), text)


@pytest.fixture(scope="module")
def compose_text():
    return (DOCKER / "compose.yaml").read_text()


@pytest.fixture(scope="module")
def compose(compose_text):
    return yaml.safe_load(interpolated(compose_text))


# -- compose.yaml ---------------------------------------------------------------


def test_compose_file_meets_the_specification(compose_text):
    # The validator knows no merge keys, so it is given what YAML makes of them.
    expanded = yaml.safe_dump(yaml.safe_load(interpolated(compose_text)), sort_keys=False)
    read = PyCompose.from_yaml(expanded).to_dict()
    assert list(read["services"]) == ["db", "odoo", "print-worker", "nginx"]


def test_the_validator_refuses_a_misspelt_key(compose_text):
    broken = yaml.safe_load(interpolated(compose_text))
    broken["services"]["odoo"]["comand"] = ["odoo"]
    with pytest.raises(ValueError, match="comand"):
        PyCompose.from_yaml(yaml.safe_dump(broken))


def test_every_variable_has_a_default_and_is_explained(compose_text):
    named = set(re.findall(r"\$\{(\w+)", compose_text))
    explained = set(re.findall(r"^(\w+)=", (DOCKER / ".env.example").read_text(), re.M))
    assert len(re.findall(r"\$\{\w+:-[^}]+\}", compose_text)) == compose_text.count("${")
    assert named == explained


def test_only_nginx_is_reached_from_outside(compose):
    published = {name: service.get("ports") for name, service in compose["services"].items() if "ports" in service}
    assert published == {"nginx": ["80:80", "443:443"]}


def test_no_secret_is_written_down(compose_text, compose):
    assert not re.search(r"password[ \t]*:[ \t]*[^/\s]", compose_text, re.I)
    assert compose["secrets"] == {"db_password": {"file": "./secrets/db_password"}}
    for name in ("db", "odoo", "print-worker"):
        assert compose["services"][name]["secrets"] == ["db_password"]
    ignored = (DOCKER / ".gitignore").read_text().split()
    assert {".env", "secrets/", "tls/"} <= set(ignored)


def test_what_must_survive_a_new_container_lies_in_a_volume(compose):
    kept = {
        name: [volume.partition(":")[2] for volume in service["volumes"] if not volume.startswith((".", "/"))]
        for name, service in compose["services"].items()
    }
    assert kept["db"] == ["/var/lib/postgresql/data"]
    assert kept["odoo"] == kept["print-worker"] == ["/var/lib/odoo"]
    assert kept["nginx"] == ["/var/cache/nginx"]
    assert set(compose["volumes"]) == {"db-data", "odoo-data", "nginx-cache"}


def test_services_wait_for_each_others_health(compose):
    services = compose["services"]
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in services.items()
    }
    assert waits == {
        "db": {},
        "odoo": {"db": "service_healthy"},
        "print-worker": {"odoo": "service_healthy"},
        "nginx": {"odoo": "service_healthy"},
    }
    for name in ("db", "print-worker", "nginx"):
        assert services[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert "HEALTHCHECK" in (DOCKER / "Dockerfile").read_text()
    assert all(service["restart"] == "unless-stopped" for service in services.values())


def test_print_worker_runs_the_same_image_as_odoo(compose):
    odoo, worker = compose["services"]["odoo"], compose["services"]["print-worker"]
    assert odoo["image"] == worker["image"]
    program = worker["command"][1]
    assert worker["command"][0] == "odoo"
    kitchen = paths.ADDONS / "dining_kitchen"
    assert (kitchen / "cli" / f"{program}.py").exists()
    # Its health check looks for it under the name it gives itself at the database.
    assert f'APPLICATION_NAME = "{program}"\n' in (kitchen / "printing" / "worker.py").read_text()
    assert f"application_name = '{program}'" in worker["healthcheck"]["test"][1]


def test_every_mounted_file_is_here(compose):
    for service in compose["services"].values():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            if source.endswith(".conf"):
                assert (DOCKER / source).is_file(), source


def test_images_are_pinned_to_a_series(compose):
    images = {service["image"] for service in compose["services"].values()}
    assert images == {"postgres:17", "diancan:19.0", "nginx:1.28"}
    assert (DOCKER / "Dockerfile").read_text().count("FROM odoo:19.0\n") == 1


# -- Dockerfile -------------------------------------------------------------------


def test_dockerfile_passes_hadolint():
    program = Path(sys.executable).parent / "hadolint"
    # DL3066 wants numbers for users; the image's own user is called odoo, whatever its number.
    command = [program, "--no-color", "--ignore", "DL3066", DOCKER / "Dockerfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_dockerfile_copies_only_what_is_sent_to_the_builder():
    text = (DOCKER / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?:--\S+ )*(\S+) ", text, re.M)
    sent = [line[1:] for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")]
    assert sorted(copied) == sorted(sent)
    assert all((paths.ROOT / path).exists() for path in copied)


def test_container_does_not_run_as_root():
    users = re.findall(r"^USER (\S+)", (DOCKER / "Dockerfile").read_text(), re.M)
    assert users[-1] == "odoo"


def test_start_script_is_a_shell_script():
    subprocess.run(["sh", "-n", DOCKER / "start.sh"], check=True)
    assert (DOCKER / "start.sh").stat().st_mode & 0o111


# -- requirements.txt -------------------------------------------------------------


def pins(file):
    """{canonical name: version} of a requirements file."""
    found = re.findall(r"^([\w.-]+)==(\S+)$", file.read_text(), re.M)
    return {canonicalize_name(name): version for name, version in found}


def wanted_by(name, known):
    """This package and all it pulls in, on the image's Python."""
    if name in known:
        return known
    known.add(name)
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": "", "python_version": "3.12"}):
            wanted_by(canonicalize_name(requirement.name), known)
    return known


def imported_by_addons():
    """The packages that the manifests of our addons name."""
    packages = metadata.packages_distributions()
    named = {
        package
        for name in addons.ours()
        for package in addons.manifest(name).get("external_dependencies", {}).get("python", ())
    }
    # Odoo takes the name of a distribution or of a module.
    return {canonicalize_name(packages.get(name, [name])[0]) for name in named}


def test_requirements_are_pinned_as_in_the_project():
    project = pins(paths.REQUIREMENTS)
    for name, version in pins(DOCKER / "requirements.txt").items():
        assert project[name] == version, name


def test_requirements_hold_all_that_the_image_lacks():
    wanted = set()
    for name in imported_by_addons():
        wanted_by(name, wanted)
    assert set(pins(DOCKER / "requirements.txt")) == wanted - IN_THE_IMAGE


# -- odoo.conf --------------------------------------------------------------------


def test_odoo_is_configured_for_the_open():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(DOCKER / "odoo.conf")
    options = dict(parser["options"])
    assert options["proxy_mode"] == "True"
    assert options["list_db"] == "False"
    assert options["db_name"] == "diancan"
    assert re.fullmatch(options["dbfilter"], "diancan")
    assert not re.match(options["dbfilter"], "diancan-copy")
    assert int(options["workers"]) >= 2
    assert not {"admin_passwd", "db_password", "db_host"} & set(options)
    copied = re.search(r"^COPY addons (\S+)", (DOCKER / "Dockerfile").read_text(), re.M)
    assert options["addons_path"] == copied[1]
