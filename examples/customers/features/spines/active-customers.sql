-- Who bought something in the last 365 days.
SELECT DISTINCT customer_id
FROM invoice_lines
WHERE customer_id IS NOT NULL
  AND quantity > 0
  AND unit_price > 0
  AND invoiced_at >= :cutoff - INTERVAL '365' DAY
