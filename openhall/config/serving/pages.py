"""The public pages that are one body for everybody, and those that never are.

Every route of the public's door stands in one of the two lists (a test reads the resolver). In the
first: what the time machine keeps of it, when the clock alone changes it, and which words after "?"
count. In the second: pages drawn for their reader, and files.
"""

from typing import Final

from openhall.press.rules.kinds import MONTH, PAGES, WORD, Archive, Kind, Turn

EVERY, DAILY, NO = Archive.EVERY, Archive.DAILY, Archive.NO
DAY, BY_MONTH = Turn.DAY, Turn.MONTH
PLACES: Final = frozenset({"ledger_checkpoint"})  # an entry is linked once it has its leaf

KINDS: Final[tuple[Kind, ...]] = (
    # 首页、事项、专题
    Kind("portal:home", DAILY, DAY, 60, {"for": "companies", "district": WORD}),
    Kind("portal:services", DAILY, queries=PAGES),
    Kind("portal:list_versions", DAILY, queries=PAGES, blind=PLACES),
    Kind("portal:history", blind=PLACES),
    Kind("portal:guide", turn=BY_MONTH),
    Kind("portal:topics"),
    Kind("portal:topic", turn=BY_MONTH, queries=PAGES),
    Kind("portal:joint_matters"),
    Kind("portal:joint_matter", turn=BY_MONTH),
    Kind("portal:ask"),
    # 政策、说明
    Kind(
        "portal:policies",
        turn=DAY,
        queries={
            **PAGES,
            "category": r"\S.{0,39}",
            "issuer": r"\S.{0,59}",
            "state": WORD,
            "year": r"[0-9]{4}",
        },
    ),
    Kind("portal:policy", turn=DAY),
    Kind("portal:accessibility"),
    Kind("portal:privacy"),
    Kind("portal:verify"),
    Kind("portal:check_form", NO),
    Kind("portal:open_data"),
    Kind("portal:developers"),
    # 统计
    Kind("portal:statistics", DAILY, DAY, 60, {"month": MONTH}),
    Kind("portal:unit", DAILY, BY_MONTH, 60),
    Kind("portal:figure", DAILY, BY_MONTH, 60, PAGES, vault=True),
    Kind("portal:city_figure", DAILY, BY_MONTH, 60),
    Kind("portal:owed", NO, DAY, 60, PAGES, vault=True),
    Kind("portal:public_case", NO, vault=True, blind=PLACES),
    Kind("portal:figures", DAILY, debounce=60),
    Kind("portal:published", DAILY, debounce=60),
    Kind("portal:published_month", DAILY, debounce=60, blind=PLACES),
    Kind("portal:ratings", DAILY, BY_MONTH, 60, {"month": MONTH}),
    Kind("portal:rating_figure", DAILY, BY_MONTH, 60, PAGES),
    # 监察
    Kind("portal:oversight", DAILY, BY_MONTH, 60, {"month": MONTH}),
    Kind("portal:oversight_rules", turn=DAY),
    Kind("portal:oversight_unit", NO, queries=PAGES),
    Kind("portal:oversight_card", NO, blind=PLACES),
    Kind("portal:draws", DAILY),
    Kind("portal:draw", DAILY),
    Kind("portal:rectification", DAILY, DAY, 60, {**PAGES, "state": WORD}, vault=True),
    Kind("portal:lag", DAILY, BY_MONTH, 60, {"month": MONTH}),
    Kind("portal:lag_unit", NO, queries=PAGES),
    # 许可决定
    Kind("portal:decisions", DAILY, DAY, 60, {**PAGES, "unit": WORD}, vault=True),
    Kind("portal:decision", NO, turn=DAY, vault=True),
    # 咨询、征求意见
    Kind("portal:enquiries", DAILY, DAY, queries={**PAGES, "unit": WORD, "topic": WORD}),
    Kind("portal:enquiry_figures", DAILY, DAY, 60),
    Kind("portal:enquiries_overdue", NO, DAY, 60, PAGES),
    Kind("portal:enquiry_unit", DAILY, DAY, 60, PAGES),
    Kind("portal:enquiry_figure", DAILY, DAY, 60, PAGES),
    Kind("portal:answer"),
    Kind("portal:calls", turn=DAY, queries=PAGES),
    # 各单位网站
    Kind("portal:sites", turn=DAY),
    Kind("portal:site", DAILY, DAY, 60),
    Kind("portal:site_column", DAILY, DAY, 60, PAGES),
    Kind("portal:article", turn=DAY),
    Kind("portal:article_history", turn=DAY),
    Kind("portal:article_edition", turn=DAY),
    Kind("portal:site_health", DAILY, DAY, 60),
    Kind("portal:site_looked_at", DAILY, DAY, 60),
    Kind("portal:coverage", DAILY, DAY, 60),
    # 公开账
    Kind("portal:ledger", DAILY, DAY, 60),
    Kind("portal:days", DAILY, DAY, queries={"month": MONTH}),
    Kind("portal:day", DAILY, debounce=600),
)

