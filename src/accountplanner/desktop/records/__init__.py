"""How a record stands on a page: fields with who, when and how, lists, headers. Pages are built from these."""
