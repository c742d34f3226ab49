-- entity: seller
-- build: month
WITH sold AS (
  SELECT i.seller_id, i.product_id, p.product_category, p.weight_g, p.photos, i.order_item_id
  FROM orders o
  JOIN order_items i ON i.order_id = o.order_id
  LEFT JOIN products p ON p.product_id = i.product_id
),
lines AS (
  SELECT seller_id, product_category, count(*) AS sales
  FROM sold
  WHERE product_category IS NOT NULL
  GROUP BY seller_id, product_category
),
main AS (
  SELECT seller_id, max_by(product_category, (sales, product_category)) AS main_category
  FROM lines
  GROUP BY seller_id
)
SELECT s.seller_id,
  max(m.main_category) AS main_category,
  max(e.seller_state) AS seller_state,
  count(DISTINCT s.product_id) AS products,
  count(DISTINCT s.product_category) AS categories,
  median(s.weight_g) / 1000 AS usual_weight_kg,
  median(s.photos) AS photos
FROM sold s
LEFT JOIN main m ON m.seller_id = s.seller_id
LEFT JOIN sellers e ON e.seller_id = s.seller_id
GROUP BY s.seller_id
