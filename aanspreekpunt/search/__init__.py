"""Finding answers, products, teams and colleagues by a few words, for desk and portal alike."""
