"""The few drawings that carry a meaning: 24 × 24, one stroke, the colour of the text.

A drawing never stands alone: a word is beside it, so readers are not told of it.
"""

ICONS: dict[str, str] = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20.5 20.5",
    "person": "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
    "company": "M4 20.5V8l8-4 8 4v12.5M3 20.5h18M9 20.5v-5h6v5M8 11h1.5M14.5 11H16",
    "unit": "M3 9.5L12 4l9 5.5zM5 9.5v9M9.7 9.5v9M14.3 9.5v9M19 9.5v9M3 20.5h18",
    "life": "M12 20s-7.5-4.4-7.5-10A4.3 4.3 0 0 1 12 7.2A4.3 4.3 0 0 1 19.5 10"
    "c0 5.6-7.5 10-7.5 10z",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 7.5V12l3.2 2",
    "ticket": "M3.5 7h17v3.2a1.9 1.9 0 0 0 0 3.6V17h-17v-3.2a1.9 1.9 0 0 0 0-3.6zM9.5 7v10",
    "document": "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6.5M9 16h6.5",
    "download": "M12 4v11M7.5 11L12 15.5 16.5 11M4.5 20h15",
    "upload": "M12 15.5V4M7.5 8.5L12 4l4.5 4.5M4.5 20h15",
    "print": "M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z",
    "speak": "M4 9.5v5h3.5L12.5 19V5L7.5 9.5zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
    "language": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM3.5 12h17"
    "M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17",
    "text-size": "M2.5 18.5L8 5l5.5 13.5M4.5 14h7M14.5 18.5l3.5-9 3.5 9M15.8 15.5h4.4",
    "external": "M13.5 4.5h6v6M19.5 4.5L11 13M16.5 13.5v6h-12v-12h6",
    "check": "M4.5 12.5l5 5 10-11",
    "warning": "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
    "stop": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM8.5 8.5l7 7M15.5 8.5l-7 7",
    "pause": "M8.5 5v14M15.5 5v14",
    "lock": "M5.5 10.5h13v10h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2.5",
    "chain": "M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7L12 6.3"
    "M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7L12 17.7",
    "phone": "M5 4h4l1.5 5-2.3 1.7a12 12 0 0 0 5.1 5.1L15 13.5l5 1.5v4"
    "c0 1-.7 1.5-1.5 1.5C10.5 20 4 13.5 3.5 5.5 3.5 4.7 4 4 5 4z",
    "place": "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 7.5a2.5 2.5 0 1 0 0 5"
    "a2.5 2.5 0 0 0 0-5z",
    "calendar": "M4 6h16v14.5H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "home": "M3.5 11.5L12 4l8.5 7.5M6 9.5v11h12v-11M10 20.5v-6h4v6",
    "back": "M14.5 5.5L8 12l6.5 6.5",
    "forward": "M9.5 5.5L16 12l-6.5 6.5",
    "pay": "M3 6h18v12.5H3zM3 10.5h18M6.5 15h4",
    "seal": "M4 4h16v16H4zM8 8h8v8H8zM8 12h8M12 5.5v13",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.3",
    "close": "M5.5 5.5l13 13M18.5 5.5l-13 13",
}

# One shape a state, so that the state is read without colour and in print.
SHAPES: dict[str, str] = {
    "on_time": "M8 1a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM4.5 8.2l2.6 2.6 4.6-5",
    "warning": "M8 1.5L.8 14.5h14.4zM8 6v4M8 12v.2",
    "overdue": "M5 1h6l4 4v6l-4 4H5l-4-4V5zM5.5 5.5l5 5M10.5 5.5l-5 5",
    "suspended": "M1.5 1.5h13v13h-13zM6 5v6M10 5v6",
    "closed": "M1.5 1.5h13v13h-13zM4.5 8.2l2.5 2.5 4.5-5",
    "waiting": "M8 1a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM8 4v4.2l2.8 1.6",
    "info": "M8 1a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM8 7.2v4M8 4.6v.2",
    "refused": "M8 1a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM4 8h8",
    "draft": "M8 1L15 8l-7 7-7-7z",
}
