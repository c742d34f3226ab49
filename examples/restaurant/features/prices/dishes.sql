-- Today's price of each dish and what its recipe costs by the last purchases; an ingredient that the
-- restaurant has not bought yet costs what the others last paid.
WITH unit_costs AS (
  SELECT p.restaurant_id, p.ingredient_id, p.bought_at,
    CASE WHEN p.unit = 'cx' THEN ratio(p.unit_cost, i.units_per_box) ELSE p.unit_cost END AS cost
  FROM purchases p
  JOIN ingredients i ON i.ingredient_id = p.ingredient_id
),
last_costs AS (
  SELECT restaurant_id, ingredient_id, max_by(cost, (bought_at, cost)) AS cost
  FROM unit_costs
  GROUP BY restaurant_id, ingredient_id
),
elsewhere AS (
  SELECT ingredient_id, median(cost) AS cost FROM last_costs GROUP BY ingredient_id
),
recipe_costs AS (
  SELECT d.dish_id, sum(r.quantity * coalesce(l.cost, e.cost)) AS cost
  FROM dishes d
  JOIN recipes r ON r.dish_id = d.dish_id
  LEFT JOIN last_costs l
    ON l.restaurant_id = d.restaurant_id AND l.ingredient_id = r.ingredient_id
  LEFT JOIN elsewhere e ON e.ingredient_id = r.ingredient_id
  GROUP BY d.dish_id
),
prices AS (
  SELECT dish_id, max_by(unit_price, (sold_at, unit_price)) AS price FROM sales GROUP BY dish_id
)
SELECT d.restaurant_id,
  d.dish_id AS item_id,
  d.dish_name AS name,
  d.category,
  p.price,
  c.cost,
  r.restaurant_name,
  r.state,
  r.cuisine,
  r.size
FROM dishes d
JOIN prices p ON p.dish_id = d.dish_id
JOIN recipe_costs c ON c.dish_id = d.dish_id
JOIN restaurants r ON r.restaurant_id = d.restaurant_id
