"""What an investigation of a lex Sarah case or a vårdskada is made of: its documentation, its rulings and its words."""
