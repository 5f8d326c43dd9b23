"""Empty systems of Debian to install packages in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEFT_ALONE = ("var/lib/dpkg/", "var/cache/", "var/log/", "var/lib/apt/", "home/", "root/", "tmp/", "run/", "proc/")
"""Changed by every installation, or by the user."""


class ProofFailed(Exception):
    """The package does not do what it should; the message says what was expected and found."""


def prepare(root: Path) -> None:
    """What apt needs in an empty system: names of hosts, no services, sources with security updates."""
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copyfile(f"/{name}", root / name)
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    for path in Path("/etc/apt/apt.conf.d").glob("*"):  # a proxy of this computer, if it has one
        if "proxy" in path.read_text(errors="replace").lower():
            shutil.copyfile(path, root / "etc/apt/apt.conf.d" / path.name)
    inside(root, "apt-get", "update", "--quiet")


def listing(root: Path) -> set[str]:
    """Every path of a system, without what is mounted in it."""
    found = command("find", str(root), "-xdev", "-mindepth", "1", "-printf", "%P\\n")
    return set(found.splitlines())


def belongs_to_program(path: str) -> bool:
    """Whether a path that is new could be the package's: those of its dependencies stay until `apt autoremove`."""
    return not path.startswith(LEFT_ALONE) and any(name in path for name in ("ecg-viewer", "ecg_viewer", "mmae_core"))


def forget_files(folder: Path) -> None:
    """Take a folder's files out of the system's file cache, as after switching a computer on."""
    command("sync")
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """The kernel's folders inside a system."""
    places = [("proc", "proc"), ("sysfs", "sys"), ("tmpfs", "dev/shm")]
    command("mount", "--bind", "/dev", str(root / "dev"))
    done = ["dev"]
    try:
        for kind, place in places:
            (root / place).mkdir(exist_ok=True)
            if place != "dev/shm":  # shared already
                command("mount", "-t", kind, kind, str(root / place))
                done.append(place)
        yield
    finally:
        for place in reversed(done):
            command("umount", "--lazy", str(root / place))


def remove_tree(root: Path) -> None:
    """Remove a system. Raises ProofFailed if something is mounted in it."""
    if not root.exists():
        return
    with Path("/proc/mounts").open(encoding="utf-8") as file:
        if any(line.split()[1].startswith(f"{root}/") for line in file):
            raise ProofFailed(f"Something is mounted below {root}; unmount it first.")
    shutil.rmtree(root)


def inside(root: Path, *arguments: str) -> str:
    """Standard output of a command in a system, as root. Raises ProofFailed."""
    return command("chroot", str(root), "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
                   "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", *arguments)


def command(*arguments: str) -> str:
    """Standard output of a command. Raises ProofFailed with what it said."""
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProofFailed(f"{' '.join(arguments)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
