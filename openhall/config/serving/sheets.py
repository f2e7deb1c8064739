"""Style sheets that go as one where static files are gathered: of every page, of the first."""

from typing import Final

SHEETS: Final = {
    "design/every.css": [
        f"design/{name}.css"
        for name in ("tokens", "page", "head", "tables", "components", "forms", "figures")
    ],
    "portal/first.css": [
        *(f"design/{name}.css" for name in ("tokens", "page", "head", "components", "forms")),
        *(f"portal/{name}.css" for name in ("home", "search", "sites")),
    ],
}
