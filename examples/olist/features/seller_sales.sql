-- entity: seller
-- build: week
WITH sold AS (
  SELECT i.seller_id, o.order_id, o.purchased_at, i.price, i.freight,
    days_between(o.purchased_at, :cutoff) AS age_days
  FROM orders o
  JOIN order_items i ON i.order_id = o.order_id
)
SELECT seller_id,
  count(DISTINCT CASE WHEN age_days <= 30 THEN order_id END) AS orders_30d,
  count(DISTINCT CASE WHEN age_days <= 90 THEN order_id END) AS orders_90d,
  sum(CASE WHEN age_days <= 90 THEN price ELSE 0 END) AS revenue_90d,
  ratio(
    3 * count(DISTINCT CASE WHEN age_days <= 30 THEN order_id END),
    count(DISTINCT CASE WHEN age_days <= 90 THEN order_id END)
  ) AS pace,
  min(age_days) AS days_since_sale,
  max(age_days) AS tenure_days,
  ratio(sum(price), count(*)) AS usual_price,
  ratio(sum(freight), sum(price)) AS freight_share
FROM sold
GROUP BY seller_id
