"""The verbs of this room: preparing, signing, withdrawing and replacing statements, and the keys they are signed with."""
