WITH pairs AS (SELECT DISTINCT store_id, dept_id FROM sales)
SELECT k.store_id, k.dept_id, s.store_type, s.size
FROM pairs k
LEFT JOIN stores s ON s.store_id = k.store_id
