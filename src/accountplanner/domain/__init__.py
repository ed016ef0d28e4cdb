"""What the business means: catalogue, statements, registers and their fold, money and dates. Plain Python, no input or output."""
