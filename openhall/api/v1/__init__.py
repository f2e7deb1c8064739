"""第一版接口: ``/api/v1/``. Open data for anyone, one's own cases and acts with a key.

What stands here stays as it is: fields are added, never renamed or taken away; anything else is a
second version beside this one (docs/api.md).
"""
