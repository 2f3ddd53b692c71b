"""Everything without Qt: the rules, the services, the store, the engines and the processes that join them."""
