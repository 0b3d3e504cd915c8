"""Odoo 19 Community: where it is, and how it gets here."""

import dataclasses
import json
import os
import shutil
from pathlib import Path

from . import debian, paths
from .console import Problem, step
from .locks import exclusive
from .shell import run, which

# Fonts and libraries that Odoo's own files link to, beside it in the prefix.
PACKAGES = {
    "unstable": [
        "odoo-19",
        "fonts-glyphicons-halflings",
        "fonts-montserrat",
        "fonts-ocr-b",
        "fonts-roboto-unhinted",
        "libjs-jquery",
        "libjs-jquery-form",
        "libjs-underscore",
    ],
    # unstable's Font Awesome has other paths than the links expect.
    None: ["fonts-font-awesome", "fonts-inconsolata"],
}

# Scripts that Debian leaves out of its package: an empty one spares the web client an error at its start.
LEFT_OUT = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


@dataclasses.dataclass(frozen=True)
class Odoo:
    """An Odoo to run: the folder to import from, its addons and its version."""

    library: Path
    addons: tuple
    version: str


def find():
    """The Odoo that is here already, or None."""
    chosen = os.environ.get("DIANCAN_ODOO")
    if chosen:
        return _at(Path(chosen).expanduser().absolute(), chosen)
    prefix = _prefix()
    stamp = prefix / "versions.json"
    if not stamp.exists():
        return None
    return _at(prefix, prefix, json.loads(stamp.read_text())["odoo-19"])


def ensure():
    """The Odoo to use, fetched if need be."""
    if not find():
        with exclusive(paths.locks() / "odoo", "fetching Odoo"):
            if not find():
                _fetch()
    _fill_in(_prefix() / "usr/lib/python3/dist-packages/odoo/addons")
    return find()


def _fill_in(addons):
    """Give Debian's package the scripts that it lacks, empty; another Odoo is left as it is."""
    for name in LEFT_OUT:
        script = addons / name
        if addons.exists() and not script.exists():
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text("// Not in Debian's package.\n")


def _prefix():
    return paths.cache() / "odoo-19"


def _at(folder, named, version=""):
    """Recognise a git checkout, a package prefix or a site-packages folder."""
    for library in (folder, folder / "usr/lib/python3/dist-packages"):
        release = library / "odoo/release.py"
        if release.exists():
            break
    else:
        raise Problem(
            f"DIANCAN_ODOO={named} holds no Odoo (odoo/release.py is not there).",
            "name the folder of an Odoo 19 checkout, or the folder that holds the odoo package",
        )
    namespace = {}
    exec(release.read_text(), namespace)  # noqa: S102  Odoo's own file of constants
    if namespace["version_info"][0] != 19:
        raise Problem(f"{named} is Odoo {namespace['version']}; Diancan runs on Odoo 19.")
    # A checkout keeps its apps in addons/; a package keeps them all in odoo/addons.
    candidates = (library / "odoo/addons", library / "addons")
    addons = tuple(path for path in candidates if (path / "web" / "static").exists() or (path / "base").exists())
    return Odoo(library, addons, version or namespace["version"] + _commit(library))


def _commit(library):
    """A checkout's commit, so that templates follow it when it moves."""
    if not (library / ".git").exists() or not which("git"):
        return ""
    command = ["git", "-C", library, "rev-parse", "--short=12", "HEAD"]
    return f"+{run(command, doing='Asking git for the commit of Odoo').strip()}"


def _fetch():
    prefix = _prefix()
    work = paths.cache() / "odoo-19.part"
    for folder in (prefix, work):
        shutil.rmtree(folder, ignore_errors=True)
    unpacked = work / "prefix"
    unpacked.mkdir(parents=True)
    step("fetching Odoo 19 Community (about 130 MB, once) ...")
    versions = debian.unpack(unpacked, PACKAGES, work / "apt")
    dangling = sorted(
        str(path.relative_to(unpacked))
        for path in unpacked.rglob("*")
        if path.is_symlink() and not path.exists() and "/odoo/addons/" in str(path)
    )
    if dangling:
        raise Problem(
            "Odoo's package links to files that are not there, its pages would fail:\n  " + "\n  ".join(dangling[:10]),
            "report this; Debian may have moved a font. DIANCAN_ODOO can name another Odoo 19",
        )
    (unpacked / "versions.json").write_text(json.dumps(versions, indent=1))
    unpacked.rename(prefix)
    shutil.rmtree(work)
