"""The schema of Exchange Web Services, merged into one, for requests to be held against."""

import functools
import tempfile
from pathlib import Path
from typing import Any

from lxml import etree

from tests.helpers.mails import corpus

_XS = "{http://www.w3.org/2001/XMLSchema}"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
_XML = "http://www.w3.org/XML/1998/namespace"
_LANG = f"""<xs:schema xmlns:xs="{_XS.strip("{}")}" targetNamespace="{_XML}">
<xs:attribute name="lang" type="xs:language"/></xs:schema>"""
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"


@functools.cache
def _schema(folder: Path) -> Any:
    parts: dict[str, dict[tuple[str, str], Any]] = {MESSAGES: {}, TYPES: {}}
    for file in sorted(folder.rglob("*.xsd")):
        root = etree.parse(str(file)).getroot()
        for component in root:
            if not isinstance(component.tag, str) or component.tag in (f"{_XS}import", f"{_XS}include"):
                continue
            key = component.tag, component.get("name")
            # The files repeat parts of one another, some of them shortened: the fullest one counts.
            known = parts[root.get("targetNamespace")].get(key)
            if known is None or len(etree.tostring(known)) < len(etree.tostring(component)):
                parts[root.get("targetNamespace")][key] = component
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "xml.xsd").write_text(_LANG)
        for namespace, name in ((TYPES, "types.xsd"), (MESSAGES, "messages.xsd")):
            root = etree.Element(
                f"{_XS}schema",
                targetNamespace=namespace,
                elementFormDefault="qualified",
                nsmap={"xs": _XS.strip("{}"), "t": TYPES, "m": MESSAGES, "tns": namespace},
            )
            root.append(etree.Element(f"{_XS}import", namespace=_XML, schemaLocation="xml.xsd"))
            if namespace == MESSAGES:
                root.append(etree.Element(f"{_XS}import", namespace=TYPES, schemaLocation="types.xsd"))
            root.extend(parts[namespace].values())
            (Path(place) / name).write_bytes(etree.tostring(root))
        return etree.XMLSchema(etree.parse(str(Path(place) / "messages.xsd")))


def faults_of(request: bytes) -> list[str]:
    """What the schema has against the body of a SOAP request; skips where the schema is not at hand."""
    schema = _schema(corpus("ews-xsd"))
    (body,) = etree.fromstring(request).find(f"{SOAP}Body")
    schema.validate(body)
    return [str(error) for error in schema.error_log]
