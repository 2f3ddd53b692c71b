"""The hub's pages for people outside: what customers open by a link. No page knows the store; each has its port."""
