"""The kinds of evidence that rules can ask for; `catalogue` names them."""
