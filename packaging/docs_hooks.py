"""What `mkdocs build` does beside turning Markdown into pages: reference, pictures, links out of `docs/`."""

from __future__ import annotations

import logging
import os
import posixpath
import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent))
import notebooks
import reference

log = logging.getLogger("mkdocs.plugins.reference")  # what it warns of, --strict counts
PICTURES = reference.REPOSITORY / "resources" / "screenshots"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)")
LOADED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"((?:https?:)?//[^\"]*)\"")
OLD_FONTS = re.compile(r"^css/fonts/.*\.(eot|svg|ttf|woff)$")
"""Every browser of the last years takes the `.woff2` beside them, a third of the size."""
FROM_NETWORK = re.compile(r"url\(['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of reference, the notebooks and the pictures; leave out fonts in formats for old browsers."""
    for file in [file for file in files if OLD_FONTS.search(file.src_uri)]:
        files.remove(file)
    files.append(File.generated(config, "reference/commands.md", content=commands_page()))
    files.append(File.generated(config, "reference/api.md", content=reference.api_page()))
    for notebook in notebooks.notebooks():
        files.append(File.generated(config, f"notebooks/{notebook.stem}.md", content=notebooks.as_markdown(notebook)))
    for picture in sorted(PICTURES.iterdir()):
        files.append(File.generated(config, f"screenshots/{picture.name}", abs_src_path=str(picture)))
    return files


def commands_page() -> str:
    """Every command with its help; where the program's libraries are missing, every command with its purpose."""
    sys.path.insert(0, str(reference.REPOSITORY))  # this tree's commands, and not those of an installed program
    try:
        return reference.commands_page()
    except ModuleNotFoundError as error:
        log.warning("The reference of commands has no options: %s is not installed.", error.name)
        return reference.purposes_page()


def on_page_markdown(markdown: str, page: Page, config: Any, files: Files) -> str:
    """Point to pictures and notebooks in the built site, and name other files of the repository without a link."""
    folder = posixpath.dirname(page.file.src_uri)

    def replaced(link: re.Match[str]) -> str:
        mark, text, target, anchor = link.groups()
        if "://" in target:
            return link[0]
        if target.endswith(".ipynb"):  # its page
            return f"{mark}[{text}]({target.removesuffix('.ipynb')}.md{anchor or ''})"
        path = os.path.normpath(Path(config.docs_dir, folder, target))
        inside = Path(path).is_relative_to(config.docs_dir)
        if inside:
            return link[0]
        if Path(path).parent == PICTURES:
            place = posixpath.relpath(f"screenshots/{Path(path).name}", folder or ".")
            return f"{mark}[{text}]({place}{anchor or ''})"
        name = Path(path).relative_to(reference.REPOSITORY).as_posix()
        return text if name in text else f"{text} (`{name}`)"

    return LINK.sub(replaced, markdown)


def on_post_build(config: Any) -> None:
    """Remove the page of a server's errors; raise PluginError for a page that loads from the network."""
    Path(config.site_dir, "404.html").unlink()
    for path in sorted(Path(config.site_dir).rglob("*")):
        if path.suffix in (".html", ".css"):
            text = path.read_text(encoding="utf-8")
            if found := (LOADED.search(text) or FROM_NETWORK.search(text)):
                raise PluginError(f"{path.name} loads from the network: {found[0]}")
