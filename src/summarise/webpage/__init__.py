"""The parts of `extraction`: what a parsed news page says about its article, and where the body is."""
