"""Reports: read-only results in Excel, for anybody; nothing in them ever comes back."""
