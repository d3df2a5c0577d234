"""The relational plan: frozen nodes that know which rows come out, and refuse a wrong input."""
