from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from abmspec import templating
from abmspec.templating import Format

# Comes with mkdocs, without types.
markdown = pytest.importorskip("markdown").markdown
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package whose templates a test writes into `templates/`."""
    name = f"made_{tmp_path.name.replace('-', '_')}"
    (tmp_path / name / "templates").mkdir(parents=True)
    (tmp_path / name / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def fill(package: str, template: str, format: Format, **values: object) -> str:
    folder = Path(next(path for path in sys.path if (Path(path) / package).is_dir())) / package / "templates"
    (folder / "t").write_text(template)
    return templating.render(package, "t", format, values).decode()


@pytest.mark.parametrize(
    ("format", "filled"),
    [
        ("xml", "&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;|true||3"),
        ("html", "&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;|true||3"),
        ("json", '"\\u003ca> & \\"b\\" \'c\'"|true|null|3'),
        ("csv", '"<a> & ""b"" \'c\'"|true||3'),
        ("markdown", "&#60;a&#62; & \"b\" 'c'|true||3"),
        ("text", "<a> & \"b\" 'c'|true||3"),
    ],
)
def test_everything_is_escaped_for_its_format(package: str, format: Format, filled: str) -> None:
    template = "{{ text }}|{{ flag }}|{{ nothing }}|{{ number }}"
    values = {"text": "<a> & \"b\" 'c'", "flag": True, "nothing": None, "number": 3}
    assert fill(package, template, format, **values) == filled


def test_what_a_macro_returns_is_escaped_once(package: str) -> None:
    template = "{% macro tag(text) %}<b>{{ text }}</b>{% endmacro %}{{ tag(text) }}"
    assert fill(package, template, "xml", text="a & b") == "<b>a &amp; b</b>"


@pytest.mark.parametrize("template", ["{{ missing }}", "{% if missing %}{% endif %}", "{{ text.missing }}"])
def test_a_name_that_is_not_given_is_an_error(package: str, template: str) -> None:
    with pytest.raises(UndefinedError):
        fill(package, template, "xml", text="")


@pytest.mark.parametrize("template", ["{{ text.__class__.__mro__ }}", "{{ items.append(1) }}"])
def test_a_template_reaches_nothing_beyond_what_it_is_given(package: str, template: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        fill(package, template, "xml", text="", items=[])


@pytest.mark.parametrize("mark", ["safe", "e", "tojson"])
def test_no_filter_marks_text_as_escaped(package: str, mark: str) -> None:
    with pytest.raises(Exception, match="No filter named"):
        fill(package, f"{{{{ text|{mark} }}}}", "xml", text="")


@given(TEXT)
def test_xml_reads_back(text: str) -> None:
    element = etree.fromstring(f"<a>{templating.xml_text(text)}</a>".encode())
    readable = templating.XML_FORBIDDEN.sub("\ufffd", text)
    assert (element.text or "") == readable.replace("\r\n", "\n").replace("\r", "\n")


@given(TEXT)
def test_json_reads_back(text: str) -> None:
    assert json.loads(templating.json_value(text)) == text
    assert "<" not in templating.json_value(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_csv_cell_reads_back_and_is_no_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(f"{templating.csv_cell(text)},x", newline=""))
    assert row[0].removeprefix("'") == text.removeprefix("'")
    assert not row[0].startswith(templating.FORMULA)


@given(st.text("ab1 *_`[]()#<>&|~!\\-+.=:$", max_size=30))
def test_markdown_shows_the_text(text: str) -> None:
    shown = markdown(templating.markdown_text(text), extensions=["tables", "fenced_code"])
    paragraph = etree.fromstring(f"<body>{shown}</body>", etree.HTMLParser())
    assert [element.tag for element in paragraph.iter()] in (["html", "body", "p"], ["html", "body"])
    assert "".join(paragraph.itertext()) == " ".join(text.split())
