"""Whether a style can be used at all, found out before it is kept."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from refman.formats.csl.element import CSL
from refman.i18n import _


def fault(source: bytes) -> str:
    """What is wrong with an independent style, a sentence; '' where it can be used."""
    root = etree.fromstring(source, etree.XMLParser(no_network=True, resolve_entities=False))
    for area in ("citation", "bibliography"):
        element = root.find(f"{CSL}{area}")
        if element is None and area == "citation":
            return _("it has no <citation>.")
        if element is not None and element.find(f"{CSL}layout") is None:
            return _("its <{area}> has no <layout>.").format(area=area)
    macros = {str(macro.get("name")): macro for macro in root.iterfind(f"{CSL}macro")}
    for element in root.iter(f"{CSL}text", f"{CSL}key"):
        name = element.get("macro")
        if name is not None and name not in macros:
            return _("it uses the macro “{name}”, which it does not have.").format(name=name)
    if circle := _circle(macros):
        return _("its macro “{name}” uses itself.").format(name=circle)
    return ""


def _circle(macros: Mapping[str, Any]) -> str:
    """A macro that leads back to itself."""
    uses = {
        name: [str(text.get("macro")) for text in macro.iter(f"{CSL}text") if text.get("macro")]
        for name, macro in macros.items()
    }
    done: set[str] = set()
    for start, used in uses.items():
        stack = [(start, iter(used))]
        while stack:
            name, rest = stack[-1]
            path = [each for each, _rest in stack]
            following = next((each for each in rest if each not in done), None)
            if following is None:
                done.add(name)
                stack.pop()
            elif following in path:
                return following
            else:
                stack.append((following, iter(uses[following])))
    return ""
