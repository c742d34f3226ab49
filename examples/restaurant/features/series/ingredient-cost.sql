-- R$ of one kg, litre or unit; a box (cx) counts as the units it holds.
SELECT p.restaurant_id,
  p.ingredient_id AS item_id,
  p.bought_at AS at,
  CASE WHEN p.unit = 'cx' THEN ratio(p.unit_cost, i.units_per_box) ELSE p.unit_cost END AS value,
  CASE WHEN p.unit = 'cx' THEN p.quantity * i.units_per_box ELSE p.quantity END AS weight
FROM purchases p
JOIN ingredients i ON i.ingredient_id = p.ingredient_id
