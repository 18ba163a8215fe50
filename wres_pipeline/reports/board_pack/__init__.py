"""What a board is shown: slides with editable charts and the sentence to speak, and one page of key facts."""
