"""事项: the catalogue in force on a date, its guides, materials, forms and tariffs.

Nothing can be accepted that is not here and in force that day (A10); a guide cannot be published
while one of its nine elements is missing or a placeholder (A7); a fee line comes only from a
tariff in force (A11). Two tiers after 国办函〔2016〕108号: the central catalogue entry (基本目录)
and each unit's item (实施清单) that claims it. Versions are plain effective-dated legal records.
"""
