-- entity: customer
-- build: week
-- A purchase is a day with invoices. frequency, recency_days and tenure_days are those of BG/NBD:
-- repeat purchases, days from the first to the last, days from the first to the cut-off. Money is what
-- is left when returns are taken off.
WITH days AS (
  SELECT customer_id, CAST(invoiced_at AS DATE) AS day,
    coalesce(bool_or(quantity > 0), FALSE) AS bought,
    sum(quantity * unit_price) AS amount
  FROM invoice_lines
  WHERE customer_id IS NOT NULL AND unit_price > 0
  GROUP BY customer_id, CAST(invoiced_at AS DATE)
), purchases AS (
  SELECT customer_id,
    count(*) FILTER (WHERE bought) AS count,
    min(day) FILTER (WHERE bought) AS first_day,
    max(day) FILTER (WHERE bought) AS last_day,
    sum(amount) AS amount,
    count(*) FILTER (WHERE bought AND day >= :cutoff - INTERVAL '90' DAY) AS purchases_90d,
    sum(amount) FILTER (WHERE day >= :cutoff - INTERVAL '90' DAY) AS revenue_90d,
    sum(amount) FILTER (WHERE day >= :cutoff - INTERVAL '365' DAY) AS revenue_365d
  FROM days
  GROUP BY customer_id
)
SELECT customer_id,
  count - 1 AS frequency,
  days_between(first_day, last_day) AS recency_days,
  days_between(first_day, :cutoff) AS tenure_days,
  ratio(greatest(amount, 0), count) AS monetary,
  days_between(last_day, :cutoff) AS days_since_purchase,
  purchases_90d,
  greatest(coalesce(revenue_90d, 0), 0) AS revenue_90d,
  greatest(coalesce(revenue_365d, 0), 0) AS revenue_365d,
  ratio(days_between(first_day, last_day), count - 1) AS interval_days
FROM purchases
WHERE count > 0
