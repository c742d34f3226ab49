-- entity: customer
-- build: week
-- What the purchases of the last 365 days hold. Codes of letters alone are services (POST, M).
WITH lines AS (
  SELECT customer_id, invoice, stock_code, quantity, unit_price, invoiced_at
  FROM invoice_lines
  WHERE customer_id IS NOT NULL
    AND unit_price > 0
    AND invoiced_at >= :cutoff - INTERVAL '365' DAY
    AND stock_code BETWEEN '0' AND '9zzzzz'
)
SELECT customer_id,
  count(DISTINCT stock_code) AS products,
  ratio(count(*) FILTER (WHERE quantity > 0), count(DISTINCT CASE WHEN quantity > 0 THEN invoice END))
    AS lines_per_invoice,
  median(CASE WHEN quantity > 0 THEN quantity END) AS units_per_line,
  ratio(sum(quantity * unit_price) FILTER (WHERE quantity > 0), sum(quantity) FILTER (WHERE quantity > 0))
    AS usual_price,
  coalesce(ratio(
    -sum(quantity * unit_price) FILTER (WHERE quantity < 0),
    sum(quantity * unit_price) FILTER (WHERE quantity > 0)
  ), 0) AS return_share,
  coalesce(ratio(
    sum(quantity * unit_price) FILTER (WHERE quantity > 0 AND date_part('month', invoiced_at) >= 11),
    sum(quantity * unit_price) FILTER (WHERE quantity > 0)
  ), 0) AS year_end_share
FROM lines
GROUP BY customer_id
