"""机构: the city, its districts and departments, their posts, and who may act for whom.

A person signs in with an :class:`~openhall.organs.models.Account`. What that person may do for
an organ follows from the :class:`~openhall.organs.models.Post` held on the day, never from a
group or a flag; what a person may do for a company follows from an
:class:`~openhall.organs.models.Agency`. Clauses A1, A13 and B3 (机构设置与职责).
"""
