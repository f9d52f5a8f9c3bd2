"""What a question gets unless the user says otherwise."""

PASSAGES = 12  # read for a question, at most
CITATIONS = 5  # shown at most
LONGEST_QUESTION = 1000  # characters; beyond it a question is a text
