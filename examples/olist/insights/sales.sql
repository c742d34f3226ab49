-- Items sold, with where they came from and went to.
SELECT o.purchased_at AS at,
  i.seller_id,
  i.price AS value,
  i.product_id AS item,
  1 AS units,
  c.customer_state,
  s.seller_state,
  p.product_category
FROM order_items i
JOIN orders o ON o.order_id = i.order_id
LEFT JOIN customers c ON c.customer_id = o.customer_id
LEFT JOIN sellers s ON s.seller_id = i.seller_id
LEFT JOIN products p ON p.product_id = i.product_id
