"""People's data as the law asks: who may read it, how long it is kept, what was done with it and by whom."""
