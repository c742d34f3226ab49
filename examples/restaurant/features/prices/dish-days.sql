-- Units and price of each dish and day; weekday and month are what moves demand besides the price.
SELECT restaurant_id,
  dish_id AS item_id,
  CAST(sold_at AS DATE) AS at,
  sum(quantity) AS units,
  ratio(sum(quantity * unit_price), sum(quantity)) AS price,
  CAST(max(c.weekday) AS VARCHAR) AS weekday,
  CAST(date_part('month', max(sold_at)) AS VARCHAR) AS month
FROM sales s
JOIN calendar c ON c.date = CAST(s.sold_at AS DATE)
GROUP BY restaurant_id, dish_id, CAST(sold_at AS DATE)
HAVING sum(quantity) > 0
