"""How good drafts are: metrics with and without an editor's draft beside them, reports, and the quality gate."""
