-- One line an item of an invoice.
SELECT invoiced_at AS at,
  CAST(customer_id AS VARCHAR) AS customer_id,
  invoice AS basket,
  stock_code || ' ' || coalesce(description, '') AS item,
  quantity * unit_price AS value
FROM invoice_lines
WHERE quantity > 0 AND unit_price > 0 AND stock_code BETWEEN '0' AND '9zzzzz'
