"""nginx for the tests of docker/: the machine's own, or Debian's unpacked in the cache."""

import shutil

from . import debian, paths
from .locks import exclusive
from .shell import which

# nginx-common brings the table of media types.
PACKAGES = {None: ["nginx", "nginx-common"]}


def ensure():
    """The program and its table of media types.

    Unpacked, not installed: an installed nginx would start and take port 80.

    :returns: (path of nginx, path of mime.types)
    """
    own = which("nginx", "/usr/sbin/nginx")
    if own:
        return own, "/etc/nginx/mime.types"
    prefix = paths.cache() / "nginx"
    with exclusive(paths.locks() / "nginx", "fetching nginx"):
        if not prefix.exists():
            work = paths.cache() / "nginx.part"
            shutil.rmtree(work, ignore_errors=True)
            debian.unpack(work / "prefix", PACKAGES, work / "apt")
            (work / "prefix").rename(prefix)
            shutil.rmtree(work)
    return str(prefix / "usr/sbin/nginx"), str(prefix / "etc/nginx/mime.types")
