"""The pages of this room: what may be done (`wizard`), decision files (`files`, `deciding`), signals (`signals`)."""