# Drawn for who reads, or made of words that somebody typed; or a file and no page.
_LIVE: Final = """
    search suggestions answered halls hall hall_ticket hall_ticket_act hall_act
    hall_state hall_display hall_voice hall_voice_own window_display preview article_preview
    form_pdf form_sample form_docx form_held guide_sheet
    appointments open_appointment appointment appointment_act appointment_times
    appointment_times_act appointment_change appointment_change_act appointment_file
    start slip slip_file draft_kept rename_draft delete_draft adopt_draft aside draft_file
    draft_thumbnail joint_apply checklist keep apply checklists forget draft resume sign signing
    track joint_case joint_sent joint_supplement joint_act case pay supplement sent case_file
    case_thumbnail application_form paper case_act check fee_form fee_check fee_proof
    proof draw_population follow_complaint complain complaint complaint_act
    enquire enquiry_similar enquiry enquiry_act call call_file
    entry receipt tlog_proof day_note continues days_feed verify_kit verifier opening ledger_file
    sitemap sites_feed site_feed site_map column_feed article_wrong article_file policy_file
    guide_feed guide_turtle guide_json_ld policy_feed search_feed services_map
    subscriptions targets target_sheet target inspections inspection inspection_sheet surveys survey
    sitemap sites_feed site_feed site_map column_feed article_wrong article_file subscriptions
    figure_verifier series series_metadata figure_definition figure_bundle figure_json
    owed_bundle inspection_sheets inspection_carried inspection_offline
    survey_questions survey_sheet survey_table lots lot lot_act lot_script lot_frame lot_seeds
    own_keys own_keys_act
    subscriptions_act past past_home mine documents messages message_preference message
"""
LIVE: Final = frozenset(f"portal:{name}" for name in _LIVE.split())

# They show a code, a number or a key of somebody, and words of the request beside it: never zipped
# (beginnings of the names of routes).
SECRET_PAGES: Final = (
    "mfa_",
    "account_",
    "socialaccount_",
    "portal:draft",
    "portal:slip",
    "portal:aside",
    "portal:signing",
    "portal:case",
    "portal:joint_",
    "portal:sent",
    "portal:supplement",
    "portal:pay",
    "portal:appointment",
    "portal:complaint",
    "portal:complain",
    "portal:enquiry",
    "portal:enquire",
    "portal:hall_ticket",
    "portal:documents",
    "portal:message",
    "portal:own_keys",
    "portal:check",
    "portal:fee_",
    "office:operator",
)

# Parts that many pages carry, and the columns that only these show. No page shows ``seq``, which
# rises with each deed.
PARTS: Final = {
    "guide_contact": "openhall.portal.parts.guide_contact",
    "organ_contact": "openhall.portal.parts.organ_contact",
    "site_reach": "openhall.portal.parts.site_reach",
}
PART_COLUMNS: Final = {
    "organs_organ": (
        "phone",
        "complaint_phone",
        "hours",
        "hours_en",
        "address",
        "address_en",
        "seq",
    ),
    "unit_sites_site": ("mail", "seq"),
}

# Who says that nothing is to be stored for now: a demonstration that fills in its history.
WAITS: Final = ("openhall.demo.days.filling",)
