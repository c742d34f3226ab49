-- What a product in a store is like, also for those that have not sold yet.
WITH pairs AS (SELECT DISTINCT client_id, store_id, product_id FROM sales)
SELECT k.client_id, k.store_id, k.product_id,
  s.store_name,
  s.state,
  s.store_type,
  s.size_m2,
  p.product_name,
  p.category
FROM pairs k
LEFT JOIN stores s ON s.store_id = k.store_id
LEFT JOIN products p ON p.product_id = k.product_id
