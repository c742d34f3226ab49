-- Every ingredient in every restaurant, so that one that joined today is known by its attributes.
SELECT r.restaurant_id,
  i.ingredient_id AS item_id,
  i.ingredient_name,
  r.restaurant_name,
  i.category,
  i.seasonality,
  i.unit,
  r.state,
  r.cuisine,
  r.size
FROM restaurants r
CROSS JOIN ingredients i
