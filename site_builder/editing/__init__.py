"""Changes to content files: single places of a source edited, documents renamed, addresses kept."""
