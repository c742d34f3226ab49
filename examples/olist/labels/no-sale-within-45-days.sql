-- Sees the orders of the 45 days that follow the cut-off.
WITH sold AS (
  SELECT DISTINCT i.seller_id
  FROM orders o
  JOIN order_items i ON i.order_id = o.order_id
)
SELECT s.seller_id, CASE WHEN sold.seller_id IS NULL THEN 1 ELSE 0 END AS label
FROM spine s
LEFT JOIN sold ON sold.seller_id = s.seller_id
