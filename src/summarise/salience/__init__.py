"""How much of the story each sentence carries: scorers, and the one that learnt from editors' summaries."""
