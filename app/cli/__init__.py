"""guichetctl: the commands of administrators and of the two scripts in build/."""
