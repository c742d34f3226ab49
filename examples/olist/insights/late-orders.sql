-- Orders by the day of their promise. What has not arrived by now and is overdue was late.
WITH first_items AS (
  SELECT order_id, min(seller_id) AS seller_id, sum(freight) AS freight, count(*) AS items,
    min(product_id) AS product_id
  FROM order_items
  GROUP BY order_id
)
SELECT o.promised_at AS at,
  i.seller_id,
  CASE WHEN o.delivered_at IS NULL THEN 1 WHEN o.delivered_at > o.promised_at THEN 1 ELSE 0 END AS happened,
  c.customer_state,
  s.seller_state,
  p.product_category,
  days_between(o.purchased_at, o.promised_at) AS promised_days,
  hours_between(o.purchased_at, o.carrier_at) AS hours_to_carrier,
  i.freight
FROM orders o
JOIN first_items i ON i.order_id = o.order_id
LEFT JOIN customers c ON c.customer_id = o.customer_id
LEFT JOIN sellers s ON s.seller_id = i.seller_id
LEFT JOIN products p ON p.product_id = i.product_id
