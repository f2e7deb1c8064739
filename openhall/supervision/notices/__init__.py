"""督办通知书 and 监察建议书: one sheet, drawn from frozen words."""
