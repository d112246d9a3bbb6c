"""What can be done in this room: decision files (`files`, `deciding`), their clocks (`terms`), signals (`signals`), papers."""
