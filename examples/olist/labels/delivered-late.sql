-- Sees each order as it was known 45 days after its approval. What had not arrived by then is not an
-- example: most of those were cancelled, and cancelled is not late.
SELECT o.order_id,
  CASE WHEN o.delivered_at IS NULL THEN NULL
    WHEN o.delivered_at > o.promised_at THEN 1
    ELSE 0 END AS label
FROM orders o
