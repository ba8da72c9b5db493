"""Make accounts.csv, the reference spec's account list: about 2,400 invented accounts, dirty in known ways.

    python accounts/generate.py            write accounts/accounts.csv
    python accounts/generate.py --check    exit 1 where the file is not what this script makes

The same spec gives the same bytes: the seed is fixed, no clock is read, and "today" is 2026-10-01. Values, their
aliases and their retired ids come from taxonomy/picklists, who may be tiered from taxonomy/icp.yaml, the scores from
taxonomy/tiers.yaml.

Columns are the account fields of taxonomy/fields/account.yaml with `_` for `-`, and `id` and `marketing_owner`.
Empty means unknown; a picklist's value is its id, unless the row is dirty.
    id                     account id in the core CRM, 18 characters
    name, domain           invented; every domain ends in the reserved `.example`
    parent                 id of the parent account
    billing_country        ISO 3166-1, two letters
    billing_subdivision    ISO 3166-2, for the United States and Canada
    industry, sub_industry, status, lifecycle_stage, product_family (several joined by `;`)
    employees, employee_band, annual_revenue, projected_revenue (US dollars a year)
    strategic_value, influence, relationship_strength, growth_potential
    fit_score, intent_score    0-100
    engagement_minutes, engaged_people    of the last three months
    buying_center, buying_roles_known    who buys first, where it is known; how many roles are filled
    tech_stack, competitor what it runs (joined by `;`) and what we would replace
    data_residency         `true` where its data must stay in its country
    partner, partner_tier  the account that leads or accompanies it, and that partner's level
    contract_value, renewal_date, satisfaction    of customers
    target_account         `true` for what is worked in a tier
    tier                   the tier that it is worked in today
    owner                  account owner, a user id of the CRM; two claims are joined by `;`
    previous_owner, owner_changed
    marketing_owner        the role of regional marketing that answers for the account
    region_override        region set by hand against the billing country
    last_touch             day of the last call, meeting or answered e-mail
    last_engaged           day of the latest activity of any of its people

What is dirty, and how much of it: see DIRT below.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
SPEC = HERE.parent
OUT = HERE / "accounts.csv"
SEED = 20261001
TODAY = date(2026, 10, 1)
MARGIN = 3  # points of score between an account and the edge of its tier

COLUMNS = (
    "id", "name", "domain", "parent", "billing_country", "billing_subdivision", "industry", "sub_industry",
    "employees", "employee_band", "annual_revenue", "projected_revenue", "strategic_value", "influence",
    "relationship_strength", "growth_potential", "tier", "status", "lifecycle_stage", "fit_score",
    "engagement_minutes", "engaged_people", "intent_score", "buying_center", "buying_roles_known", "tech_stack",
    "competitor", "data_residency", "partner", "partner_tier", "product_family", "contract_value", "renewal_date",
    "satisfaction", "last_engaged", "target_account", "owner", "previous_owner", "owner_changed", "marketing_owner",
    "region_override", "last_touch",
)  # fmt: skip


# ------------------------------------------------------------------ the spec


def read(path: str) -> Any:
    return YAML(typ="safe", pure=True).load((SPEC / path).read_text(encoding="utf-8"))


class Spec:
    """What the list is drawn from."""

    def __init__(self) -> None:
        names = (
            "industry", "sub-industry", "employee-band", "lifecycle-stage", "strategic-value",
            "influence", "relationship-strength", "growth-potential", "product-family", "buying-center",
            "tech-stack", "competitor-type", "partner-tier",
        )  # fmt: skip
        self.picklists = {name: read(f"taxonomy/picklists/{name}.yaml")["values"] for name in names}
        tiers = read("taxonomy/tiers.yaml")
        self.factors: dict[str, Any] = tiers["factors"]
        self.thresholds = {id: tier["at_least"] for id, tier in tiers["tiers"].items()}
        conditions = read("taxonomy/icp.yaml")["when"]["all"]
        self.fitting: list[str] = next(
            part["in"] for part in conditions if part.get("field") == "account.industry"
        )

    def active(self, picklist: str) -> list[str]:
        return [
            id for id, value in self.picklists[picklist].items() if value.get("status", "active") == "active"
        ]

    def retired(self, picklist: str) -> list[str]:
        return [id for id, value in self.picklists[picklist].items() if value.get("status") == "retired"]

    def aliases(self, picklist: str, value: str) -> list[str]:
        found = self.picklists[picklist].get(value, {}).get("aliases", ())
        return [alias for alias in found if alias.lower() != value]

    def label(self, picklist: str, value: str) -> str:
        return str(self.picklists[picklist][value]["label"])

    def sub_industries(self, industry: str) -> list[str]:
        return [
            id
            for id in self.active("sub-industry")
            if self.picklists["sub-industry"][id]["maps_to"] == industry
        ]

    def band(self, picklist: str, number: float) -> str:
        """The active band that a number falls in."""
        bands = self.picklists[picklist]
        return next(
            id for id in self.active(picklist) if bands[id]["from"] <= number <= bands[id].get("to", number)
        )

    def score(self, row: dict[str, Any]) -> float:
        """The weighted score of a row, with the global weights."""
        parts = (float(factor["weight"]) * self.factor_score(factor, row) for factor in self.factors.values())
        return sum(parts) / 100

    def factor_score(self, factor: dict[str, Any], row: dict[str, Any]) -> float:
        inputs = factor.get("fields") or [factor["field"]]
        known = [
            value
            for name in inputs
            if (value := row.get(name.partition(".")[2].replace("-", "_"))) not in (None, "")
        ]
        if not known:
            return float(factor.get("missing", 0))
        if "scores" in factor:
            return max(float(factor["scores"].get(value, factor.get("missing", 0))) for value in known)
        number = max(float(value) for value in known)
        bands = factor["bands"].values()
        return float(next(band["score"] for band in bands if "below" not in band or number < band["below"]))


# ------------------------------------------------------------------ the shape of the list


@dataclass(frozen=True)
class Plan:
    """How many accounts of each tier a group has, in which countries, and whose they are."""

    region: str
    tiers: tuple[int, int, int, int]  # tier-1, tier-2, tier-3, none
    countries: tuple[tuple[str, int], ...]
    marketing: str
    tongue: str = "en"
    public: bool = False


PLANS = (
    Plan("north-america", (10, 50, 832, 62), (("US", 86), ("CA", 14)), "north-america-marketing"),
    Plan("us-public-sector", (3, 9, 90, 8), (("US", 1),), "public-sector-lead", public=True),
    Plan("latam", (2, 11, 225, 23), (("MX", 38), ("BR", 36), ("CO", 9), ("CL", 9), ("AR", 8)), "latam-marketing", "es"),
    Plan(
        "emea", (3, 20, 264, 30),
        (("FR", 30), ("NL", 14), ("SE", 11), ("IT", 11), ("ES", 11), ("NO", 8), ("DK", 6), ("BE", 5), ("PL", 4)),
        "emea-marketing", "fr",
    ),
    Plan("dach", (3, 13, 180, 16), (("DE", 70), ("CH", 17), ("AT", 13)), "dach-marketing", "de"),
    Plan("uki", (2, 7, 105, 11), (("GB", 1),), "uki-marketing"),
    Plan("ireland", (0, 1, 30, 1), (("IE", 1),), "ireland-marketing"),
    Plan("mea", (0, 0, 44, 6), (("AE", 40), ("SA", 30), ("ZA", 30)), "mea-marketing"),
    Plan("japan", (3, 8, 88, 10), (("JP", 1),), "japan-marketing", "ja"),
    Plan("anz", (1, 4, 76, 4), (("AU", 80), ("NZ", 20)), "anz-marketing"),
    Plan("apac", (1, 4, 45, 2), (("SG", 60), ("KR", 40)), "apac-marketing"),
    Plan("india", (0, 0, 46, 8), (("IN", 1),), "india-marketing"),
    Plan("greater-china", (0, 0, 16, 2), (("HK", 50), ("TW", 30), ("CN", 20)), "greater-china-marketing"),
)  # fmt: skip

SUBDIVISIONS = {
    "US": (
        "US-CA",
        "US-TX",
        "US-NY",
        "US-IL",
        "US-MA",
        "US-WA",
        "US-GA",
        "US-OH",
        "US-VA",
        "US-CO",
        "US-MN",
        "US-NC",
    ),
    "CA": ("CA-ON", "CA-QC", "CA-BC", "CA-AB"),
}
PLACES = {
    "US": "America", "CA": "Canada", "GB": "UK", "IE": "Ireland", "DE": "Deutschland", "AT": "Austria",
    "CH": "Schweiz", "FR": "France", "NL": "Nederland", "SE": "Sverige", "NO": "Norge", "DK": "Danmark",
    "IT": "Italia", "ES": "Iberia", "PL": "Polska", "BE": "Belgium", "MX": "Mexico", "BR": "Brasil",
    "AR": "Argentina", "CL": "Chile", "CO": "Colombia", "JP": "Japan", "AU": "Australia", "NZ": "Aotearoa",
    "SG": "Singapore", "KR": "Korea", "IN": "India", "AE": "Gulf", "SA": "Arabia", "ZA": "Africa", "HK": "Asia",
    "TW": "Taiwan", "CN": "China",
}  # fmt: skip
COUNTRY_NAMES = {
    "US": "United States", "DE": "Germany", "GB": "UK", "FR": "France", "CA": "Canada", "JP": "Japan",
    "MX": "Mexico", "NL": "The Netherlands", "CH": "Switzerland", "AU": "Australia",
}  # fmt: skip

LEGAL = {
    "US": ("Inc.", "Corp.", "LLC"), "CA": ("Inc.", "Ltd."), "GB": ("plc", "Ltd"), "IE": ("DAC", "Ltd"),
    "DE": ("GmbH", "AG", "SE", "GmbH & Co. KG"), "AT": ("GmbH", "AG"), "CH": ("AG", "SA"), "FR": ("SA", "SAS"),
    "NL": ("B.V.", "N.V."), "SE": ("AB",), "IT": ("S.p.A.",), "ES": ("S.A.", "S.L."), "NO": ("AS", "ASA"),
    "DK": ("A/S",), "BE": ("NV", "SA"), "PL": ("S.A.",), "MX": ("S.A. de C.V.",), "BR": ("S.A.", "Ltda."),
    "CO": ("S.A.S.",), "CL": ("S.A.",), "AR": ("S.A.",), "JP": ("K.K.",), "AU": ("Pty Ltd", "Ltd"), "NZ": ("Ltd",),
    "SG": ("Pte. Ltd.",), "KR": ("Co., Ltd.",), "IN": ("Pvt. Ltd.", "Ltd."), "AE": ("PJSC", "LLC"), "SA": ("Co.",),
    "ZA": ("(Pty) Ltd",), "HK": ("Ltd",), "TW": ("Co., Ltd.",), "CN": ("Co., Ltd.",),
}  # fmt: skip

# Syllables of no language in particular; what they make is nobody's name by intent.
SYLLABLES = {
    "en": (
        "ald bax bren cald corr cres dray els fenn gall har hol kel lor mar nor oss pem quill rav stel tam ver wex",
        "a e i o en er",
        "beck bridge dane dell field gate ham lane mont more ridge stead ton vale well wick wood zen",
    ),
    "de": (
        "brau dorn ehr falk grun hall kess lind mohr reich stein tann vogt wald",
        "e er en el",
        "bach berg brunn feld hagen kamp mark rode tal werk",
    ),
    "fr": (
        "aub bell char des flor gir lav mont oris pell riv sav val vern",
        "a e i ou an",
        "bel court dal lac lier mont nor rive tal vance",
    ),
    "es": (
        "alt brav cal dor est fuen luz mir noval pal ser sol ter val",
        "a e i o",
        "dora lago mar mira nova ris sur tera vera zul",
    ),
    "ja": (
        "aka fuji hana ichi kawa kita mina naka oka saka taka tomi waka yama",
        "ha mo no ta ro",
        "bashi hara kura matsu mura naga sawa shiro zaki",
    ),
}

TRADE = {
    "financial-services": ("Bank", "Capital", "Payments", "Asset Management"), "insurance": ("Insurance", "Mutual"),
    "healthcare": ("Health", "Hospitals", "Care"), "life-sciences": ("Therapeutics", "Biotech", "Medical"),
    "manufacturing": ("Industries", "Machinery", "Works"), "aerospace-defense": ("Aerospace", "Systems"),
    "technology": ("Software", "Technologies", "Systems", "Cloud"), "telecom": ("Telecom", "Networks"),
    "media": ("Media", "Studios", "Publishing"), "retail": ("Stores", "Retail", "Markets"),
    "consumer-goods": ("Foods", "Brands", "Home"), "energy": ("Energy", "Power", "Utilities"),
    "transportation": ("Logistics", "Freight", "Lines"), "education": ("University", "Institute", "Learning"),
    "professional-services": ("Partners", "Consulting", "Advisory"), "real-estate": ("Properties", "Construction"),
    "hospitality": ("Hotels", "Resorts", "Travel"), "agriculture": ("Farms", "Agri"), "nonprofit": ("Foundation",),
    "public-sector": ("Authority", "Agency"),
}  # fmt: skip
AGENCIES = (
    "Department of Revenue", "Department of Health Services", "Department of Transportation", "Office of Technology",
    "Department of Public Safety", "Housing Authority", "Water Authority", "Unified Court System",
)  # fmt: skip
FEDERAL = ("Laboratory", "Archives", "Parks Service", "Statistics Office", "Grants Administration")
INDUSTRY_WEIGHTS = {
    "financial-services": 20, "technology": 16, "manufacturing": 12, "healthcare": 10, "insurance": 7, "retail": 7,
    "life-sciences": 6, "energy": 4, "telecom": 4, "consumer-goods": 4, "transportation": 3, "media": 3,
    "professional-services": 3, "education": 2, "hospitality": 2, "real-estate": 2, "aerospace-defense": 2,
    "agriculture": 1, "nonprofit": 1,
}  # fmt: skip

# What an account of a tier tends to look like: head-count and revenue (log-uniform), then weights over the values of
# the judged factors, best value first.
PROFILES = {
    "tier-1": ((9_000, 160_000), (2.5e9, 6e10), (9, 1, 0), (8, 2, 0, 0), (5, 5, 0, 0, 0), (6, 4, 0, 0)),
    "tier-2": ((1_200, 40_000), (3e8, 9e9), (5, 5, 0), (3, 5, 2, 0), (1, 4, 4, 1, 0), (2, 5, 3, 0)),
    "tier-3": ((110, 9_000), (8e6, 1.5e9), (1, 5, 5), (0, 2, 5, 4), (0, 1, 3, 6, 1), (0, 2, 5, 4)),
    "": ((15, 6_000), (2e6, 9e8), (0, 3, 7), (0, 1, 4, 6), (0, 0, 2, 8, 1), (0, 1, 4, 6)),
}
JUDGED = ("strategic-value", "influence", "relationship-strength", "growth-potential")
CONTRACTS = {"tier-1": (4e5, 6e6), "tier-2": (9e4, 9e5), "tier-3": (1.2e4, 1.8e5), "": (1.2e4, 6e4)}
STAGES = {
    "tier-1": (5, 20, 30, 25, 20), "tier-2": (10, 25, 30, 20, 15), "tier-3": (45, 30, 15, 5, 5), "": (90, 8, 2, 0, 0),
}  # fmt: skip


class Known(NamedTuple):
    """An account that plans, overrides or the documentation speak of. `looks`: the tier that its score says instead."""

    id: str
    name: str
    region: str
    country: str
    industry: str
    sub_industry: str
    tier: str
    stage: str
    looks: str
    parent: str


KNOWN_TABLE = """\
0015g00000AbCdE|Acme Bank|north-america|US|financial-services|retail-banking|tier-1|purchase||
0015g00000AbCdF|Acme Bank Deutschland AG|dach|DE|financial-services|retail-banking|tier-1|decision||Acme Bank
0015g00000AbCdG|Acme Bank UK plc|uki|GB|financial-services|retail-banking|tier-1|consideration||Acme Bank
0015g00000AbDaA|Norvane Health|north-america|US|healthcare|hospitals|tier-1|purchase|tier-2|
0015g00000AbDaB|Quarexis Software Corp.|north-america|US|technology|enterprise-software|tier-1|consideration||
0015g00000AbDaC|Bureau of Harbor Records|us-public-sector|US|public-sector|us-federal|tier-1|decision|tier-2|
0015g00000AbDaD|Falkenrode Versicherung AG|dach|DE|insurance|property-casualty|tier-1|purchase||
0015g00000AbDaF|Minanohara Jidosha K.K.|japan|JP|manufacturing|automotive-oem|tier-1|consideration|tier-2|
0015g00000AbDaG|Banco Miradora S.A. de C.V.|latam|MX|financial-services|commercial-banking|tier-1|decision||
0015g00000AbDaH|Banque Valmontel SA|emea|FR|financial-services|retail-banking|tier-1|consideration||
0015g00000AbDaJ|Dunmere Energy Pty Ltd|anz|AU|energy|electric-utilities|tier-1|awareness||
0015g00000AbDaK|Kelenbridge Cloud Inc.|north-america|US|technology|cloud-infrastructure|tier-2|purchase|tier-3|
0015g00000AbDaL|Tannerwerk Maschinen GmbH|dach|DE|manufacturing|industrial-machinery|tier-2|consideration|tier-3|
0015g00000AbDaM|Sollamar Pagos S.A. de C.V.|latam|MX|financial-services|payments|tier-2|awareness|tier-3|
0015g00000AbDaN|Wexenfield Stores plc|uki|GB|retail|grocery|tier-3|purchase|tier-2|
0015g00000AbDaP|Galivera Telecom Corp.|north-america|US|telecom|mobile-operators|tier-3|target|tier-2|
"""
KNOWN = tuple(Known(*line.split("|")) for line in KNOWN_TABLE.splitlines())


@dataclass(eq=False)
class Account:
    """One row while it is being made; `true` is what a clean row would say."""

    plan: Plan
    tier: str
    true: dict[str, Any] = field(default_factory=dict)
    words: tuple[str, str, str] = ("", "", "")  # what its name is made of: stem, trade, legal form
    parent: Account | None = None
    children: list[Account] = field(default_factory=list)
    partner: Account | None = None


# ------------------------------------------------------------------ making it


def checksum(id15: str) -> str:
    """The 18-character form of a 15-character id: three characters that carry its case."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    chunks = (id15[start : start + 5] for start in (0, 5, 10))
    return id15 + "".join(
        letters[sum(1 << place for place, c in enumerate(chunk) if c.isupper())] for chunk in chunks
    )


