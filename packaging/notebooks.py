"""Runs the notebooks of docs/notebooks and stores what they show, without anything of the machine they ran on.

`python packaging/notebooks.py` renews them all; with names, only those. Needs nbclient and ipykernel (extra `dev`).
Pages of the documentation are made from the stored notebooks (`as_markdown`), without running them.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "notebooks"
CELL_S = 110
"""Longest time of one cell."""
MOST_LINES = 40
"""Lines of a printed output that a page shows."""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebooks() -> list[Path]:
    """All of them, in the order of their names."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(paths: Sequence[Path], folder: Path) -> list[Any]:
    """Notebooks with the outputs of this run, which happens in `folder`, in one process one after the other.

    Raises nbclient's CellExecutionError.
    """
    import nbformat
    from nbclient import NotebookClient

    found = [nbformat.read(path, as_version=4) for path in paths]  # type: ignore[no-untyped-call]  # without types
    together = found[0].copy()
    together["cells"] = [cell for notebook in found for cell in notebook["cells"]]
    client = NotebookClient(together, timeout=CELL_S, kernel_name="python3",
                            resources={"metadata": {"path": str(folder)}})
    client.execute()
    return found


def stored(notebook: Any) -> str:
    """The text of a notebook file: cells and outputs, no times, no identifiers, nothing of the machine."""
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        kept: dict[str, Any] = {"cell_type": cell["cell_type"], "id": f"cell-{number}", "metadata": {},
                                "source": cell["source"]}
        if cell["cell_type"] == "code":
            kept |= {"execution_count": None, "outputs": _joined([_plain(output) for output in cell["outputs"]])}
        cells.append(kept)
    document = {"cells": cells, "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}}, "nbformat": 4,
                "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _joined(outputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with printed texts that follow each other as one: in how many pieces they arrive is chance."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        if joined and output["output_type"] == "stream" and output.get("name") == joined[-1].get("name"):
            joined[-1] = joined[-1] | {"text": _text(joined[-1]["text"]) + _text(output["text"])}
        else:
            joined.append(output)
    return joined


def _plain(output: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in output.items() if key not in ("execution_count", "metadata")}
    if output["output_type"] != "stream":
        kept["metadata"] = {}
    if output["output_type"] == "execute_result":
        kept["execution_count"] = None
    return kept


def as_markdown(path: Path) -> str:
    """A notebook as a page: its texts, its code, and what it showed."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    parts = [f"*This page is the notebook `docs/notebooks/{path.name}`; the tests run it.*"]
    for cell in notebook["cells"]:
        source = _text(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
        elif source.strip():
            parts.append(f"```python\n{source.rstrip()}\n```")
            parts += [part for output in cell["outputs"] for part in _shown(output)]
    first = parts[1].split("\n", 1)  # the page's title stays its first line
    return "\n\n".join([first[0], parts[0], *first[1:], *parts[2:]]) + "\n"


def _shown(output: Mapping[str, Any]) -> Iterator[str]:
    if output["output_type"] == "stream":
        yield _fenced(_text(output["text"]))
        return
    data = output.get("data", {})
    if "image/png" in data:
        image = re.sub(r"\s", "", _text(data["image/png"]))
        base64.b64decode(image, validate=True)
        yield f"![What the cell shows](data:image/png;base64,{image})"
    elif "text/html" in data:
        yield re.sub(r"\n\s*", "", re.sub(r"<style.*?</style>", "", _text(data["text/html"]), flags=re.DOTALL))
    elif "text/plain" in data:
        yield _fenced(_text(data["text/plain"]))


def _fenced(text: str) -> str:
    lines = text.rstrip().splitlines()
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "..."]
    return "```text\n" + "\n".join(lines) + "\n```"


def _text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def main(names: Sequence[str]) -> int:
    """Run and store. Returns the exit status."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for path in notebooks():
        if names and path.stem not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            text = stored(executed([path], Path(folder))[0])
        for place in (str(FOLDER.parents[1]), sys.prefix, str(Path.home())):
            if place in text:
                raise SystemExit(f"{path.name} shows a path of this machine: {place}")
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(text) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
