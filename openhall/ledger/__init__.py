"""公开账: the append-only transparency log. It knows bytes, not cases. A5.

After the C2SP formats: RFC 6962 hashing, tlog-tiles, signed-note checkpoints with Ed25519. An entry
is written in the transaction of the act; a job gives it its place and signs a checkpoint.
"""
