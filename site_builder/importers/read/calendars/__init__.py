"""How the dates of the world are written, and which day of our calendar they mean."""
