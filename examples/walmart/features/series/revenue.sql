SELECT store_id, dept_id, week_ends_on AS at, revenue AS value
FROM sales
