"""Builds the program as people install it: `python packaging/freeze.py`.

From this checkout: a new environment with what the program needs at run time, a frozen program made from it with
PyInstaller, the notices of what others made, a bill of materials; on Linux a Debian package, a self-extracting archive
and, with the runtime of AppImage, an AppImage; checksums. The Python that runs this is the one inside the program.
Prints sizes as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import sys
from pathlib import Path

from installers import components, linux, notices
from installers.frozen import build_manual, build_pages, freeze, make_environments, python_of, site_of
from installers.project import CHECKOUT, PROGRAM, BuildFailed, run, say, source_date, version

NOTICES, BILL, SUMS = "THIRD-PARTY-NOTICES.txt", f"{PROGRAM}.cdx.json", "SHA256SUMS"


def main() -> int:
    """Build what the arguments ask for; 1 with a sentence where that is not possible."""
    options = _parser().parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        sizes = build(options)
    except BuildFailed as error:
        print(f"freeze.py: {error}", file=sys.stderr)
        return 1
    print(json.dumps(sizes, indent=1))
    return 0


def build(options: argparse.Namespace) -> dict[str, object]:
    """Build everything; returns what was built, and sizes in megabytes of 10^6 bytes."""
    work: Path = options.work.resolve()
    output: Path = options.output.resolve()
    if options.packages_only:
        python, tools, program = python_of(work / "environment"), python_of(work / "tools"), work / "frozen" / PROGRAM
        collected = json.loads((work / "frozen" / "collected.json").read_text(encoding="utf-8"))
    else:
        python, tools = make_environments(work, options.pip_argument, reuse=options.reuse)
        say("pages and manual")
        build_pages(python, tools)
        build_manual(python, tools, work / "manual")
        say("PyInstaller (several minutes)")
        program, collected = freeze(python, work)
    say("notices and bill of materials")
    documents = work / "documents"
    describe(python, tools, collected, documents)
    for name in (NOTICES, BILL):
        shutil.copyfile(documents / name, output / name)
    facts: dict[str, object] = {
        "version": version(), "python": platform.python_version(), "system": platform.platform(),
        "components": len(components.load(work / "components.json")),
    }
    if sys.platform == "linux":
        packages = build_linux(program, documents, work, output, options)
        facts["megabytes"] = linux.sizes(packages, work / "root")
        write_sums(output, [*packages, output / NOTICES, output / BILL])
    else:
        bundle = program.parent / "ECG Viewer.app" / "Contents" / "Resources"
        for folder in (program, bundle) if bundle.is_dir() else (program,):
            shutil.copytree(documents, folder / "licences", dirs_exist_ok=True)
        say(f"{program} is ready; packaging/recipes makes the package of this system from it")
    return facts


def describe(python: Path, tools: Path, collected: list[list[str]], documents: Path) -> None:
    """Write licence, notices, bill of materials and changes into a folder."""
    shutil.rmtree(documents, ignore_errors=True)
    documents.mkdir()
    listed = components.components(site_of(python), collected)
    own = [one for one in listed if one.name.lower().replace("_", "-") not in ("ecg-viewer", "mmae-core")]
    rows = documents.parent / "components.json"
    components.save(own, rows)
    (documents / NOTICES).write_text(notices.notices(own, version()), encoding="utf-8")
    run([tools, CHECKOUT / "packaging" / "installers" / "sbom.py", rows, documents / BILL, PROGRAM, version(),
         str(source_date())])
    for name in ("LICENSE", "CITATION.cff"):
        shutil.copyfile(CHECKOUT / name, documents / name)


def build_linux(program: Path, documents: Path, work: Path, output: Path, options: argparse.Namespace) -> list[Path]:
    """The packages of Linux."""
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    say("tree")
    linux.make_tree(program, documents, work / "manual", root)
    made = []
    if options.appimage_runtime is not None:
        say("AppImage")
        made.append(linux.build_appimage(root, options.appimage_runtime, output))
    say("Debian package (compressing takes minutes)")
    deb = linux.build_deb(root, output, options.level)
    say("self-extracting archive")
    return [deb, linux.build_self_extracting(deb, output), *made]


def write_sums(output: Path, paths: list[Path]) -> None:
    """Write SHA-256 of each file in the form that `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths]
    (output / SUMS).write_text("".join(lines), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--output", type=Path, default=CHECKOUT / "dist", help="folder of the packages (default: dist)")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "frozen",
                        help="folder for environments and the frozen program, 3.5 GB (default: build/frozen)")
    parser.add_argument("--reuse", action="store_true", help="keep the environments of an earlier run")
    parser.add_argument("--packages-only", action="store_true",
                        help="keep the environments and the frozen program of an earlier run")
    parser.add_argument("--level", type=int, default=9, choices=range(10), metavar="0-9",
                        help="of xz (default 9; 1 is fast, for trying things)")
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE",
                        help="also build an AppImage with this runtime, from the releases of AppImage/type2-runtime")
    parser.add_argument("--pip-argument", action="append", default=[], metavar="ARGUMENT",
                        help="for pip, such as --pip-argument=--index-url=https://download.pytorch.org/whl/cpu")
    return parser


if __name__ == "__main__":
    sys.exit(main())
