-- Who signed in the last 120 days and has not sold yet, with the money of a usual seller's month.
WITH sold AS (
  SELECT i.seller_id,
    sum(CASE WHEN o.purchased_at >= :cutoff - INTERVAL '30' DAY THEN i.price ELSE 0 END) AS revenue
  FROM orders o
  JOIN order_items i ON i.order_id = o.order_id
  GROUP BY i.seller_id
),
usual AS (SELECT median(revenue) AS usual_revenue_30d FROM sold WHERE revenue > 0)
SELECT DISTINCT d.seller_id, u.usual_revenue_30d
FROM deals d
CROSS JOIN usual u
LEFT JOIN sold s ON s.seller_id = d.seller_id
WHERE s.seller_id IS NULL
  AND d.won_at >= :cutoff - INTERVAL '120' DAY
