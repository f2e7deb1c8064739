"""监督检查: what is judged, by whom, and what came of it, sealed until every sheet is in.

Indicators are a framework by version, the policy's own heads by default; units file evidence once.
Inspectors of four categories declare their interests; the public draw decides who inspects what.
成办发〔2003〕75号 二（三）.
"""
