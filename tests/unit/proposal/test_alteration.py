"""Labels, translations, mappings and what regions hide."""

from __future__ import annotations

import pytest

from abmspec.proposal import AnyRequest, Hide, Map, Relabel, Translate
from tests.unit.proposal.asked import ask, refusal

INDUSTRY = "taxonomy/picklists/industry.yaml"
EMEA = "regions/emea/picklists/industry.yaml"
TECHNOLOGY = "picklist.industry.value.technology"
FINTECH = "region.emea.picklist.industry.value.emea-fintech"
OVERLAY = {EMEA: "# Ours.\nvalues:\n  emea-fintech: {label: Fintech, maps_to: technology}\n"}


def diff(request: AnyRequest, changed: dict[str, str] | None = None) -> list[str]:
    """The lines that a request takes away and adds. AssertionError where the spec has errors then."""
    from abmspec.edit import unified

    asked = ask(request, changed)
    assert asked.errors == ()
    lines = unified(asked.proposal.changes).split("\n")
    return [line for line in lines if line[:1] in ("+", "-") and line[:3] not in ("---", "+++")]


def test_another_label() -> None:
    assert diff(Relabel(address=TECHNOLOGY, label="Technology & Software")) == [
        "-    label: Technology",
        "+    label: Technology & Software",
    ]
    said = ask(Relabel(address=TECHNOLOGY, label="IT: all of it")).said
    assert said.startswith("The label was `Technology`.\nIts label in de stays as it was")


@pytest.mark.parametrize(
    ("request_", "path", "text"),
    [
        (Translate(address=TECHNOLOGY, labels={"fr": "Technologie"}), INDUSTRY,
         "labels: {de: Technologie, fr: Technologie}"),
        (Translate(address=TECHNOLOGY, labels={"fr": "Technologie"}, region="dach"),
         "regions/emea/dach/picklists/industry.yaml", "values:\n  technology: {labels: {fr: Technologie}}\n"),
        (Translate(address=FINTECH, labels={"fr": "Fintech", "de": "Fintech"}), EMEA,
         "emea-fintech: {label: Fintech, labels: {fr: Fintech, de: Fintech}, maps_to: technology}"),
        (Translate(address="region.emea.picklist.industry.value.technology", labels={"fr": "Tech"}), EMEA,
         "  technology: {labels: {fr: Tech}}"),
        (Translate(address=FINTECH, labels={"de": "Fintech"}, region="dach"),
         "regions/emea/dach/picklists/industry.yaml", "values:\n  emea-fintech: {labels: {de: Fintech}}\n"),
        (Translate(address="picklist.industry", labels={"de": "Branche"}, region="dach"),
         "regions/emea/dach/picklists/industry.yaml", "labels: {de: Branche}\n"),
        (Translate(address="field.account.industry", labels={"fr": "Secteur"}, region="emea"),
         "regions/emea/fields/account.yaml", "fields:\n  industry: {labels: {fr: Secteur}}\n"),
        (Translate(address="segment.enterprise-technology", labels={"fr": "Grands"}, region="emea"),
         "regions/emea/segments/enterprise-technology.yaml", "labels: {fr: Grands}\n"),
        (Translate(address="play.executive-briefing", labels={"fr": "Rendez-vous"}, region="emea"),
         "regions/emea/playbooks/executive-briefing.yaml", "labels: {fr: Rendez-vous}\n"),
        (Translate(address="play.executive-briefing", labels={"fr": "Rendez-vous"}),
         "playbooks/plays/executive-briefing.yaml",
         "labels: {fr: Rendez-vous}\n"),
    ],
)  # fmt: skip
def test_labels_in_other_languages(request_: Translate, path: str, text: str) -> None:
    asked = ask(request_, OVERLAY)
    assert asked.errors == ()
    assert text in asked.text(path)
    assert len(asked.proposal.changes) == 1


@pytest.mark.parametrize(
    ("languages", "region", "said"),
    [
        (["fr", "de"], "", ""),
        (["en", "pt-BR"], "", "No region writes in `pt-BR`: none has it among its `locales`."),
        (["se"], "emea", "`emea` does not write in `se`: its `locales` are `en-GB`, `fr-FR` and `de-DE`."),
        (["fr"], "dach", "`dach` does not write in `fr`: its `locales` are `de-DE`."),
    ],
)
def test_languages_that_nobody_reads(languages: list[str], region: str, said: str) -> None:
    labels = dict.fromkeys(languages, "Tec")
    assert ask(Translate(address=TECHNOLOGY, labels=labels, region=region), OVERLAY).said == said


def test_another_mapping() -> None:
    assert diff(Map(address=FINTECH, maps_to="financial-services"), OVERLAY) == [
        "-  emea-fintech: {label: Fintech, maps_to: technology}",
        "+  emea-fintech: {label: Fintech, maps_to: financial-services}",
    ]


@pytest.mark.parametrize("called", ["Financial Services", "financial  services", "Finanzdienstleistungen"])
def test_a_value_may_be_named_by_what_people_call_it(called: str) -> None:
    asked = ask(Map(address=FINTECH, maps_to=called), OVERLAY)
    assert f'"{called}" is taken as the value `financial-services`' in asked.said
    assert "maps_to: financial-services" in asked.text(next(iter(OVERLAY)))


