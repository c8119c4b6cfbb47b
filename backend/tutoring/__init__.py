"""One turn, from question to recorded answer: understand, retrieve, gate, quote, explain, verify, record."""
