"""A whole guide: words and rows in which the gate finds nothing."""

WORDS = {
    "summary": "成立社会团体的，向登记管理机关申请登记。",
    "conditions": "有50个以上的个人会员或者30个以上的单位会员。",
    "service_objects": ["4"],
    "statutory_days": 60,
    "promised_days": 15,
    "visits": 1,
    "visit_reason": "领取证书时核验原件",
    "has_fee": False,
    "enquiry_phone": "028-12345",
    "complaint_phone": "12388",
    "address": "草市街2号",
    "hours": "工作日9:00–17:00",
    "no_prerequisites": True,
}
ROWS = {
    "materials": [{"key": "a", "name": "章程草案", "legal_basis": "第十一条"}],
    "laws": [{"law": "社会团体登记管理条例", "article": "第十二条"}],
    "faqs": [{"question": "多久？", "answer": "15个工作日。"}],
    "steps": [{"name": name} for name in ("受理", "审核", "审批", "办结", "送达")],
    "prerequisites": [],
}
