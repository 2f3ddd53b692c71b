"""The desk without Qt: presenters (frozen state and intents), the command registry, the local journal."""
