"""Pictures of pixels: packed as PNG with few colours, and scaled for the place where a page shows them."""
