"""How the tutor looks: a Streamlit page that speaks HTTP to the backend and imports nothing of it."""
