"""The same five steps in viewflow, as an app because viewflow finds its flows by app."""
