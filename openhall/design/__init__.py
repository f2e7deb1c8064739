"""版式: the page shell, the components, the tokens and the print styles. Knows no room.

The contract for every template of the house is ``docs/design.md``; ``/styleguide/`` shows each
component in each state. The look follows one sentence: a well-lit hall with clear signs.
"""
