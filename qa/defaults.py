"""What a question gets unless the user says otherwise."""

PASSAGES = 16  # read for a question
CITATIONS = 5  # shown at most
LONGEST_QUESTION = 1000  # characters; beyond it a question is a text
