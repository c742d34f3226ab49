-- entity: seller
-- build: week
WITH seller_of AS (
  SELECT DISTINCT order_id, seller_id FROM order_items
),
sent AS (
  SELECT s.seller_id, o.order_id,
    hours_between(o.approved_at, o.carrier_at) / 24 AS handling_days,
    hours_between(o.carrier_at, o.delivered_at) / 24 AS transit_days,
    CASE WHEN o.delivered_at > o.promised_at THEN 1
      WHEN o.delivered_at IS NOT NULL THEN 0
      WHEN o.promised_at < :cutoff THEN 1 END AS late,
    CASE WHEN o.carrier_at IS NULL AND o.approved_at < :cutoff - INTERVAL '5' DAY
      THEN 1 ELSE 0 END AS stuck
  FROM orders o
  JOIN seller_of s ON s.order_id = o.order_id
  WHERE o.purchased_at >= :cutoff - INTERVAL '90' DAY
)
SELECT seller_id,
  median(handling_days) AS handling_days,
  median(transit_days) AS transit_days,
  ratio(sum(late), count(late)) AS late_share_90d,
  sum(stuck) AS stuck_orders
FROM sent
GROUP BY seller_id
