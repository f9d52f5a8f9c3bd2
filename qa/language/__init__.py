"""What a question asks for, and the words in a sentence that say such a thing."""
