-- What goes into each dish, by the ingredient of its restaurant whose price is foretold.
SELECT d.restaurant_id,
  d.dish_id AS item_id,
  d.restaurant_id AS material_restaurant_id,
  r.ingredient_id AS material_item_id,
  r.quantity
FROM dishes d
JOIN recipes r ON r.dish_id = d.dish_id
