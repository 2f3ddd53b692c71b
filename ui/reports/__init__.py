"""Reports: figures, plots that are painted here, and what stands behind each of them."""
