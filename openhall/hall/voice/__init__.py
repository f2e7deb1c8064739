"""The voice of a hall: spoken syllables packed into one sound file, with where each begins.

``words.json`` names every clip and how it is said; ``packing.py`` levels, fades and joins clips,
whether they were made by ``make.py`` (from pinyin) or are a hall's own recordings
(``openhall voice FOLDER``). Which clips make up a call says ``rules/spoken.py``.
"""
