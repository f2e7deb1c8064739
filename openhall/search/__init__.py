"""综合性模糊查询: one search over everything that is public, in Chinese as people type it. B8.

A record is a *head* (a guide, a law, a unit: it has names) or a *passage* (an article: found
through its head). ``rules`` read a query and plan it as a tree that knows no engine; an engine
(``engines``: tantivy, or SQLite's FTS5) finds candidates; their texts are fetched in one query and
aligned with what was typed, so that an exact name is never passed by one that only sounds alike.
``sources`` tell what there is; a change leaves a row in the outbox within the act's transaction and
every node takes it into its own index, which is disposable. No personal data enters it.
"""
