"""Channel partners: who they are, whom they may know about, what they told us, their workbook."""
