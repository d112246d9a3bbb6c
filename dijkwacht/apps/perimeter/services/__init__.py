"""What this room can do: each verb one act, one entry in the trail, in one transaction."""
