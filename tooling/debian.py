"""Debian packages: unpacked beside the project, or installed on the machine.

Unpacking needs no rights: a private apt configuration takes the mirror that
the machine already uses and looks at another suite of it. Nothing on the
machine changes.
"""

import os
import re
from pathlib import Path

from .console import Problem, step
from .shell import run, which

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NOT_DEBIAN = "install Odoo 19 Community yourself and say where: DIANCAN_ODOO=/path/to/odoo ./manage ..."


def own_suite():
    """The name of the Debian release this machine runs."""
    release = Path("/etc/os-release")
    text = release.read_text() if release.exists() else ""
    name = re.search(r'^VERSION_CODENAME="?([a-z]+)', text, re.M)
    if not name or not re.search(r"^ID=\"?debian", text, re.M) or not which("apt-get"):
        raise Problem("This machine does not run Debian, so Odoo cannot be fetched from it.", NOT_DEBIAN)
    return name[1]


def _mirror(suite):
    """The mirror this machine already uses for its own suite."""
    listed = run(
        ["apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)"],
        doing="Asking apt which mirror this machine uses",
    )
    for line in listed.splitlines():
        release, _, address = line.partition(" ")
        if release == suite:
            return address.strip()
    raise Problem(f"apt knows no mirror for {suite}.", "mend /etc/apt/sources.list.d, then try again")


def _configure(folder, suite, mirror):
    """Write an apt configuration that sees one suite and touches only ``folder``."""
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    (folder / "sources.list").write_text(f"deb {signed}{mirror} {suite} main\n")
    conf = folder / "apt.conf"
    conf.write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "-";\n'
        f'Dir::State::lists "{folder}/lists";\n'
        f'Dir::Cache "{folder}";\n'
        f'Dir::Cache::archives "{folder}/archives";\n'
        'Acquire::Languages "none";\n'
        'APT::Sandbox::User "root";\n'
    )
    return {"APT_CONFIG": str(conf)}


def unpack(prefix, wanted, work):
    """Download packages and unpack them all into one prefix.

    :param prefix: folder that becomes the root of the packages' files
    :param wanted: {suite or None for the machine's own: [package names]}
    :param work: scratch folder
    :returns: {package name: version}
    """
    own = own_suite()
    mirror = _mirror(own)
    versions = {}
    for suite, names in wanted.items():
        suite = suite or own
        folder = work / suite
        env = _configure(folder, suite, mirror)
        step(f"reading Debian's list of packages ({suite}) ...")
        run(["apt-get", "update", "-q"], env=env, doing=f"Reading Debian's package list of {suite}")
        step(f"downloading {', '.join(names)} ...")
        run(["apt-get", "download", "-q", *names], cwd=folder, env=env, doing="Downloading packages")
        for archive in sorted(folder.glob("*.deb")):
            name, version = archive.name.split("_")[:2]
            step(f"unpacking {name} {version} ...")
            run(["dpkg", "-x", archive, prefix], doing=f"Unpacking {name}")
            versions[name] = version
    return versions


def install(packages, purpose):
    """Install packages on this machine, if we may; say the command if not."""
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if not which("apt-get"):
        raise Problem(f"{purpose} needs {', '.join(packages)}.", "install them with your system's tool")
    if os.geteuid():
        raise Problem(f"{purpose} needs {', '.join(packages)}.", f"sudo {command}")
    step(f"installing {', '.join(packages)} ({purpose}) ...")
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], env=env, doing="Reading Debian's package lists")
    run([*command.split(), "-y", "-q"], env=env, doing=f"Installing {', '.join(packages)}")
