"""Who calls, and what they pay: keys, wallets, balances."""
