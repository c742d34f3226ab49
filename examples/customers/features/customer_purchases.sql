-- entity: customer
-- build: week
-- A purchase is a day with invoices. frequency, recency_days and tenure_days are those of BG/NBD:
-- repeat purchases, days from the first to the last, days from the first to the cut-off.
WITH purchases AS (
  SELECT customer_id, CAST(invoiced_at AS DATE) AS day, sum(quantity * unit_price) AS amount
  FROM invoice_lines
  WHERE customer_id IS NOT NULL AND quantity > 0 AND unit_price > 0
  GROUP BY customer_id, CAST(invoiced_at AS DATE)
)
SELECT customer_id,
  count(*) - 1 AS frequency,
  days_between(min(day), max(day)) AS recency_days,
  days_between(min(day), :cutoff) AS tenure_days,
  ratio(sum(amount), count(*)) AS monetary,
  days_between(max(day), :cutoff) AS days_since_purchase,
  count(*) FILTER (WHERE day >= :cutoff - INTERVAL '90' DAY) AS purchases_90d,
  coalesce(sum(amount) FILTER (WHERE day >= :cutoff - INTERVAL '90' DAY), 0) AS revenue_90d,
  coalesce(sum(amount) FILTER (WHERE day >= :cutoff - INTERVAL '365' DAY), 0) AS revenue_365d,
  ratio(days_between(min(day), max(day)), count(*) - 1) AS interval_days
FROM purchases
GROUP BY customer_id
