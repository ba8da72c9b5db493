"""Text from templates: the one user of jinja2. Sandboxed, strict, and escaped by format whatever a template forgets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

Format = Literal["xml", "html", "json", "csv", "markdown", "text"]

XML_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
# Not characters of XML 1.0, not even escaped: https://www.w3.org/TR/xml/#charsets
XML_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Python-Markdown has backslashes for the first, and takes entities for what HTML and its extensions would read.
MARKDOWN_MARKS = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_{}[]#"} | {mark: f"&#{ord(mark)};" for mark in "&<>|~$"}
)
# Neither of these is a mark, escaped or not: an underscore inside a word, an ampersand that begins no entity.
MARKDOWN_PLAIN = re.compile(r"(?<=[^\W_])(?:\\_)+(?=[^\W_])|&#38;(?= )")
# What makes a list item of a line that begins so.
MARKDOWN_BULLET = re.compile(r"^([-+]|\d+[.)])")
# A cell that begins so is run by spreadsheets: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xml_text(value: object) -> str:
    """Text for an element or an attribute. What XML cannot hold at all becomes U+FFFD."""
    return XML_FORBIDDEN.sub("\ufffd", plain_text(value)).translate(XML_ENTITIES)


def html_text(value: object) -> str:
    """Text for an element or a quoted attribute."""
    return plain_text(value).translate(XML_ENTITIES).replace("&apos;", "&#39;")


def json_value(value: object) -> str:
    """The value as JSON, quotes and all; a JSON string is one of YAML too. Safe inside a `<script>`."""
    return script_safe(json.dumps(value, ensure_ascii=False, allow_nan=False))


def script_safe(text: str) -> str:
    """JSON with nothing in it that would end a `<script>` or a line of one."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def csv_cell(value: object) -> str:
    """One cell after RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = plain_text(value)
    if text.startswith(FORMULA) and isinstance(value, str):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def markdown_text(value: object) -> str:
    """Text on one line of Markdown, with nothing that Markdown or HTML would take for a mark."""
    text = " ".join(plain_text(value).split()).translate(MARKDOWN_MARKS)
    text = MARKDOWN_PLAIN.sub(lambda plain: plain[0].replace("\\_", "_").replace("&#38;", "&"), text)
    return MARKDOWN_BULLET.sub(lambda bullet: f"{bullet[0][:-1]}\\{bullet[0][-1]}", text)


def plain_text(value: object) -> str:
    """Booleans as `true` and `false`, nothing as nothing, all else as `str` has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


ESCAPES: Mapping[Format, Callable[[object], str]] = {
    "xml": xml_text,
    "html": html_text,
    "json": json_value,
    "csv": csv_cell,
    "markdown": markdown_text,
    "text": plain_text,
}


def render(package: str, template: str, format: Format, values: Mapping[str, Any]) -> bytes:
    """The template `<package>/templates/<template>` filled with values, in UTF-8.

    Every `{{ … }}` is escaped for the format. A name that is not given raises jinja2's UndefinedError.
    """
    return _environment(package, format).get_template(template).render(values).encode()


@cache
def _environment(package: str, format: Format) -> ImmutableSandboxedEnvironment:
    """Templates of one package in one format. `finalize` escapes; what macros return is `Markup` already."""
    escape = ESCAPES[format]

    def finalize(value: object) -> Markup | StrictUndefined:
        if isinstance(value, Markup | StrictUndefined):
            return value
        return Markup(escape(value))  # noqa: S704 - just escaped

    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    for marks_as_safe in ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr"):
        del environment.filters[marks_as_safe]
    return environment
