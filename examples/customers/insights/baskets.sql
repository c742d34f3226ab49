-- One line an item of an invoice; an item is called as it was called last.
WITH names AS (
  SELECT stock_code, arg_max(description, invoiced_at) AS name
  FROM invoice_lines
  WHERE unit_price > 0 AND description IS NOT NULL
  GROUP BY stock_code
)
SELECT l.invoiced_at AS at,
  CAST(l.customer_id AS VARCHAR) AS customer_id,
  l.invoice AS basket,
  trim(l.stock_code || ' ' || coalesce(trim(n.name), '')) AS item,
  l.quantity * l.unit_price AS value
FROM invoice_lines l
LEFT JOIN names n ON n.stock_code = l.stock_code
WHERE l.quantity > 0 AND l.unit_price > 0 AND l.stock_code BETWEEN '0' AND '9zzzzz'
