"""门户: the public's door. Guides, online application, tracking, figures. B3, B6.

Thin: parse → one query or one act → render.
"""
