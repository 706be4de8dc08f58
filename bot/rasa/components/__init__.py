"""What Rasa loads of ours by module path: tokenizer, pattern features, tracker store."""
