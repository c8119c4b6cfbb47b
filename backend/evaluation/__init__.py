"""What the tutor finds, refuses, quotes and catches, on questions with known answers: `stepwise eval`."""
