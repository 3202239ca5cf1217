"""Live views as data: queries, canvases, drawings, and the dates that queries compute with."""
