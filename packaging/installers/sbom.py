"""Writes the software bill of materials: `python sbom.py COMPONENTS.json OUT.json NAME VERSION DATE`.

Needs cyclonedx-python-lib, which also checks what is written against the schema of CycloneDX 1.6.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL


def bill(rows: list[dict[str, Any]], name: str, version: str, made: datetime) -> str:
    """The document as JSON. Raises ValueError where it does not agree with the schema."""
    licences = LicenseFactory()
    program = Component(name=name, version=version, type=ComponentType.APPLICATION, bom_ref=f"{name}@{version}",
                        licenses=[licences.make_from_string("MIT")])
    listed = [_component(row, licences) for row in rows]
    document = Bom(components=listed)
    document.metadata.component = program
    document.metadata.timestamp = made
    document.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([name, version, made.isoformat(), rows]))
    document.register_dependency(program, listed)
    text: str = JsonV1Dot6(document).output_as_string(indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(fault))
    return text


def _component(row: dict[str, Any], licences: LicenseFactory) -> Component:
    kinds = {"python": "pypi", "system": "deb", "runtime": "generic"}
    namespace = "debian" if row["kind"] == "system" else None
    place = PackageURL(kinds[row["kind"]], namespace, row["name"].lower(), row["version"])
    home = row["homepage"]
    links = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(home))] if home else []
    return Component(
        name=row["name"], version=row["version"], type=ComponentType.LIBRARY, purl=place, bom_ref=str(place),
        licenses=[licences.make_from_string(row["licence"])], external_references=links,
    )


def main() -> int:
    """Write the file named; 1 where it would not be valid."""
    source, target, name, version, date = sys.argv[1:]
    rows = json.loads(Path(source).read_text(encoding="utf-8"))
    try:
        text = bill(rows, name, version, datetime.fromtimestamp(int(date), UTC))
    except ValueError as error:
        print(f"The bill of materials is not valid: {error}", file=sys.stderr)
        return 1
    Path(target).write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
