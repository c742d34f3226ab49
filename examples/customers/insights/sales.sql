-- Money of each line that somebody bought or gave back; postage and other services are left out.
SELECT invoiced_at AS at,
  CAST(customer_id AS VARCHAR) AS customer_id,
  quantity * unit_price AS value,
  stock_code AS item,
  quantity AS units,
  country,
  CASE WHEN quantity < 0 THEN 'return' ELSE 'purchase' END AS kind
FROM invoice_lines
WHERE unit_price > 0 AND stock_code BETWEEN '0' AND '9zzzzz'
