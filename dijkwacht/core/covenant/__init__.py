"""What municipalities need, how far what was agreed has come, and what it would cost: pure."""
