"""What is taught: the concept graph, the notes, the resources, the quizzes and the exercises.

This package knows what the curriculum says and whether it is well formed. It does not know how passages are found.
"""
