"""The whole page: the answer first, then the levers, then why. It reads without a script."""

from __future__ import annotations

import htpy
from htpy import (
    Element,
    a,
    body,
    button,
    div,
    footer,
    form,
    h1,
    h2,
    header,
    input,
    label,
    li,
    main,
    noscript,
    output,
    p,
    section,
    span,
    ul,
)  # fmt: skip

from anagen.show.bars import patterns
from anagen.show.report import DISCLAIMER
from anagen.web.address import VERSION, address_of
from anagen.web.curves import chart, notes, table
from anagen.web.found import Found
from anagen.web.levers import add_line, rows
from anagen.web.me import me_section
from anagen.web.outputs import answer, believed, echoes, magnesium, who
from anagen.web.plain import page_head
from anagen.web.plan_bar import plan_bar
from anagen.web.switches import believe_section
from anagen.web.timeline import timeline

SEE_A_DOCTOR = (
    "When hair falls suddenly, in patches, with pain, scaling or scars, or with other complaints, a doctor can tell "
    "what this page cannot."
)


def _tabs() -> Element:
    names = (("panel", "chart", "Chart"), ("out", "table", "Table"), ("out", "sources", "Sources"))
    return div(".tabs", role="tablist", aria_label="Hair by age, as")[
        (
            button(type="button", role="tab", id=f"tab-{name}", aria_controls=f"{place}-{name}",
                   aria_selected="true" if name == "chart" else "false", tabindex="0" if name == "chart" else "-1")[
                words
            ]
            for place, name, words in names
        )
    ]  # fmt: skip


def _hair(found: Found) -> Element:
    return section("#hair.panel", aria_labelledby="hair-heading")[
        h2("#hair-heading")["Hair by age"],
        _tabs(),
        div("#panel-chart", role="tabpanel", aria_labelledby="tab-chart")[
            div("#out-chart", role="group", aria_label="The chart; arrow keys read it", tabindex="0")[
                div[chart(found)]
            ],
            timeline(found.state),
            p("#reading.reading", aria_live="off")[
                "Point at the chart, or focus it and use the arrow keys, to read it."
            ],
            div("#out-notes")[notes(found)],
        ],
        div("#out-table", role="tabpanel", aria_labelledby="tab-table", tabindex="0", hidden=True)[table(found)],
        div("#out-sources", role="tabpanel", aria_labelledby="tab-sources", tabindex="0", hidden=True)[
            p(".hint")["The sources are being listed."]
        ],
    ]


def _scalp(found: Found) -> Element:
    first, last = int(found.mine.baseline.age[0]), int(found.mine.baseline.age[-1])
    at = int(found.state.at or found.age)
    at = min(max(at, first), last)
    return section("#scalp.panel", aria_labelledby="scalp-heading")[
        h2("#scalp-heading")["The scalp, drawn"],
        div(".field.slide")[
            label(for_="at")["Age"],
            input(type="range", id="at", name="at", min=str(first), max=str(last), step="1", value=str(at),
                  data_kind="see", data_words="", aria_valuetext=f"age {at}"),
            output(for_="at", id="at-said")[f"age {at}"],
        ],
        div("#out-scalp")[p(".hint")["The drawing follows in a moment."]],
    ]  # fmt: skip


def _keep(writes_to: str, address: str) -> Element:
    return section("#keep.panel", aria_labelledby="keep-heading")[
        h2("#keep-heading")["Keep it"],
        p[
            "All of this stands in the address: a bookmark keeps it, and Back undoes. Nothing leaves this computer; "
            "the page asks no other host for anything."
        ],
        ul(".links")[
            li[button(type="button", id="copy")["Copy link"]],
            li[button(type="button", id="save")[f"Save to {writes_to}"]] if writes_to else None,
            li[a(href="/report.html", data_keep="", download="report.html")["Save report.html"]],
            li[a(href="/outlook.csv", data_keep="", download="outlook.csv")["Export CSV"]],
            li[a(href="/scenario.toml", data_keep="", download="scenario.toml")["Save the scenario"]],
            li[
                input(".offstage-words", type="file", id="file", accept=".toml"),
                label(".as-link", for_="file")["Open a scenario"],
            ],
            li[a(href="/compare", data_keep="")["Compare plans, and what each item adds"]],
            li[a(href="/tour")["The flowchart, step by step"]],
            li[a(href=f"/claims?{address}", data_keep="")["Claims, with verdicts"]],
            li[a(href=f"/oxygen?{address}", data_keep="")["Oxygen at the bulb"]],
        ],
        p(".hint")["The report draws people anew: by chance, some of its numbers may differ a little from these."],
        p("#kept.said", role="status"),
    ]


def whole_page(found: Found, token: str, writes_to: str = "") -> str:
    """The page of a state, complete as it is: it needs no script to be read."""
    state = found.state
    age = found.scenario.person.age
    page = htpy.html(lang="en")[
        page_head(f"anagen: {found.scenario.person.name}", token),
        body[
            a(".skip", href="#answer")["Skip to the answer"],
            patterns(),
            header(".page-top")[
                p(".wordmark")["anagen"],
                p(".who")[span("#out-who")[span[who(found)]], " ", span(".disclaimer")[DISCLAIMER]],
                p("#out-printed.printed"),
            ],
            form("#levers", method="get", action="/", autocomplete="off")[
                input(type="hidden", name="v", value=VERSION),
                main[
                    section("#answer.panel.wide", aria_labelledby="answer-heading")[
                        h1("#answer-heading")["What to expect"],
                        div("#out-answer")[div[answer(found, "")]],
                        p("#fault.fault", role="alert"),
                    ],
                    plan_bar(found),
                    _hair(found),
                    _scalp(found),
                    section("#do.panel", aria_labelledby="do-heading")[
                        h2("#do-heading")["What you do"],
                        add_line(),
                        rows(state, age, echoes(found.read)),
                        div("#out-magnesium")[div[magnesium(found.read)]],
                    ],
                    section("#believe.panel", aria_labelledby="believe-heading")[
                        h2("#believe-heading")["What you believe"],
                        believe_section(found.scenario, state.belief, believed(found)),
                    ],
                    section("#person.panel.wide", aria_label="Who it is about")[me_section(state.person)],
                    _keep(writes_to, address_of(state)),
                    section("#doctor.panel")[h2["When to see a doctor"], p[SEE_A_DOCTOR]],
                ],
                noscript[p(".panel")["Without a script: ", button(type="submit")["Work it out anew"]]],
            ],
            p("#say.offstage-words", role="status", aria_live="polite"),
            footer(".page-foot")[p[DISCLAIMER]],
        ],
    ]  # fmt: skip
    return str(page)
