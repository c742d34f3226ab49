-- Sees the invoices of the 90 days that follow the cut-off; a return is no purchase.
WITH bought AS (
  SELECT DISTINCT customer_id
  FROM invoice_lines
  WHERE customer_id IS NOT NULL AND quantity > 0 AND unit_price > 0
)
SELECT s.customer_id, CASE WHEN b.customer_id IS NULL THEN 1 ELSE 0 END AS label
FROM spine s
LEFT JOIN bought b ON b.customer_id = s.customer_id
