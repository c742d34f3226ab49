-- Who sold in the last 90 days.
SELECT DISTINCT i.seller_id
FROM orders o
JOIN order_items i ON i.order_id = o.order_id
WHERE o.purchased_at >= :cutoff - INTERVAL '90' DAY