def test_a_list_of_a_regions_own_maps_to_the_list_above() -> None:
    path = "regions/emea/dach/picklists/dach-branche.yaml"
    files = {
        path: "label: Branche\nrolls_up_to: industry\nvalues:\n  dach-it: {label: IT, maps_to: technology}\n"
    }
    address = "region.dach.picklist.dach-branche.value.dach-it"
    assert "maps_to: manufacturing" in ask(Map(address=address, maps_to="manufacturing"), files).text(path)


def test_a_call_to_action_maps_to_a_global_one() -> None:
    path = "regions/emea/playbooks/ctas.yaml"
    files = {
        path: "ctas:\n  emea-book: {label: Book, maps_to: book-briefing}\n",
        "playbooks/ctas.yaml": (
            "ctas:\n  book-briefing: {label: Book a briefing, url: https://example.com/b}\n"
            "  call-us: {label: Call us, url: https://example.com/c}\n"
        ),
    }
    asked = ask(Map(address="region.emea.cta.emea-book", maps_to="call-us"), files)
    assert "maps_to: call-us" in asked.text(path)
    assert "rolls up to nothing" in refusal(Map(address="cta.call-us", maps_to="book-briefing"), files)


def test_hiding_makes_the_file_or_adds_to_it() -> None:
    hidden = Hide(address="picklist.industry.value.manufacturing", region="emea")
    assert ask(hidden).text(EMEA) == "hide: [manufacturing]\n"
    files = {EMEA: "hide:\n  # Not here.\n  - technology\n"}
    assert ask(hidden, files).text(EMEA) == "hide:\n  # Not here.\n  - technology\n  - manufacturing\n"
    field = ask(Hide(address="field.account.influence", region="dach"))
    assert field.text("regions/emea/dach/fields/account.yaml") == "hide: [influence]\n"
    assert "So do the regions in it: `dach`." in ask(hidden).said
    own = ask(Hide(address=FINTECH, region="dach"), OVERLAY)
    assert own.text("regions/emea/dach/picklists/industry.yaml") == "hide: [emea-fintech]\n"


def test_what_breaks_by_hiding_is_named() -> None:
    path = "regions/emea/dach/segments/dach-it.yaml"
    segment = (
        "label: IT\nwithin: enterprise-technology\ndecision: coverage\nconsumers: [sales]\n"
        "when: {all: [{segment: enterprise-technology}, {field: account.industry, in: [technology]}]}\n"
    )
    asked = ask(Hide(address=TECHNOLOGY, region="emea"), {path: segment})
    assert "1 thing there uses it, and can match nothing then:" in asked.said
    assert f"  {path}:5: `region.dach.segment.dach-it` (when)" in asked.said
    assert [each.partition(":")[0] for each in asked.errors] == ["hide-breaks"]


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Relabel(address=TECHNOLOGY, label="Technology"), "is labelled so already"),
        (Translate(address=TECHNOLOGY, labels={"de": "Technologie"}), "is labelled so already"),
        (Map(address=FINTECH, maps_to="technology"), "rolls up to `technology` already"),
        (Hide(address="picklist.industry.value.manufacturing", region="dach"), "hides the value `manufacturing`"),
    ],
)  # fmt: skip
def test_what_is_so_already_changes_nothing(request_: AnyRequest, why: str) -> None:
    asked = ask(request_, {EMEA: OVERLAY[EMEA] + "hide: [manufacturing]\n"})
    assert asked.proposal.changes == ()
    assert why in asked.said


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Relabel(address="region.emea.picklist.industry.value.technology", label="IT"), "fr=… --region emea"),
        (Relabel(address="policy", label="IT"), "Nothing has the address"),
        (Translate(address=TECHNOLOGY, labels={}), "labels"),
        (Translate(address=TECHNOLOGY, labels={"xx_y": "A"}), "is not a locale"),
        (Translate(address=TECHNOLOGY, labels={"fr": "A"}, region="emae"), "Did you mean `emea`?"),
        (Translate(address=FINTECH, labels={"fr": "A"}, region="nowhere"), "There are: emea, dach."),
        (Translate(address="tier.tier-1", labels={"fr": "A"}, region="emea"), "no say in the tier `tier-1`"),
        (Translate(address="change-policy.rule.any", labels={"fr": "A"}), "Nothing has the address"),
        (Map(address=TECHNOLOGY, maps_to="manufacturing"), "rolls up to nothing"),
        (Map(address="segment.enterprise-technology", maps_to="x"), "rolls up to nothing"),
        (Map(address=FINTECH, maps_to="technolgy"), "Did you mean `technology`?"),
        (Map(address=FINTECH, maps_to="xyzzy"), "There are `technology`, `financial-services` and `manufacturing`."),
        (Hide(address="field.account.industry", region="emea"), "part of the backbone"),
        (Hide(address="segment.enterprise-technology", region="emea"), "A region hides values and fields"),
        (Hide(address=FINTECH, region="emea"), "is `emea`'s own"),
        (Hide(address=TECHNOLOGY, region="emae"), "Did you mean `emea`?"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_possible(request_: AnyRequest, why: str) -> None:
    assert why in refusal(request_, OVERLAY)
