"""What a page shows: read once, worded, ready for its template."""
