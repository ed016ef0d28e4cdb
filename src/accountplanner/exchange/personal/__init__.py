"""People's own address books and calendars as files: vCard in and out, iCalendar in."""
