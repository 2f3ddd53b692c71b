"""Reports: figures, plots that are painted here, and what stands behind each of them.

Figures are computed by the store and chosen by `app.desk.reports`; CSV and XLSX of them are
made in `app.services`, paper here.
"""
