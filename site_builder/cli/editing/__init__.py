"""Commands that help to write: drafts from other pages, proposals, renaming, the report and its fixes."""
