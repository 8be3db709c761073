"""The editors' review of drafts: queue, edits, decisions, exports and feedback."""