class Maker:
    """Draws the whole list from one stream of random numbers."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.random = random.Random(SEED)  # noqa: S311
        self.names: set[str] = set()
        self.domains: set[str] = set()
        self.accounts: list[Account] = []
        self.parents: set[str] = set()

    def rows(self) -> list[dict[str, Any]]:
        for plan in PLANS:
            self.make_group(plan)
        self.find_partners()
        self.make_families()
        self.assign_owners()
        for number, account in enumerate(self.accounts):
            account.true.setdefault("id", self.new_id(number))
        for account in self.accounts:
            if account.partner:
                account.true["partner"] = account.partner.true["id"]
            if account.parent:
                account.true["parent"] = account.parent.true["id"]
                self.parents.add(account.parent.true["id"])
        rows = [dict.fromkeys(COLUMNS, "") | account.true for account in self.accounts]
        self.soil(rows)
        return sorted(rows, key=lambda row: row["id"])

    # -------------------------------------------------------------- single accounts

    def make_group(self, plan: Plan) -> None:
        known = {tier: [k for k in KNOWN if k.region == plan.region and k.tier == tier] for tier in PROFILES}
        for tier, count in zip(("tier-1", "tier-2", "tier-3", ""), plan.tiers, strict=True):
            for number in range(count):
                given = known[tier][number] if number < len(known[tier]) else None
                self.accounts.append(self.make(plan, tier, given))

    def make(self, plan: Plan, tier: str, given: Known | None) -> Account:
        pick = self.random
        account = Account(plan, tier)
        row = account.true
        country = given.country if given else pick.choices(*zip(*plan.countries, strict=True))[0]
        industry = given.industry if given else self.industry(plan, bool(tier))
        account.words = ("", "", "") if given else self.words(plan, country, industry)
        subs = self.spec.sub_industries(industry)
        if plan.public:
            subs = ["us-state-local" if account.words[1] == "County" else "us-federal"]
        sub = given.sub_industry if given else pick.choice(subs) if subs else ""
        name = given.name if given else " ".join(account.words)
        if given:
            row["id"] = checksum(given.id)
        if country in SUBDIVISIONS:
            row["billing_subdivision"] = pick.choice(SUBDIVISIONS[country])
        row |= {
            "name": name, "domain": self.domain(name, country), "billing_country": country,
            "industry": industry, "sub_industry": sub, "tier": tier, "marketing_owner": plan.marketing,
        }  # fmt: skip
        self.fit_profile(row, given.looks if given and given.looks else tier)
        self.life(account, given.stage if given else "")
        self.market(row)
        return account

    def industry(self, plan: Plan, tiered: bool) -> str:
        if plan.public:
            return "public-sector"
        offered = self.spec.fitting if tiered else self.spec.active("industry")
        known = {id: weight for id, weight in INDUSTRY_WEIGHTS.items() if id in offered}
        return self.random.choices(list(known), list(known.values()))[0]

    def words(self, plan: Plan, country: str, industry: str) -> tuple[str, str, str]:
        """What a new name is made of: stem, trade, legal form."""
        first, middle, last = (part.split() for part in SYLLABLES[plan.tongue])
        while True:
            stem = self.random.choice(first) + self.random.choice(middle) + self.random.choice(last)
            if stem not in self.names:
                break
        self.names.add(stem)
        word = stem.capitalize()
        if plan.public:
            federal = self.random.random() < 0.35
            return (
                (word, "National", self.random.choice(FEDERAL))
                if federal
                else (word, "County", self.random.choice(AGENCIES))
            )
        return word, self.random.choice(TRADE[industry]), self.random.choice(LEGAL[country])

    def domain(self, name: str, country: str) -> str:
        """A new domain: as few words of the name as are still free."""
        words = [word for word in name.lower().split() if word.isalpha()]
        shortest = 2 if words[0] in ("banco", "banque", "bureau") else 1
        domain = next(
            domain
            for domain in (
                "-".join([*words[:most], *more]) + ".example"
                for more in ([], [country.lower()], ["group"])
                for most in range(shortest, 4)
            )
            if domain not in self.domains
        )
        self.domains.add(domain)
        return domain

    def fit_profile(self, row: dict[str, Any], tier: str) -> None:
        """Draw size, revenue and judgements until the score is the tier's, with room for a region's weights."""
        spec = self.spec
        headcount, revenue, *weights = PROFILES[tier]
        low = spec.thresholds.get(tier, 0)
        above = [threshold for threshold in spec.thresholds.values() if threshold > low]
        high = min(above) if above else 101
        for attempt in range(4000):
            row["employees"] = self.between(*headcount)
            row["annual_revenue"] = round(self.between(*revenue), -5)
            row["projected_revenue"] = int(round(row["annual_revenue"] * self.random.uniform(0.95, 1.3), -5))
            for picklist, weight in zip(JUDGED, weights, strict=True):
                values = spec.active(picklist)
                row[picklist.replace("-", "_")] = self.random.choices(values, weight[: len(values)])[0]
            margin = MARGIN if attempt < 3000 else 0
            if low + margin * (low > 0) <= spec.score(row) < high - margin:
                return
        raise SystemExit(f"no account of {tier or 'no tier'} can be drawn: PROFILES and tiers.yaml disagree")

    def between(self, low: float, high: float) -> int:
        share = self.random.random()
        return round(low * float((high / low) ** share))

    def life(self, account: Account, stage: str) -> None:
        """Where the account stands: stage, status, engagement, what it bought, when it was touched."""
        pick, row = self.random, account.true
        stages = self.spec.active("lifecycle-stage")
        place = stages.index(stage) if stage else pick.choices(range(len(stages)), STAGES[account.tier])[0]
        row["lifecycle_stage"] = stages[place]
        row["employee_band"] = self.spec.band("employee-band", row["employees"])
        low, high = ((15, 72), (70, 90), (70, 95), (75, 99), (75, 99))[place]
        row["fit_score"] = pick.randint(low, high)
        minutes, people = (
            ((0, 15), (0, 1)),
            ((2, 19), (1, 2)),
            ((20, 160), (2, 6)),
            ((90, 600), (3, 14)),
            ((0, 400), (1, 12)),
        )[place]
        row["engagement_minutes"], row["engaged_people"] = pick.randint(*minutes), pick.randint(*people)
        if stages[place] == "purchase":
            row["status"] = "customer"
            families = self.spec.active("product-family")
            row["product_family"] = ";".join(sorted(pick.sample(families, pick.randint(1, 4))))
            row["contract_value"] = round(self.between(*CONTRACTS[account.tier]), -3)
            row["renewal_date"] = (TODAY + timedelta(days=pick.randint(10, 720))).isoformat()
            row["satisfaction"] = max(0, min(100, round(pick.gauss(74, 14))))
        elif place == 0 and pick.random() < 0.08:
            row["status"] = pick.choice(
                ("former-customer", "dormant") if account.tier else ("disqualified", "competitor", "dormant")
            )
        else:
            row["status"] = pick.choices(("prospect", "qualified"), (5 - place, 1 + 2 * place))[0]
        if account.tier:
            row["target_account"] = "true"
        if place > 1 or pick.random() < 0.3:
            row["buying_center"] = pick.choice(self.spec.active("buying-center"))
        row["buying_roles_known"] = min(6, max(0, round(pick.gauss(1 + place, 1))))
        if row["engaged_people"]:
            row["last_engaged"] = self.days_ago(20 if place > 1 else 60)
        row["intent_score"] = max(0, min(100, round(pick.gauss(25 + 12 * place, 16))))
        if account.tier or pick.random() < 0.4:
            days = {"tier-1": 14, "tier-2": 40, "tier-3": 120, "": 300}[account.tier]
            row["last_touch"] = self.days_ago(days)

    def days_ago(self, mean: float) -> str:
        return (TODAY - timedelta(days=1 + int(self.random.expovariate(1 / mean)))).isoformat()

    def market(self, row: dict[str, Any]) -> None:
        """What it runs, what we would replace, whether its data may leave the country."""
        pick = self.random
        if pick.random() < 0.6:
            stack = self.spec.active("tech-stack")
            row["tech_stack"] = ";".join(sorted(pick.sample(stack, pick.randint(2, 6))))
        if pick.random() < 0.4:
            row["competitor"] = pick.choice(self.spec.active("competitor-type"))
        if row["billing_country"] in ("DE", "CH", "FR", "CN", "IN", "SA") and pick.random() < 0.35:
            row["data_residency"] = "true"

    # -------------------------------------------------------------- families and owners

    def make_families(self) -> None:
        """Join accounts of one tier and industry under parents, so that the tier of a parent is its children's too."""
        by_name = {account.true["name"]: account for account in self.accounts}
        for given in KNOWN:
            if given.parent:
                self.adopt(by_name[given.parent], by_name[given.name])
        reserved = {given.name for given in KNOWN}
        for tier, families in (("tier-1", 3), ("tier-2", 18), ("tier-3", 150)):
            pool = [
                a
                for a in self.accounts
                if a.tier == tier and a.true["name"] not in reserved and not a.plan.public
            ]
            for _ in range(families):
                parent = self.random.choice(pool)
                kin = [a for a in pool if a is not parent and a.true["industry"] == parent.true["industry"]]
                for child in self.random.sample(kin, min(len(kin), self.random.choice((1, 1, 2, 2, 3, 4)))):
                    if child.parent is None and not child.children and parent.parent is None:
                        self.adopt(parent, child)

    def find_partners(self) -> None:
        """Integrators on the list lead or accompany others, most of all where we sell through partners."""
        pick = self.random
        integrators = [
            a for a in self.accounts if a.true["sub_industry"] == "it-services" and a.tier == "tier-3"
        ][:12]
        levels = self.spec.active("partner-tier")
        level = {a.true["name"]: levels[place % len(levels)] for place, a in enumerate(integrators)}
        for account in self.accounts:
            led = account.plan.region in ("latam", "japan", "apac", "india", "mea", "us-public-sector")
            if account not in integrators and account.tier and pick.random() < (0.45 if led else 0.08):
                partner = pick.choice(integrators)
                account.partner = partner
                account.true["partner_tier"] = level[partner.true["name"]]

    def adopt(self, parent: Account, child: Account) -> None:
        child.parent = parent
        parent.children.append(child)
        if not child.words[0]:
            return
        (_, trade, legal), country = child.words, child.true["billing_country"]
        abroad = country != parent.true["billing_country"]
        place = PLACES[country] if abroad else ("North", "South", "East", "West")[len(parent.children) % 4]
        self.domains.discard(child.true["domain"])
        name = f"{parent.words[0]} {trade} {place} {legal}"
        child.true["name"] = (
            f"{parent.words[0]} {trade} Holdings {place} {legal}" if name in self.names else name
        )
        self.names.add(child.true["name"])
        child.true["domain"] = self.domain(f"{parent.words[0]} {trade} {place}", country)

    def assign_owners(self) -> None:
        """Fifteen to twenty accounts each, families of one region together, the best tiers first."""
        number = 0
        for plan in PLANS:
            group = [account for account in self.accounts if account.plan is plan]
            group.sort(key=lambda a: (a.tier or "tier-9", (a.parent or a).true["name"], a.true["name"]))
            holders = max(1, round(len(group) / 17.5))
            for place, account in enumerate(group):
                owner = number + place * holders // len(group)
                account.true["owner"] = user_id(owner)
                if self.random.random() < 0.12:
                    before = number + self.random.randrange(holders)
                    if before != owner:
                        account.true["previous_owner"] = user_id(before)
                        changed = TODAY - timedelta(days=self.random.randint(5, 400))
                        account.true["owner_changed"] = changed.isoformat()
            number += holders

    def new_id(self, number: int) -> str:
        alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        place = 7 + number * 5
        letters = [alphabet[place // len(alphabet) ** power % len(alphabet)] for power in (2, 1, 0)]
        return checksum(f"0015g00000M{letters[0]}{letters[1].lower()}{letters[2]}{number % 10}")

    # -------------------------------------------------------------- dirt

    def soil(self, rows: list[dict[str, Any]]) -> None:
        """Deal the kinds of dirt to rows, each to its own; accounts that are spoken of stay clean."""
        known = {given.name for given in KNOWN}
        clean = [row for row in rows if row["name"] not in known]
        self.random.shuffle(clean)
        for dirt in DIRT:
            done = 0
            for row in list(clean):
                spoilt = dirt.spoil(self, row, dirt.column, done) if done < dirt.rows else None
                if spoilt is not None:
                    row[dirt.column] = spoilt
                    clean.remove(row)
                    done += 1
            if done < dirt.rows:
                raise SystemExit(
                    f"only {done} of {dirt.rows} rows could be made dirty: {dirt.column} {dirt.what}"
                )
        # Set by hand: six accounts are worked by the region above the one that their country leads to.
        for row in self.random.sample(
            [r for r in clean if r["billing_country"] == "DE" and r["tier"] == "tier-3"], 6
        ):
            row["region_override"] = "emea"


# ------------------------------------------------------------------ dirt

Row = dict[str, Any]
Spoil = Callable[[Maker, Row, str, int], str | None]


def emptied(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    return "" if row[column] else None


def aliased(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    aliases = maker.spec.aliases(column.replace("_", "-"), row[column])
    return aliases[turn % len(aliases)] if aliases else None


def miscased(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    label = maker.spec.label(column.replace("_", "-"), row[column])
    return (row[column].upper(), label.lower(), label.upper())[turn % 3]


def lowered(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    return str(row[column]).lower()


def mapped(before: dict[str, str]) -> Spoil:
    """What the value was called before, or elsewhere."""
    return lambda maker, row, column, turn: before.get(row[column])


def invented(*words: str) -> Spoil:
    """A word that no list knows."""
    return lambda maker, row, column, turn: words[turn % len(words)]


def sized(band: str, low: int, high: int) -> Spoil:
    """The band of the years before, for a head-count in its bounds."""
    return lambda maker, row, column, turn: (
        band if row["employees"] and low <= row["employees"] <= high else None
    )


def claimed_twice(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    other = user_id(turn * 9)
    return f"{row[column]};{other}" if row[column] and row[column] != other else None


def written_otherwise(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    return (row[column].upper(), f"www.{row[column]}")[turn % 2]


def lifted(maker: Maker, row: Row, column: str, turn: int) -> str | None:
    """A tier that nobody computed and nobody approved."""
    single = not row["parent"] and row["id"] not in maker.parents
    ours = row["marketing_owner"] == "north-america-marketing"
    return "tier-2" if row[column] == "tier-3" and single and ours else None


class Dirt(NamedTuple):
    """One way in which rows are dirty, and how many rows are."""

    column: str
    rows: int
    what: str
    spoil: Spoil


# Each kind is dealt to rows of its own, so that a report can be counted by hand.
DIRT = (
    Dirt(
        "industry", 40, "deprecated and past its sunset",
        mapped({"telecom": "media-telecom", "media": "media-telecom"}),
    ),
    Dirt(
        "industry", 36, "a retired value",
        mapped({"technology": "high-tech", "financial-services": "banking", "life-sciences": "pharma"}),
    ),
    Dirt("industry", 70, "an alias", aliased),
    Dirt("industry", 50, "the wrong case", miscased),
    Dirt("industry", 18, "missing", emptied),
    Dirt("industry", 6, "not in the list", invented("Blockchain", "Other", "n/a")),
    Dirt("employee_band", 90, "deprecated", sized("large", 751, 4_999)),
    Dirt("employee_band", 24, "a retired value", sized("strategic", 5_000, 10**9)),
    Dirt("employee_band", 30, "an alias", aliased),
    Dirt("employees", 110, "missing", emptied),
    Dirt("annual_revenue", 120, "missing", emptied),
    Dirt("billing_country", 20, "a name, not a code", mapped(COUNTRY_NAMES)),
    Dirt("billing_country", 12, "lower case", lowered),
    Dirt("lifecycle_stage", 24, "an alias", aliased),
    Dirt("strategic_value", 30, "an alias", aliased),
    Dirt("status", 8, "not in the list", invented("nurture", "bad-data")),
    Dirt("owner", 40, "missing", emptied),
    Dirt("owner", 15, "two claims", claimed_twice),
    Dirt("domain", 16, "upper case or www.", written_otherwise),
    Dirt("tier", 5, "above what its score says", lifted),
)  # fmt: skip


def user_id(number: int) -> str:
    """A user of the CRM, by number."""
    return checksum(f"0055g00000U{number:03d}A")


def render(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the reference spec's account list.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    wanted = render(Maker(Spec()).rows())
    if parser.parse_args().check:
        same = OUT.exists() and OUT.read_bytes() == wanted
        if not same:
            sys.stderr.write(f"{OUT.name} is not what this script makes: run it without --check\n")
        return 0 if same else 1
    OUT.write_bytes(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
