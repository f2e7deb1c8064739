"""What keeps the postings and finds them: one port, two engines.

Tantivy where its wheel is installed, else SQLite's FTS5, fed with the same grams.
"""

from pathlib import Path

from openhall.search.engines.port import Engine, Hit

__all__ = ["Engine", "Hit", "engine_in"]


def engine_in(folder: Path, name: str = "") -> Engine:
    """The engine called ``name`` in ``folder``; without a name the best one installed."""
    from openhall.search.engines.fts5 import Fts5Engine

    if name == Fts5Engine.name:
        return Fts5Engine(folder)
    try:
        from openhall.search.engines.tantivy_engine import TantivyEngine
    except ImportError:
        if name:
            raise
        return Fts5Engine(folder)
    return TantivyEngine(folder)
