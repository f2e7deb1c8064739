"""交换: the implementation list as a file, out and in. CSV, XLSX, JSON and JSON Lines.

CSV and JSON Lines are read and written one item at a time, so that a list of any length takes the
same memory; an XLSX keeps its rows of materials, steps and so on in sheets of their own.
"""
