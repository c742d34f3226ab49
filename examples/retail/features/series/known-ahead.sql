-- Promotions already planned, holidays and pay days, to four months after the cut-off.
WITH pairs AS (
  SELECT client_id, store_id, product_id, min(sold_on) AS first_sold_on
  FROM sales
  GROUP BY client_id, store_id, product_id
)
SELECT k.client_id, k.store_id, k.product_id,
  CAST(date_trunc('week', c.date) AS DATE) AS at,
  coalesce(sum(p.discount), 0) AS promotion_depth,
  count(p.discount) AS promotion_days,
  sum(CASE WHEN c.is_holiday THEN 1 ELSE 0 END) AS holidays,
  sum(CASE WHEN c.is_pay_day THEN 1 ELSE 0 END) AS pay_days,
  sum(CASE WHEN c.event IS NOT NULL THEN 1 ELSE 0 END) AS events
FROM pairs k
JOIN calendar c ON c.date >= k.first_sold_on AND c.date < :cutoff + INTERVAL '120' DAY
LEFT JOIN promotions p
  ON p.store_id = k.store_id AND p.product_id = k.product_id
  AND c.date BETWEEN p.starts_on AND p.ends_on
GROUP BY k.client_id, k.store_id, k.product_id, CAST(date_trunc('week', c.date) AS DATE)
