"""The chat: a prompt, a loop, and the commands. `loop` runs it; nothing here is imported by other rooms but `cli`."""
