"""The hub and others on the web: pages that customers open by a link, web hooks that it calls; each has its port."""
