"""What `mkdocs build` does beside turning Markdown into pages: reference, pictures, links out of `docs/`."""

from __future__ import annotations

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
import reference

PICTURES = reference.REPOSITORY / "resources" / "screenshots"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)")
LOADED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"((?:https?:)?//[^\"]*)\"")
FROM_NETWORK = re.compile(r"url\(['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of reference and the pictures."""
    files.append(File.generated(config, "reference/commands.md", content=reference.commands_page()))
    files.append(File.generated(config, "reference/api.md", content=reference.api_page()))
    for picture in sorted(PICTURES.iterdir()):
        files.append(File.generated(config, f"screenshots/{picture.name}", abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown: str, page: Page, config: Any, files: Files) -> str:
    """Point to pictures in the built site, and name other files of the repository instead of linking to them."""
    folder = posixpath.dirname(page.file.src_uri)

    def replaced(link: re.Match[str]) -> str:
        mark, text, target, anchor = link.groups()
        if "://" in target:
            return link[0]
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
    """Raise PluginError if a page would load anything from the network."""
    for path in sorted(Path(config.site_dir).rglob("*")):
        if path.suffix in (".html", ".css"):
            text = path.read_text(encoding="utf-8")
            if found := (LOADED.search(text) or FROM_NETWORK.search(text)):
                raise PluginError(f"{path.name} loads from the network: {found[0]}")
