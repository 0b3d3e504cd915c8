"""Plain classes beside the models: what is handed to the kitchen, in few SQL statements."""
