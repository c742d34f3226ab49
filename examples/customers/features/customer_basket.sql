-- entity: customer
-- build: week
-- What the purchases of the last 365 days hold, and when they were made. Codes of letters alone are
-- services (POST, M) and discounts (D).
WITH lines AS (
  SELECT customer_id, invoice, stock_code, quantity, invoiced_at,
    quantity * unit_price AS amount,
    stock_code BETWEEN '0' AND '9zzzzz' AND quantity > 0 AS bought,
    stock_code BETWEEN '0' AND '9zzzzz' AND quantity < 0 AS returned
  FROM invoice_lines
  WHERE customer_id IS NOT NULL
    AND unit_price > 0
    AND invoiced_at >= :cutoff - INTERVAL '365' DAY
    AND (stock_code BETWEEN '0' AND '9zzzzz' OR stock_code = 'D')
)
SELECT customer_id,
  count(DISTINCT CASE WHEN bought THEN stock_code END) AS products,
  ratio(count(*) FILTER (WHERE bought), count(DISTINCT CASE WHEN bought THEN invoice END))
    AS lines_per_invoice,
  median(CASE WHEN bought THEN quantity END) AS units_per_line,
  ratio(sum(amount) FILTER (WHERE bought), sum(quantity) FILTER (WHERE bought)) AS usual_price,
  coalesce(ratio(-sum(amount) FILTER (WHERE returned), sum(amount) FILTER (WHERE bought)), 0)
    AS return_share,
  coalesce(ratio(-sum(amount) FILTER (WHERE stock_code = 'D'), sum(amount) FILTER (WHERE bought)), 0)
    AS discount_share,
  coalesce(ratio(
    sum(amount) FILTER (WHERE bought AND date_part('month', invoiced_at) >= 11),
    sum(amount) FILTER (WHERE bought)
  ), 0) AS year_end_share,
  coalesce(ratio(
    sum(amount) FILTER (WHERE bought AND date_part('dow', invoiced_at) IN (0, 6)),
    sum(amount) FILTER (WHERE bought)
  ), 0) AS weekend_share,
  median(CASE WHEN bought THEN date_part('hour', invoiced_at) END) AS usual_hour
FROM lines
GROUP BY customer_id
