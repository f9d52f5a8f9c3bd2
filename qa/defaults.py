"""What holds unless the user says otherwise."""

PASSAGES = 16  # read for a question
CITATIONS = 5  # shown at most
