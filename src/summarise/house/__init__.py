"""The house style: its rules, its words, the two blocks and the lint."""
