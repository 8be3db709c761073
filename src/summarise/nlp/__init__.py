"""spaCy components of the packaged pipeline: what the rules of British news add to what is trained.

They are registered by entry points, so that `spacy.load` of the pipeline's folder finds them in any
environment where this package is installed.
"""
