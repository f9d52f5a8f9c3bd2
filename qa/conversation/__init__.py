"""Turns of a conversation: lines that lean on those before them. `turns` is its face; nothing here knows a terminal."""
