"""What is remembered about learners: conversations now, progress later."""
