-- Each order at the moment of its approval: what the promise is, from where to where, how heavy.
WITH place AS (
  SELECT zip, median(latitude) AS latitude, median(longitude) AS longitude
  FROM geolocation
  GROUP BY zip
),
basket AS (
  SELECT i.order_id,
    min_by(i.seller_id, i.order_item_id) AS seller_id,
    count(*) AS items,
    sum(i.price) AS price,
    sum(i.freight) AS freight,
    sum(p.weight_g) / 1000 AS weight_kg,
    min_by(p.product_category, i.order_item_id) AS product_category
  FROM order_items i
  LEFT JOIN products p ON p.product_id = i.product_id
  GROUP BY i.order_id
)
SELECT o.order_id,
  o.approved_at AS at,
  b.seller_id,
  days_between(o.purchased_at, o.promised_at) AS promised_days,
  hours_between(o.purchased_at, o.approved_at) AS approval_hours,
  date_part('month', o.purchased_at) AS purchase_month,
  CASE WHEN date_part('month', o.purchased_at) = 11 AND date_part('day', o.purchased_at) >= 22
    THEN 1 ELSE 0 END AS black_friday,
  b.items,
  b.price,
  b.freight,
  b.weight_kg,
  b.product_category,
  c.customer_state,
  s.seller_state,
  CASE WHEN c.customer_state = s.seller_state THEN 1 ELSE 0 END AS same_state,
  12742 * asin(sqrt(
    power(sin(radians(f.latitude - t.latitude) / 2), 2)
    + cos(radians(f.latitude)) * cos(radians(t.latitude))
      * power(sin(radians(f.longitude - t.longitude) / 2), 2)
  )) AS distance_km
FROM orders o
JOIN basket b ON b.order_id = o.order_id
LEFT JOIN customers c ON c.customer_id = o.customer_id
LEFT JOIN sellers s ON s.seller_id = b.seller_id
LEFT JOIN place t ON t.zip = c.customer_zip
LEFT JOIN place f ON f.zip = s.seller_zip
